"""What the record of a claim says already: the coded values, and the cues in the coder's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eventpack.cells import Cells, cells_of
from eventpack.evidence.cues.lexicon import Lexicon, lexicon_of
from eventpack.evidence.cues.reading import Reading, read, stems_of
from eventpack.evidence.cues.tokens import tokens_of
from eventpack.subject import Subject

# Quad classes 1 and 3 are the verbal ones, of cooperation and of conflict.
_VERBAL = frozenset({"1", "3"})
_STATEMENT = "STATEMENT"


@dataclass(frozen=True, slots=True)
class Coded:
    """A claim with its event: `verbal` when the event is a speech act; `stems` are those of all our words on it.

    `told` are the cues in statement, wording and the event's title, `said` those of the statement alone, `under` those
    of the condition.
    """

    claim: Cells
    event: Cells
    verbal: bool
    told: frozenset[tuple[str, str]]
    said: frozenset[tuple[str, str]]
    under: frozenset[tuple[str, str]]
    negative: frozenset[str]  # our words that are negative in meaning, like "lost"
    stems: frozenset[str]
    condition_stems: frozenset[str]

    def has(self, kind: str, *senses: str) -> bool:
        """Whether our own words hold a cue of a kind."""
        return any((kind, sense) in self.told for sense in senses)

    @property
    def stance(self) -> str:
        """What the speaker does."""
        return self.claim.get("stance", "")

    @property
    def realis(self) -> str:
        """What the claims make of the event."""
        return self.event.get("realis", "")

    @property
    def condition(self) -> str:
        """Under what the claim is made."""
        return self.claim.get("condition", "")

    @property
    def hedged(self) -> bool:
        """Whether a hedge is coded."""
        return self.claim.get("hedge", "") not in ("", "none")

    @property
    def attributed(self) -> bool:
        """Whether the words are somebody's, not those of the source."""
        return bool(self.claim.get("said_by") or self.claim.get("relayed_by"))


class Codings:
    """All claims of a subject with their events, each worked out when it is asked for."""

    def __init__(self, subject: Subject, language: str) -> None:
        lexicon = lexicon_of(language)
        assert lexicon is not None, "only passages that can be read are compared"
        self._language, self._lexicon = language, lexicon
        self._events = {row.get("event_id", ""): row for row in cells_of(subject, "events")}
        self._types = {row.get("code", ""): row for row in cells_of(subject, "event_types")}
        links = cells_of(subject, "event_links")
        self._speaking = {row.get("event_id", "") for row in links if row.get("relation") == "about"}
        self._verbal: dict[str, bool] = {}
        self._made: dict[str, Coded] = {}

    def of(self, claim: Cells) -> Coded:
        """One claim."""
        key = claim.get("claim_id", "")
        made = self._made.get(key)
        if made is None or made.claim != claim:
            made = self._made[key] = self._code(claim)
        return made

    def _code(self, claim: Cells) -> Coded:
        event = self._events.get(claim.get("event_id", ""), {})
        statement, condition, title = claim.get("statement", ""), claim.get("condition", ""), event.get("title", "")
        said, under, called = (_marks(words, self._language) for words in (statement, condition, title))
        stems = [_stems(words, self._lexicon) for words in (statement, condition, title)]
        negative = frozenset().union(*(_negative(words, self._language) for words in (statement, title)))
        counted = frozenset(map(self._lexicon.stem, claim.get("measure", "").split("-"))) - {""}
        told = said | called | _marks(claim.get("wording", ""), self._language)
        stemmed = counted.union(*stems)
        return Coded(claim, event, self._is_verbal(event), told, said, under, negative, stemmed, stems[1])

    def _is_verbal(self, event: Cells) -> bool:
        if event.get("event_id", "") in self._speaking:
            return True
        code = event.get("type", "")
        if code not in self._verbal:
            self._verbal[code] = _verbal_type(code, self._types)
        return self._verbal[code]


def _verbal_type(code: str, types: Mapping[str, Cells]) -> bool:
    """Whether a type, or the nearest broader one that says so, is of a verbal quad class."""
    seen: set[str] = set()
    while code and code not in seen:
        seen.add(code)
        if code == _STATEMENT:
            return True
        row = types.get(code, {})
        if quad := row.get("quad_class", ""):
            return quad in _VERBAL
        code = row.get("broader", "")
    return False


def _marks(words: str, language: str) -> frozenset[tuple[str, str]]:
    reading: Reading | None = read(words, language) if words else None
    return frozenset(mark for cue in reading.cues for mark in cue.marks) if reading else frozenset()


def _negative(words: str, language: str) -> frozenset[str]:
    reading = read(words, language) if words else None
    return reading.negative if reading else frozenset()


def _stems(words: str, lexicon: Lexicon) -> frozenset[str]:
    return stems_of(tokens_of(words).words, lexicon)
