"""The dataset as a whole: what is coded, from which sources, and how the events hang together."""

from __future__ import annotations

import json
from collections import Counter

from eventpack.descriptor import LEDGER
from eventpack.validation import validate
from eventpack.verification import verify
from tests.dataset.rows import ROOT, TEXTS, claims, events, read_sources, read_table, texts

SPEECH_ACTS = ("CONSULT", "REQUEST", "THREATEN", "SUPPORT", "ACCUSE", "REJECT", "STATEMENT")


def test_it_validates_without_findings() -> None:
    """No error, no warning, no stale file."""
    assert [f"{finding.where} {finding.code} {finding.what}" for finding in validate(ROOT).findings] == []


def test_both_texts_are_curated_whole() -> None:
    """A floor for what the two texts hold: fewer events or claims would mean that something was dropped."""
    assert len(read_sources()) >= 2
    assert len(events()) >= 20
    assert len(claims()) >= 40
    per_source = Counter(claim["source_id"] for claim in claims())
    assert [row["source_id"] for row in read_sources() if per_source[row["source_id"]] < 15] == []


def test_several_events_are_told_by_both_texts() -> None:
    """Mentions of the same thing are one event: at least four have claims of each text that was read."""
    wanted = {row["source_id"] for row in read_sources()}
    told = [event["event_id"] for event in events() if wanted <= {claim["source_id"] for claim in event["claims"]}]
    assert len(told) >= 4


def test_claims_rest_only_on_texts_that_were_read() -> None:
    """An unseen report is known through the text that quotes it, and that text is linked to it."""
    read = {row["source_id"] for row in read_sources()}
    assert set() == {claim["source_id"] for claim in claims()} - read
    linked = {row["derives_from"] for row in read_table("source_links") if row["source_id"] in read}
    assert {row["source_id"] for row in read_table("sources") if row["kind"] == "unseen"} == linked


def test_every_event_has_a_claim() -> None:
    """What nobody says is no event."""
    assert {claim["event_id"] for claim in claims() if claim["status"] == "accepted"} == {
        event["event_id"] for event in events()
    }


def test_every_claim_has_a_passage_or_a_reason() -> None:
    """Never both, never neither."""
    faulty = [claim["claim_id"] for claim in claims() if ("passage_sha256" in claim) == ("no_passage" in claim)]
    assert faulty == []


def test_speech_acts_say_what_they_are_about() -> None:
    """An act of speaking that occurred is joined to the event that it speaks of."""
    acts = [e for e in events() if e["realis"] == "occurred" and e["type"].startswith(SPEECH_ACTS)]
    linked = {e["event_id"] for e in acts if any(x["relation"] == "about" for x in e.get("event_links", ()))}
    parents = {e["part_of"] for e in acts if e["event_id"] in linked and "part_of" in e}
    assert set() == {event["event_id"] for event in acts} - linked - parents


def test_a_whole_begins_no_later_than_its_parts() -> None:
    """The onset of an event is bounded by that of each part of it."""
    latest = {event["event_id"]: event.get("date_latest", "") for event in events()}
    parts = [event for event in events() if "part_of" in event and event.get("date_latest")]
    assert [part["event_id"] for part in parts if (latest[part["part_of"]] or "9999") > part["date_latest"]] == []


def test_the_ledger_tells_the_truth() -> None:
    """Every claim with a passage has an entry for just its content; with the texts, verifying says the same again."""
    counts = json.loads((ROOT / LEDGER).read_bytes())["claims"]
    assert {key: entry["outcome"] for key, entry in counts.items()} == {
        claim["claim_id"]: "verified" for claim in claims() if "passage_sha256" in claim
    }
    if texts():
        verified = verify(ROOT, TEXTS, check=True)
        assert (verified.changed, verified.report.findings) == ((), ())
