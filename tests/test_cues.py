"""Cues: what negates, weakens, conditions or attributes a passage must show in what is coded on it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventpack.evidence.cited import Cited, Evidence
from eventpack.evidence.cues.check import cue_findings
from eventpack.evidence.cues.lexicon import KINDS, lexicon_of
from eventpack.evidence.cues.reading import read
from eventpack.finding import Finding
from tests.citedpack import Row, as_table, cite
from tests.cuesentences import FALSE, TRUE

ACTORS: tuple[Row, ...] = (
    {"actor_id": "union", "name": "Union of Dockers", "kind": "organisation"},
    {"actor_id": "company", "name": "Tarn Harbour Company", "kind": "organisation"},
    {"actor_id": "mayor", "name": "Ina Vold", "kind": "person"},
    {"actor_id": "paper", "name": "The Courier", "kind": "media"},
    {"actor_id": "army", "name": "Armed forces of Karvia", "kind": "armed-force", "parent_id": "karvia"},
    {"actor_id": "karvia", "name": "Karvia", "kind": "state"},
    {"actor_id": "officials", "name": "Officials (unnamed)", "kind": "unnamed"},
    {"actor_id": "karvians", "name": "Karvian officials (unnamed)", "kind": "unnamed"},
    {"actor_id": "miners", "name": "Velmaran miners (unnamed)", "kind": "unnamed"},
)
NAMES: tuple[Row, ...] = ({"actor_id": "union", "name": "UD"}, {"actor_id": "mayor", "name": "Mayor Ina Vold"})
QUADS = {"REQUEST": "3", "REJECT": "3", "THREATEN": "3", "ACCUSE": "3", "ASSAULT": "4", "STATE": ""}
TYPES: tuple[Row, ...] = (
    *({"code": code, "quad_class": quad} for code, quad in QUADS.items()),
    {"code": "STATEMENT", "quad_class": ""},
)
SHORT = {"by": "said_by", "relay": "relayed_by"}
EVENT_FIELDS = ("type", "realis", "title")


def coded(line: str) -> Evidence:
    """The evidence of a line: its claims on one passage, each on an event of its own; only the first is reported on."""
    parts = [[cell.strip() for cell in claim.split(" | ")] for claim in f"{line} ".split("||")]
    claims, events = [], []
    for number, (_, title, *fields) in enumerate(parts):
        cells = dict(cell.split("=") for cell in fields[0].strip("| ").split("; ") if "=" in cell) if fields else {}
        cells = {SHORT.get(name, name): value.strip() for name, value in cells.items()}
        event = {"event_id": f"EV-{number}", "type": "ASSAULT", "realis": "occurred", "title": title.strip("| ")}
        events.append(event | {name: cells.pop(name) for name in EVENT_FIELDS if name in cells})
        claims.append({"event_id": f"EV-{number}", "hedge": "none", "statement": f"Of this: {title}"} | cells)
    evidence = cite(parts[0][0], claims, own=1)
    tables = {
        **evidence.subject.tables, "events": as_table("events", events), "actors": as_table("actors", ACTORS),
        "actor_names": as_table("actor_names", NAMES), "event_types": as_table("event_types", TYPES),
    }  # fmt: skip
    subject = replace(evidence.subject, tables=tables, own=tables, judged=tables)
    return Evidence.of(subject, tables["claims"], evidence.cited)


def found(line: str) -> list[Finding]:
    """What the cues of a line say."""
    return list(cue_findings(coded(line)))


def lines(text: str) -> list[str]:
    """The lines that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("line", lines(TRUE))
def test_a_true_coding_has_no_finding(line: str) -> None:
    """What is coded as its passage says is left alone, however many cues stand beside it."""
    assert [finding.what for finding in found(line)] == []


@pytest.mark.parametrize("line", lines(FALSE))
def test_a_false_coding_is_found(line: str) -> None:
    """What contradicts its passage is found under the code of the kind of cue."""
    code, _, rest = line.partition(" | ")
    assert f"evidence/{code}" in {finding.code for finding in found(rest)}


def test_a_finding_names_the_cue_and_its_place() -> None:
    """The finding stands at the field, names the words and their offsets in the text, and says what to code."""
    (finding,) = found("Dockers did not block the harbour. | Dockers block the harbour |")
    assert (finding.code, finding.where.field, finding.severity) == ("evidence/negation", "stance", "error")
    assert finding.what.startswith("the passage has “not” at 12–15, ")
    assert "denies" in finding.fix


def test_what_a_careful_coder_may_leave_is_a_warning() -> None:
    """Negation and condition are errors; modality, hedge, attribution and what only failed are warnings."""
    severities: dict[str, set[str]] = {}
    for line in lines(FALSE):
        for finding in found(line.partition(" | ")[2]):
            severities.setdefault(finding.code.removeprefix("evidence/"), set()).add(finding.severity)
    warned = {"modality", "hedge", "attribution"}
    expected = {kind: {"warning" if kind in warned else "error"} for kind in KINDS}
    expected["negation"].add("warning")
    assert severities == expected


def test_what_failed_or_was_called_off_is_a_warning() -> None:
    """It may be somebody else's failing, and a march that was called off may have begun."""
    for words in ("Dockers failed to block the harbour.", "The blockade of the harbour was cancelled."):
        (finding,) = found(f"{words} | Dockers blockade and block the harbour |")
        assert (finding.code, finding.severity) == ("evidence/negation", "warning")
        assert "may not have happened" in finding.what


def test_a_no_at_the_end_is_a_warning_where_the_claim_tells_of_something_else() -> None:
    """“Blocked the harbour against no resistance” is no contradiction, “blocked no harbour” is."""
    lines = {"warning": "Dockers blocked the harbour against no resistance.", "error": "Dockers blocked no harbour."}
    for severity, words in lines.items():
        (finding,) = found(f"{words} | Dockers block the harbour |")
        assert (finding.code, finding.severity) == ("evidence/negation", severity)


def test_another_claim_on_the_passage_accounts_for_a_cue() -> None:
    """Of two claims on one sentence only the one whose clause has the cue must show it."""
    passage = "Dockers blocked the harbour, and sailors did not leave their ships."
    fact, denial = "Dockers block the harbour |", "Sailors leave their ships | stance=denies; realis=denied"
    assert found(f"{passage} | {fact} || {passage} | {denial}") == []
    assert found(f"{passage} | {denial} || {passage} | {fact}") == []


def test_two_claims_on_one_clause_both_have_to_be_denied() -> None:
    """A denial by one speaker does not cover what another one asserts against the words."""
    passage = "The mayor denied that dockers did not block the harbour."
    assert {finding.code for finding in found(f"{passage} | Dockers block the harbour | by=mayor")} == {
        "evidence/negation"
    }


def test_a_passage_in_another_language_is_left_out() -> None:
    """There are cues for English only; other languages are not guessed at."""
    evidence = coded("Les dockers ne bloquent no not never le port. | Dockers block the harbour |")
    french = [replace(one, source={**one.source, "language": "fr"}) for one in evidence.cited]
    assert list(cue_findings(replace(evidence, cited=french))) == []
    british = [replace(one, source={**one.source, "language": "en-GB"}) for one in evidence.cited]
    assert {finding.code for finding in cue_findings(replace(evidence, cited=british))} == {"evidence/negation"}


def test_a_claim_without_core_fields_is_asked_for_what_its_passage_has() -> None:
    """A dataset may lack stance, hedge, condition, speakers, events and types; then none of them shows a cue."""
    evidence = cite("If wages fall, dockers reportedly may not block the harbour, the mayor said.", [{}])
    bare = {"claim_id": "CL-0", "source_id": "SRC-1", "passage_start": "0", "passage_end": "10"}
    cited = [Cited(0, bare, {}, {}, one.text, one.start, one.end) for one in evidence.cited]
    tables = {"claims": as_table("claims", [bare])}
    subject = replace(evidence.subject, tables=tables, own=tables, judged=tables)
    findings = cue_findings(Evidence.of(subject, tables["claims"], cited))
    assert {finding.code.removeprefix("evidence/") for finding in findings} == set(KINDS)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("It can't be.", "n't"),
        ("It cannot be.", "not"),
        ("He said “never”.", "never"),
        ("It is no longer so.", "no longer"),
    ],
)
def test_contractions_are_read_as_what_they_stand_for(text: str, cue: str) -> None:
    """The shown words are those of the text, not ours."""
    reading = read(text, "en")
    assert reading is not None
    assert [reading.shown(found) for found in reading.of("negation", "strong")] == [cue]


@given(st.text(alphabet=st.sampled_from("ab .,;:!?“”\"'’()–-\n0ifnotsayhe"), max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    """Each word stands in just one clause, cues and frames lie inside, and no text is too odd."""
    reading = read(text, "en")
    if reading is None:
        return
    count = len(reading.tokens.words)
    assert sorted(at for clause in reading.clauses.all for at in clause.words) == list(range(count))
    assert all(at in reading.clauses.all[of].words for at, of in enumerate(reading.clauses.of))
    assert all(0 <= cue.first <= cue.last < count for cue in reading.cues)
    assert all(0 <= at < count for frame in reading.frames for at in (*frame.speaker, *frame.content))


def test_every_phrase_of_the_lexicon_is_found() -> None:
    """A phrase that stands alone is read as itself: none is hidden by another one or misspelt."""
    lexicon = lexicon_of("en")
    assert lexicon is not None
    hidden = []
    for first, phrases in lexicon.phrases.items():
        for words, _ in phrases:
            reading = read(" ".join("it" if word == "*" else word for word in ("zzz", *words)), "en")
            assert reading is not None
            if first not in lexicon.unless and not any(cue.first == 1 for cue in reading.cues):
                hidden.append(words)
    assert hidden == []


@pytest.mark.long
def test_thousands_of_claims_take_a_second() -> None:
    """Two thousand claims on texts of their own are checked in well below two seconds."""
    texts: Mapping[int, str] = {
        number: f"Dockers of basin {number} did not block the harbour on Monday if ships left, the mayor said."
        for number in range(2000)
    }
    evidence = coded("Dockers blocked the harbour. | Dockers block the harbour | by=mayor")
    cited = [replace(evidence.cited[0], text=text, start=0, end=len(text)) for text in texts.values()]
    lexicon_of("en")
    began = time.process_time()
    assert len(list(cue_findings(replace(evidence, cited=cited)))) >= 2000
    assert time.process_time() - began < 4


@pytest.mark.long
def test_the_time_for_a_long_passage_grows_with_its_length() -> None:
    """Four times as many verbs of saying without a full stop take about four times as long, not sixteen times."""

    def seconds(count: int) -> float:
        evidence = coded(f"{'said ' * count}dockers marched. | Dockers block the harbour |")
        began = time.process_time()
        list(cue_findings(evidence))
        return time.process_time() - began

    assert seconds(16000) < 24 * seconds(2000)  # eight times as much; squared it would be sixty-four
