"""Mistakes in the record: numbers, wordings, speakers, days, offsets, digests, stances. The text stays as it is."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from eventpack.evidence.passages import digest
from eventpack.evidence.sentences import sentences
from metering.bench import Bench, Row
from metering.mistakes import Mistake

Maker = Callable[[Bench, Row, random.Random], Iterator[Mistake]]
LONGEST = 31  # days in a span that words such as "last month" give
BOUNDS = ("low", "best", "high")
DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def _in_claim(kind: str, claim: Row, **cells: str) -> Mistake:
    return Mistake(kind, claim["claim_id"], claim["source_id"], claims={claim["claim_id"]: cells})


def _plain(number: float) -> str:
    return f"{number:g}" if number != int(number) else str(int(number))


def numbers(bench: Bench, claim: Row, chance: random.Random) -> Iterator[Mistake]:
    """A digit changed; scaled; only the first digits of the number in the text."""
    held = {name: claim[name] for name in BOUNDS if claim.get(name)}
    if not held:
        return
    text = chance.choice(sorted(set(held.values())))
    places = [at for at, char in enumerate(text) if char.isdigit()]
    at = chance.choice(places)
    digit = chance.choice([d for d in "0123456789" if d != text[at] and (d != "0" or at != places[0])])
    wrong = text[:at] + digit + text[at + 1 :]
    yield _in_claim("number-digit", claim, **{name: wrong if cell == text else cell for name, cell in held.items()})
    if float(text):
        factor = chance.choice((10, 100, 0.1))
        cells = {name: _plain(round(float(cell) * factor, 4)) for name, cell in held.items()}
        yield _in_claim("number-scaled", claim, **cells)
    if part := _part(claim):
        yield _in_claim("number-part", claim, **part)


def _part(claim: Row) -> dict[str, str]:
    """Bounds and wording for a number of which the last digits were overlooked, where the wording has one number."""
    found = DIGITS.findall(claim.get("wording", ""))
    if len(found) != 1 or "." in found[0] or "million" in claim["wording"]:
        return {}
    digits = found[0].replace(",", "")
    short = digits[:-1]
    if not short:
        return {}
    cells = {"wording": claim["wording"].replace(found[0], short)}
    for name in BOUNDS:
        if cell := claim.get(name):
            cells[name] = str(int(short) + int(float(cell)) - int(digits))
    return cells


def wordings(bench: Bench, claim: Row, chance: random.Random) -> Iterator[Mistake]:
    """Another rule, which reads other bounds; another number in the wording."""
    if not claim.get("wording_rule"):
        return
    rules = bench.subject.tables["wording_rules"]
    mine = next(r for r in rules.rows(("rule_id", *BOUNDS)) if r[0] == claim["wording_rule"])
    others = [rule[0] for rule in rules.rows(("rule_id", *BOUNDS)) if rule[1:] != mine[1:]]
    yield _in_claim("wording-rule", claim, wording_rule=chance.choice(others))
    found = DIGITS.findall(claim["wording"])
    if found:
        wrong = str(int(float(found[0].replace(",", ""))) + chance.choice((1, 3, 20)))
        yield _in_claim("wording-number", claim, wording=claim["wording"].replace(found[0], wrong, 1))


def speakers(bench: Bench, claim: Row, chance: random.Random) -> Iterator[Mistake]:
    """Somebody else, near or far; nobody. What an outlet says of itself is left out."""
    speaker = claim.get("said_by", "")
    if not speaker or speaker == claim.get("relayed_by"):
        return
    actors, names = _names(bench)
    words = bench.passage(claim["claim_id"]).casefold()
    mine = names[speaker]
    there = [
        actor
        for actor in actors
        if actor != speaker and not names[actor] & mine and any(n in words for n in names[actor])
    ]
    away = [actor for actor in actors if actor != speaker and not any(n in words for n in names[actor])]
    if away:
        yield _in_claim("speaker", claim, said_by=chance.choice(away))
    if there:
        yield _in_claim("speaker-near", claim, said_by=chance.choice(there))
    yield _in_claim("speaker-removed", claim, said_by="", attribution="")


def _names(bench: Bench) -> tuple[list[str], dict[str, set[str]]]:
    actors = bench.subject.tables["actors"]
    names = {actor: {name.casefold()} for actor, name in actors.rows(("actor_id", "name"))}
    if (aliases := bench.subject.tables.get("actor_names")) is not None:
        for actor, name in aliases.rows(("actor_id", "name")):
            names[actor].add(name.casefold())
    return list(names), names


def days(bench: Bench, claim: Row, chance: random.Random) -> Iterator[Mistake]:
    """The day of the event, the day of saying, by one day to eight; both bounds alike. Never after publication."""
    event = bench.rows["events"][claim["event_id"]]
    by = chance.choice((-1, -1, -2, -7, -8, 1, 2))
    published = bench.rows["sources"][claim["source_id"]]["published_latest"]
    pairs = (
        ("date", event, "date_basis", ("date_earliest", "date_latest")),
        ("said", claim, "said_basis", ("said_earliest", "said_latest")),
    )
    for kind, row, basis, names in pairs:
        if row.get(basis) not in ("stated", "resolved") or not all(row.get(name) for name in names):
            continue
        cells = {name: _moved(row[name], by if row[name] < published else -abs(by)) for name in names}
        if kind == "said":
            yield _in_claim("said", claim, **cells)
        else:
            yield Mistake("date", claim["claim_id"], claim["source_id"], events={event["event_id"]: cells})


def spans_of_days(bench: Bench, claim: Row, chance: random.Random) -> Iterator[Mistake]:
    """A span such as “last week” or “in March”, moved so far that it no longer touches the right one."""
    event = bench.rows["events"][claim["event_id"]]
    first, last = event.get("date_earliest", ""), event.get("date_latest", "")
    if event["date_basis"] != "bounded" or not first or not last:
        return
    size = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    if size <= LONGEST:
        cells = {"date_earliest": _moved(first, -size - 2), "date_latest": _moved(last, -size - 2)}
        yield Mistake("date-bounded", claim["claim_id"], claim["source_id"], events={event["event_id"]: cells})


def _moved(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(by)).isoformat()


def offsets(bench: Bench, claim: Row, chance: random.Random) -> Iterator[Mistake]:
    """Moved by a few characters or many, with the old digest; and with a digest of what then stands there."""
    text, start, end = bench.text(claim["source_id"]), int(claim["passage_start"]), int(claim["passage_end"])
    by = chance.choice([by for by in (-40, -9, -3, 2, 5, 30) if 0 <= start + by and end + by <= len(text)] or [1])
    yield Mistake(
        "offsets", claim["claim_id"], claim["source_id"], fresh=False,
        claims={claim["claim_id"]: {"passage_start": str(start + by), "passage_end": str(end + by)}},
    )  # fmt: skip
    spans = [
        (start + by, end + by), (start + chance.randint(4, 12), end), (start, end - chance.randint(3, 12)),
        (start, min(len(text), end + 10)), (max(0, start - 10), end),
    ]  # fmt: skip
    spans = [(a, b) for a, b in spans if _broken(text, a, b, start, end)]
    if spans:
        yield _passage("offsets", claim, text, *chance.choice(spans))
    others = [(a, b) for a, b in sentences(text) if (b <= start or a >= end) and b - a > 30]
    if others:
        yield _passage("other-sentence", claim, text, *chance.choice(others))


def _broken(text: str, start: int, end: int, was: int, ended: int) -> bool:
    """Whether a passage differs from the right one by more than white space and begins or ends within a sentence."""
    if not 0 <= start < end <= len(text) or digest(text[start:end]) == digest(text[was:ended]):
        return False
    edges = sentences(text)
    return start not in {a for a, _ in edges} or end not in {b for _, b in edges}


def _passage(kind: str, claim: Row, text: str, start: int, end: int) -> Mistake:
    return _in_claim(
        kind, claim, passage_start=str(start), passage_end=str(end), passage_sha256=digest(text[start:end])
    )


def digests(bench: Bench, claim: Row, chance: random.Random) -> Iterator[Mistake]:
    """One digit of the digest."""
    sha = claim["passage_sha256"]
    at = chance.randrange(len(sha))
    wrong = chance.choice([d for d in "0123456789abcdef" if d != sha[at]])
    yield Mistake(
        "digest", claim["claim_id"], claim["source_id"], fresh=False,
        claims={claim["claim_id"]: {"passage_sha256": sha[:at] + wrong + sha[at + 1 :]}},
    )  # fmt: skip


def stances(bench: Bench, claim: Row, chance: random.Random) -> Iterator[Mistake]:
    """What is asserted as denied or supposed, what is denied, expected or supposed as asserted."""
    other = {"asserts": ("denies", "predicts", "supposes"), "denies": ("asserts",), "predicts": ("asserts", "denies"),
             "supposes": ("asserts", "denies")}.get(claim["stance"])  # fmt: skip
    if other:
        yield _in_claim("stance", claim, stance=chance.choice(other))


MAKERS: tuple[Maker, ...] = (numbers, wordings, speakers, days, spans_of_days, offsets, digests, stances)
