"""The true coding of the texts as rows of the tables of a dataset, and the record of each event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from eventpack.evidence.passages import digest
from synthetic.telling import Claim, Event
from synthetic.world import World
from synthetic.writing import Text

Row = dict[str, str]
VERBS = {  # by stance, so that a statement does not say more than its claim
    "asserts": "is the source of a report", "denies": "is the source of a denial", "predicts": "gives a forecast",
    "supposes": "speaks of a possibility", "assesses": "gives a judgement", "supports": "voices approval",
    "opposes": "voices disapproval",
}  # fmt: skip
PERCENT = {"houses-destroyed-share", "trade-decrease", "households-share"}
UNITS = dict.fromkeys(PERCENT, "percent") | {"hours": "hours", "months-closed": "months", "money-pledged": "dollars"}


@dataclass(slots=True)
class Coding:
    """Rows by table, the texts by the id of their source, and where each claim stands in its text."""

    rows: dict[str, list[Row]]
    texts: dict[str, Text]
    sources: list[str]
    keys: dict[str, tuple[str, int]] = field(default_factory=dict)  # claim → source, key of its marks


def code(world: World, texts: Sequence[Text]) -> Coding:
    """The dataset that a careful coder makes of the texts."""
    rows: dict[str, list[Row]] = {
        name: [] for name in ("sources", "actors", "actor_names", "events", "participants", "claims", "event_links")
    }
    coding = Coding(rows, {}, [])
    for number, text in enumerate(texts):
        source = world.fresh("SRC")
        coding.texts[source] = text
        coding.sources.append(source)
        rows["sources"].append(_source(source, number, text))
        events = list({claim.event.id: claim.event for claim in text.claims}.values())
        for event in events:
            mine = [claim for claim in text.claims if claim.event is event]
            rows["events"].append(_event(event, mine, text))
            known = {one.id for one in events}
            rows["participants"] += (
                {"event_id": event.id, "actor_id": actor, "role": role} for actor, role in event.participants
            )
            rows["event_links"] += (
                {"event_id": event.id, "relation": "about", "other_id": other}
                for other in event.about
                if other in known
            )
        for claim in text.claims:
            coding.keys[claim.id] = source, claim.key
            rows["claims"].append(_claim(claim, source, text))
    rows["actors"] = list(_actors(world, rows))
    kept = {row["actor_id"] for row in rows["actors"]}
    rows["actor_names"] = [
        {"actor_id": actor.id, "name": name, "language": "en", "kind": kind}
        for actor in world.actors.values() if actor.id in kept for name, kind in actor.aliases
    ]  # fmt: skip
    return coding


def _source(source: str, number: int, text: Text) -> Row:
    data = text.words.encode("utf-8")
    day = text.published.isoformat()
    return {
        "source_id": source, "title": f"[Synthetic report {number + 1}]", "publisher": text.outlet,
        "kind": "news-report",
        "published_earliest": day, "published_latest": day, "state": "unknown", "language": "en",
        "text_sha256": sha256(data).hexdigest(), "text_chars": str(len(text.words)),
    }  # fmt: skip


def realis(event: Event, claims: Sequence[Claim]) -> str:
    """What the claims make of an event."""
    stances = {claim.stance for claim in claims}
    if "asserts" in stances:
        return event.kind
    return next(
        made
        for stance, made in (("denies", "denied"), ("predicts", "predicted"), ("supposes", "hypothetical"))
        if stance in stances
    )


def _event(event: Event, claims: Sequence[Claim], text: Text) -> Row:
    day = event.day
    row = {
        "event_id": event.id, "title": event.title, "type": event.type, "realis": realis(event, claims),
        "date_earliest": day.earliest, "date_latest": day.latest, "date_basis": day.basis, "review": "coded",
        "coded_by": "coder-1", "coded_on": (text.published + timedelta(30)).isoformat(), "codebook": "0.1",
    }  # fmt: skip
    if day.basis == "resolved":
        row["note"] = f"Counted from publication on {text.published.isoformat()}."
    return row


def _claim(claim: Claim, source: str, text: Text) -> Row:
    start, end = text.spans[claim.key]
    speaker = f"{claim.said_by.described[0].upper()}{claim.said_by.described[1:]}" if claim.said_by else "The text"
    row = {
        "claim_id": claim.id, "event_id": claim.event.id, "source_id": source,
        "statement": f"{speaker} {VERBS[claim.stance]} on this: {claim.says or _lower(claim.event.title)}.",
        "stance": claim.stance, "hedge": claim.hedge, "condition": claim.condition, "status": "accepted",
        "passage_start": str(start), "passage_end": str(end), "passage_sha256": digest(text.words[start:end]),
        "note": claim.note,
    }  # fmt: skip
    if claim.said_by:
        row |= {"said_by": claim.said_by.id, "attribution": claim.said_by.described}
    if claim.relayed_by:
        row["relayed_by"] = claim.relayed_by.id
    if claim.said:
        row |= {"said_earliest": claim.said.earliest, "said_latest": claim.said.latest, "said_basis": claim.said.basis}
    if claim.number:
        low, best, high = claim.number.bounds
        row |= {"measure": claim.measure, "low": low, "best": best, "high": high, "wording": claim.wording,
                "wording_rule": claim.number.rule}  # fmt: skip
        if "running total" in claim.note:
            row["as_of"] = text.published.isoformat()
    return row


def _lower(title: str) -> str:
    return f"{title[0].lower()}{title[1:]}"


def _actors(world: World, rows: dict[str, list[Row]]) -> Iterator[Row]:
    """Those that the rows name, and what they belong to."""
    named = {row[field] for row in rows["claims"] for field in ("said_by", "relayed_by") if row.get(field)}
    named |= {row["actor_id"] for row in rows["participants"]}
    named |= {world.actors[actor].parent for actor in named if world.actors[actor].parent}
    for actor in world.actors.values():
        if actor.id in named:
            yield {
                "actor_id": actor.id, "name": actor.name, "kind": actor.kind, "parent_id": actor.parent,
                "parent_how": actor.parent_how,
            }  # fmt: skip


def measures(coding: Coding) -> list[Row]:
    """What the claims count."""
    codes = sorted({row["measure"] for row in coding.rows["claims"] if row.get("measure")})
    return [
        {
            "code": code, "label": code.replace("-", " ").capitalize(), 
            "kind": "percent" if code in PERCENT else "count",
            "unit": UNITS.get(code, "of the thing counted"),
            "definition": "What the speaker counts, as the label says.", "default_rule": "latest",
            "base": "All of the thing counted, as the speaker says" if code in PERCENT else "",
        }
        for code in codes
    ]  # fmt: skip
