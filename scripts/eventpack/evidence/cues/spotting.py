"""Where cues stand among words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eventpack.evidence.cues.lexicon import ANY, Lexicon, Mark, Phrase, Unless
from eventpack.evidence.cues.tokens import OPENING, STRAIGHT, Tokens

_BOUNDARY = frozenset(',;:."!?-–—()“”')


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase at the words `first` to `last`, with what it may be a cue of."""

    first: int
    last: int
    marks: frozenset[Mark]

    def has(self, kind: str, *senses: str) -> bool:
        """Whether it is a cue of a kind, in one of some senses."""
        return any((kind, sense) in self.marks for sense in senses)


def spot(tokens: Tokens, lexicon: Lexicon) -> list[Cue]:
    """The cues from left to right, none inside another one; idle phrases among them."""
    found: list[Cue] = []
    at, count = 0, len(tokens.words)
    while at < count:
        cue = _cue_at(tokens, at, lexicon)
        if cue is None:
            at += 1
        else:
            found.append(cue)
            at = cue.last + 1
    return found


def _cue_at(tokens: Tokens, at: int, lexicon: Lexicon) -> Cue | None:
    phrases = lexicon.phrases.get(tokens.words[at])
    if phrases is None:
        return None
    for phrase in _matching(tokens, at, phrases):
        words, marks = phrase
        unless = next((one for one in lexicon.unless.get(words[0], ()) if _is_no_cue(tokens, at, one)), None)
        if len(words) == 1 and unless:
            lesser = frozenset((kind, unless.instead) for kind, _ in marks if unless.instead)
            return Cue(at, at, lesser) if lesser else None
        if words == ("should",) and _opens_condition(tokens, at):
            marks = frozenset({("condition", "strong")})
        return Cue(at, at + len(words) - 1, marks)
    return None


def _matching(tokens: Tokens, at: int, phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    words = tokens.words
    for phrase in phrases:
        wanted = phrase[0]
        size = len(wanted)
        if size == 1 or (
            at + size <= len(words) and all(word in (ANY, words[at + step]) for step, word in enumerate(wanted) if step)
        ):
            yield phrase


def _is_no_cue(tokens: Tokens, at: int, unless: Unless) -> bool:
    before = _plain(tokens, at - 1)
    after = _plain(tokens, at + 1)
    if before in unless.after or after in unless.before:
        return True
    inside = at > 0 and tokens.words[at - 1] not in (".", "!", "?", STRAIGHT, *OPENING)
    return unless.capital and inside and tokens.capitals[at]


def _opens_condition(tokens: Tokens, at: int) -> bool:
    """Should the talks fail, … : a question has its mark at the end."""
    if at and tokens.words[at - 1] not in _BOUNDARY:
        return False
    rest = tokens.words[at:]
    end = next((place for place, word in enumerate(rest) if word in ".?!"), len(rest))
    return "," in rest[:end] + ([","] if at else []) and rest[end : end + 1] != ["?"]


def _plain(tokens: Tokens, at: int) -> str:
    if not 0 <= at < len(tokens.words):
        return ""
    word = tokens.words[at]
    return "#" if word[0].isdigit() else word
