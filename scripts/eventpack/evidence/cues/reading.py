"""A passage as its cues, clauses and frames: what all checks look at, worked out once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from eventpack.evidence.cues.clauses import Clauses, clauses_of
from eventpack.evidence.cues.frames import Frame, frames_of
from eventpack.evidence.cues.lexicon import Lexicon, Mark, lexicon_of
from eventpack.evidence.cues.spotting import Cue, spot
from eventpack.evidence.cues.tokens import CLOSING, OPENING, STRAIGHT, Tokens, sentence_starts, tokens_of

_QUOTES = frozenset(OPENING + CLOSING + STRAIGHT)


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a passage and what stands among them; `stems` are those of each clause that mean something.

    `negative` are stems of words that are negative in meaning without negating their clause.
    """

    text: str
    tokens: Tokens
    cues: list[Cue]
    clauses: Clauses
    frames: list[Frame]
    stems: list[frozenset[str]]
    negative: frozenset[str]
    _by_mark: Mapping[Mark, Sequence[Cue]]  # a long passage is asked for its cues at each of its frames

    def of(self, kind: str, *senses: str) -> Iterator[Cue]:
        """The cues of a kind in some senses."""
        found = {cue.first: cue for sense in senses for cue in self._by_mark.get((kind, sense), ())}
        return (found[first] for first in sorted(found))

    def clause(self, cue: Cue) -> int:
        """The index of the clause in which a cue stands."""
        return self.clauses.of[cue.first]

    def shown(self, cue: Cue) -> str:
        """The words of a cue, as they stand in the passage."""
        return self.text[self.tokens.starts[cue.first] : self.tokens.ends[cue.last]]

    @property
    def quotes(self) -> bool:
        """Whether there are quotation marks."""
        return not _QUOTES.isdisjoint(self.tokens.words)

    @property
    def orders(self) -> bool:
        """Whether somebody is told to do something: “Leave now,” she told the crew; she told the crew to leave."""
        told = "told" in self.tokens.words
        return told and (self.quotes or any(clause.kind == "infinitive" for clause in self.clauses.all))

    @property
    def all_stems(self) -> frozenset[str]:
        """The stems of the whole passage."""
        return frozenset().union(*self.stems)


@lru_cache(maxsize=8192)
def read(text: str, language: str) -> Reading | None:
    """A passage read with the cues of its language; None when there are none for it."""
    lexicon = lexicon_of(language)
    if lexicon is None or not (tokens := tokens_of(text)).words:
        return None
    cues = spot(tokens, lexicon)
    starts = sentence_starts(tokens, lexicon.words["abbreviations"])
    clauses = clauses_of(tokens, starts, cues, lexicon)
    frames = frames_of(tokens, starts, cues, clauses, lexicon)
    stems = [stems_of([tokens.words[at] for at in clause.words], lexicon) for clause in clauses.all]
    negative = frozenset(lexicon.stem(tokens.words[at]) for cue in cues for at in _negative(cue))
    by_mark: defaultdict[Mark, list[Cue]] = defaultdict(list)
    for cue in cues:
        for mark in cue.marks:
            by_mark[mark].append(cue)
    return Reading(text, tokens, cues, clauses, frames, stems, negative, by_mark)


def _negative(cue: Cue) -> Iterator[int]:
    """The word of a cue that is negative in meaning."""
    if cue.has("negation", "weak", "denial"):
        yield cue.first
    elif cue.has("negation", "double"):
        yield cue.first + 1


def stems_of(words: list[str], lexicon: Lexicon) -> frozenset[str]:
    """The stems of the words that mean something, those of compounds part by part."""
    stop = lexicon.words["stop"]
    parts = (part for word in words for part in (word.split("-") if "-" in word else (word,)))
    return frozenset(lexicon.stem(part) for part in parts if part not in stop and (part[:1].isalnum()))
