"""Who is said to say what in a passage: a verb of saying, the noun phrase beside it, and the words reported."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from eventpack.evidence.cues.clauses import SUBORDINATE, Clauses
from eventpack.evidence.cues.lexicon import Lexicon
from eventpack.evidence.cues.spotting import Cue
from eventpack.evidence.cues.tokens import CLOSING, OPENING, STRAIGHT, Tokens

_QUOTES = OPENING + CLOSING + STRAIGHT
_STOPS = frozenset(_QUOTES + ",;:.!?–—")
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday earlier later evening morning night last "
    "week on in late early afternoon".split()
)
_TOLD = frozenset({"told", "tells", "tell"})
_WHERE = frozenset({"in", "at", "to", "on", "by", "through"})
_OBJECT = 8  # words of whom or where it was said


@dataclass(frozen=True, slots=True)
class Frame:
    """`speaker` are the words that name who speaks, `content` those that are reported; `tail` stands after them."""

    cue: Cue
    speaker: range
    content: range
    sentence: int
    tail: bool


@dataclass(frozen=True, slots=True)
class _Here:
    tokens: Tokens
    clauses: Clauses
    lexicon: Lexicon
    first: int  # of the sentence
    end: int


def frames_of(tokens: Tokens, starts: list[int], cues: list[Cue], clauses: Clauses, lexicon: Lexicon) -> list[Frame]:
    """The frames, from left to right."""
    bounds = [*starts, len(tokens.words)]
    frames = []
    for cue in cues:
        if not cue.has("attribution", "say", "frame", "mind"):
            continue
        sentence = bisect_right(starts, cue.first) - 1
        here = _Here(tokens, clauses, lexicon, bounds[sentence], bounds[sentence + 1])
        frames += [frame for frame in _frame(cue, sentence, here) if frame]
    return frames


def _frame(cue: Cue, sentence: int, here: _Here) -> Iterator[Frame]:
    words = here.tokens.words
    if words[cue.first] in ("according", "in"):
        end = next((at for at in range(cue.last + 1, here.end) if words[at] in _STOPS), here.end)
        yield Frame(cue, range(cue.last + 1, end), range(here.first, here.end), sentence, cue.first > here.first + 1)
        return
    if words[cue.first].endswith("ing"):  # adding that …: whoever spoke before
        if words[cue.first] in ("citing", "quoting"):
            end = next((at for at in range(cue.last + 1, here.end) if words[at] in _STOPS), here.end)
            yield Frame(cue, range(cue.last + 1, end), range(here.first, here.end), sentence, True)
        elif cue.has("attribution", "say"):
            yield Frame(cue, range(cue.first, cue.first), range(cue.last + 1, here.end), sentence, False)
        return
    left = cue.first
    while left > here.first and words[left - 1] not in _STOPS:
        left -= 1
    mark = words[left - 1] if left > here.first else ""
    after = cue.last + 1
    turned = bool(mark) and mark in "," + _QUOTES and not _resumes(here, left - 1)
    if turned and left < cue.first and not _introduced(here) and _nothing_more(words, cue, here.end):
        yield Frame(cue, range(left, cue.first), range(here.first, left), sentence, True)  # …, the ministry said
        return
    if turned and left == cue.first:
        end = next((at for at in range(after, here.end) if words[at] in _STOPS), here.end)
        yield Frame(cue, range(after, end), range(here.first, left), sentence, True)  # …”, said the ministry
        if words[here.first : left].count(",") < 2:
            return  # else also: the ministry, a critic of the plan, said …
    told = cue.has("attribution", "say") or _quotes(words, after, here.end)
    if told and words[cue.first - 1 : cue.first] != ["to"]:
        yield Frame(cue, _subject(here, cue.first), range(after, here.end), sentence, False)


def _introduced(here: _Here) -> bool:
    """Whether the sentence begins with an adverbial: "In a statement, the army said …"."""
    first = here.tokens.words[here.first]
    return first in here.lexicon.words["prepositions"] or first.endswith(("ing", "ed"))


def _resumes(here: _Here, mark: int) -> bool:
    """Whether a comma ends a clause that stands between a subject and its verb."""
    return here.clauses.all[here.clauses.of[mark]].kind in SUBORDINATE


def _nothing_more(words: list[str], cue: Cue, end: int) -> bool:
    """Between the verb and the end of its part stand only days, or to whom or where it was said."""
    after = cue.last + 1
    if words[cue.first] in _TOLD or (after < end and words[after] in _WHERE):
        rest = next((at for at in range(after, min(after + _OBJECT, end)) if words[at] in _STOPS), end)
        return "that" not in words[after:rest] and (rest >= end or words[rest] in ",.;" + CLOSING)
    while after < end and (words[after] in _DAYS or words[after].isdigit()):
        after += 1
    return after >= end or words[after] in ",.;" + CLOSING


def _quotes(words: list[str], after: int, end: int) -> bool:
    """A colon, "that" or a quotation follows, perhaps after whom it was said to."""
    for word in words[after : min(after + 6, end)]:
        if word in (":", "that") or word in _QUOTES:
            return True
        if word in _STOPS:
            return False
    return False


def _subject(here: _Here, verb: int) -> range:
    """The words from the beginning of the verb's clause, without an adverbial before it."""
    words = here.tokens.words
    clause = here.clauses.all[here.clauses.of[verb]]
    first = max(here.first, clause.words[0]) if clause.kind != "infinitive" else here.first
    if words[first] in here.lexicon.words["prepositions"] or (first == here.first and _introduced(here)):
        comma = next((at for at in range(first, verb) if words[at] == ","), None)
        first = comma + 1 if comma is not None and comma + 1 < verb else first
    return range(first, verb)
