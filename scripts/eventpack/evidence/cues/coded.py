"""What the record of a claim says already: the coded values, and the cues in the coder's own words."""

from __future__ import annotations

from dataclasses import dataclass

from eventpack.cells import Cells, cells_of
from eventpack.evidence.cues.lexicon import Lexicon, lexicon_of
from eventpack.evidence.cues.reading import Reading, read, stems_of
from eventpack.evidence.cues.tokens import tokens_of
from eventpack.evidence.speaking import speaking_events
from eventpack.subject import Subject


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
    heads: frozenset[str]  # what the event's title begins with: its doer or deed

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
        self._speaking = speaking_events(subject)
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
        verbal = event.get("event_id", "") in self._speaking
        told = said | called | _marks(claim.get("wording", ""), self._language)
        stemmed = counted.union(*stems)
        return Coded(claim, event, verbal, told, said, under, negative, stemmed, stems[1], _head(title, self._lexicon))


def _marks(words: str, language: str) -> frozenset[tuple[str, str]]:
    reading: Reading | None = read(words, language) if words else None
    return frozenset(mark for cue in reading.cues for mark in cue.marks) if reading else frozenset()


def _negative(words: str, language: str) -> frozenset[str]:
    reading = read(words, language) if words else None
    return reading.negative if reading else frozenset()


def _stems(words: str, lexicon: Lexicon) -> frozenset[str]:
    return stems_of(tokens_of(words).words, lexicon)


def _head(title: str, lexicon: Lexicon) -> frozenset[str]:
    return next((found for word in tokens_of(title).words if (found := stems_of([word], lexicon))), frozenset())
