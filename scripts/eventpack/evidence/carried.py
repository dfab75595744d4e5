"""The coded values of a claim beside the words of its passage that carry them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from eventpack.cells import Cells, cells_of
from eventpack.evidence.cited import Cited, Evidence
from eventpack.evidence.coding import BOUNDS, Coding
from eventpack.evidence.counted import bearers
from eventpack.evidence.cues.reading import Reading, read
from eventpack.evidence.joints import Span
from eventpack.evidence.naming import HAPPENED, SAID, named
from eventpack.terms import english

# Per coded field: of the claim or its event, and the kinds of cues that bear on it, with the senses that count.
_CUED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("stance", "negation", ("strong", "denial")),
    ("realis", "modality", ("strong", "weak", "loose", "urging")),
    ("condition", "condition", ("strong", "implied")),
    ("hedge", "hedge", ("reported", "assessed", "alleged")),
)
_LONGEST = 12  # words that name a speaker


@dataclass(frozen=True, slots=True)
class Carried:
    """A coded value, and the words that bear on it: of what kind they are, and where they stand in the text."""

    name: str
    value: str
    kind: str
    words: tuple[Span, ...] = ()


def carried_values(evidence: Evidence, cited: Cited) -> list[Carried]:
    """What is coded of a claim and its event, in the order of the fields; only English words are known."""
    known = english(cited.source)
    reading = read(cited.words, "en") if known else None
    found = [*_cued(cited, reading), *_speaking(evidence, cited, reading)]
    found += [*_number(evidence, cited, known), *_dates(cited, known)]
    return [one for one in found if one.value or one.words]


def _cued(cited: Cited, reading: Reading | None) -> Iterator[Carried]:
    for name, kind, senses in _CUED:
        value = (cited.event if name == "realis" else cited.claim).get(name, "")
        cues = reading.of(kind, *senses) if reading else ()
        words = ((reading.tokens.starts[cue.first], reading.tokens.ends[cue.last]) for cue in cues if reading)
        yield Carried(name, value, kind, _placed(cited, words))


def _speaking(evidence: Evidence, cited: Cited, reading: Reading | None) -> Iterator[Carried]:
    """Speaker and outlet by their names, beside who is said to say something."""
    names = {row.get("actor_id", ""): row.get("name", "") for row in cells_of(evidence.subject, "actors")}
    spans = []
    for frame in reading.frames if reading else ():
        named = frame.speaker if 0 < len(frame.speaker) <= _LONGEST else range(frame.cue.first, frame.cue.last + 1)
        first, last = min(named.start, frame.cue.first), max(named.stop - 1, frame.cue.last)
        assert reading is not None
        spans.append((reading.tokens.starts[first], reading.tokens.ends[last]))
    words = _placed(cited, spans)
    for name in ("said_by", "relayed_by"):
        actor = cited.claim.get(name, "")
        if actor or (name == "said_by" and words):
            value = f"{actor} {names.get(actor, '')}".strip() or "the source itself"
            yield Carried(name, value, "attribution", words)
            words = ()
    yield Carried("attribution", cited.claim.get("attribution", ""), "attribution")


def _number(evidence: Evidence, cited: Cited, known: bool) -> Iterator[Carried]:
    claim = cited.claim
    coded = [f"{bound} {claim[bound]}" for bound in BOUNDS if claim.get(bound)]
    if not coded and not claim.get("measure"):
        return
    coding = Coding.of(evidence)
    found = {one.whole for bound in BOUNDS if known for one in bearers(coding, cited, bound)}
    yield Carried("measure", f"{claim.get('measure', '')}: {', '.join(coded)}", "number", _placed(cited, found))
    rule = f" by the rule {claim['wording_rule']}" if claim.get("wording_rule") else ""
    yield Carried("wording", f"“{claim.get('wording', '')}”{rule}", "number")


def _dates(cited: Cited, known: bool) -> Iterator[Carried]:
    days = [one.days for one in named(cited)] if known else []
    said = [(day.start, day.end) for day in days if day.said]
    others = [(day.start, day.end) for day in days if not day.said]
    yield Carried("said", _range(cited.claim, SAID), "date", _placed(cited, said))
    yield Carried("date", _range(cited.event, HAPPENED), "date", _placed(cited, others))


def _range(cells: Cells | Mapping[str, str], fields: tuple[str, str, str]) -> str:
    first, last, basis = (cells.get(name, "") for name in fields)
    days = first if first == last else f"{first or '…'} to {last or '…'}"
    return f"{days} ({basis})" if days and basis else days or basis


def _placed(cited: Cited, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Stretches of the passage as offsets into its text, in their order."""
    return tuple(sorted({(cited.start + start, cited.start + end) for start, end in spans}))
