"""Whether words of a passage can stand for an actor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from eventpack.cells import Cells, cells_of
from eventpack.evidence.cues.lexicon import Lexicon
from eventpack.evidence.cues.tokens import Tokens, tokens_of
from eventpack.subject import Subject

_UNNAMED = "unnamed"
_MANY = frozenset({_UNNAMED, "collective", "population"})
_ROOT, _ENDING = 4, 4  # letters that a country and its adjective share; those that may follow


@dataclass(frozen=True, slots=True)
class Speaker:
    """An actor by name and kind. `proper` are names, words with a capital; `common` are stems of the other words."""

    name: str
    kind: str
    proper: frozenset[str]
    common: frozenset[str]
    around: frozenset[str]  # of what it belongs to

    def is_in(self, tokens: Tokens, span: Iterable[int], lexicon: Lexicon) -> bool:
        """Whether the words at some places name it, or can stand for it."""
        words = [(tokens.words[at], tokens.capitals[at], at == 0) for at in span]
        proper = _proper(words, lexicon)
        stems = {lexicon.stem(part) for word, _, _ in words for part in word.split("-") if not lexicon.joins(part)}
        if proper and self.proper:
            return self._is_named(proper, stems, lexicon)
        if any(_same(one, other) for one in self.proper for other in stems) or self._telling & stems:
            return self._same_office(stems, lexicon)
        pronouns = lexicon.pronouns.get(self.kind, lexicon.words["pronouns"])
        if any(word in pronouns for word, _, _ in words):
            return True
        if self.kind == _UNNAMED:
            return not self.common
        nouns = lexicon.nouns.get(self.kind, frozenset()) | lexicon.words["anybody"]
        return (not proper or _overlap(proper, self.around)) and any(word in nouns for word, _, _ in words)

    @property
    def _telling(self) -> frozenset[str]:
        """The plain words that tell an actor from others; "people" in a name do not."""
        return self.common if self.kind in _MANY else self.common - {"people"}

    def _is_named(self, proper: set[str], stems: set[str], lexicon: Lexicon) -> bool:
        """Whether names agree; where both have more than what they belong to, in that."""
        theirs = {name for name in proper if not any(_same(name, other) for other in self.around)}
        own = {name for name in self.proper if not any(_same(name, other) for other in self.around)}
        if not (_overlap(theirs, own) if theirs and own else _overlap(proper, self.proper)):
            return False
        if self.kind == _UNNAMED:  # "Velmaran officials" are no "Velmaran miners"
            return not self.common or bool(self.common & stems)
        return bool(theirs and own) or self._same_office(stems, lexicon)

    def _same_office(self, stems: set[str], lexicon: Lexicon) -> bool:
        """Whether it is not the navy for the army, nor one minister for another."""
        portfolios = lexicon.stems("portfolios")
        own, theirs = self.common & portfolios, stems & portfolios
        if self.kind == "state":
            return not theirs
        return not own or not theirs or bool(own & theirs)


def _overlap(one: Iterable[str], other: Iterable[str]) -> bool:
    others = list(other)
    return any(_same(left, right) for left in one for right in others)


def _same(one: str, other: str) -> bool:
    """Whether two names are one, or a country and its adjective: Karvia, Karvian; Kurds, Kurdish."""
    if one == other:
        return True
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    shorter, longer = sorted((len(one), len(other)))
    return shared >= _ROOT and shorter - shared <= 2 and longer - shared <= _ENDING


def _proper(words: list[tuple[str, bool, bool]], lexicon: Lexicon) -> set[str]:
    """Names: words with a capital that are neither plain words nor what anybody may be called."""
    plain = lexicon.words["plain"]
    return {
        lexicon.same.get(part, part)
        for word, capital, _ in words
        if capital and word not in plain
        for part in word.split("-")
        if part not in plain
    }


def speakers_of(subject: Subject, lexicon: Lexicon) -> Mapping[str, Speaker]:
    """The actors of a subject by id."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    rows = cells_of(subject, "actors")
    for row in [*rows, *cells_of(subject, "actor_names")]:
        names[row.get("actor_id", "")].append(row.get("name", ""))
    return {row.get("actor_id", ""): _speaker(row, names, lexicon) for row in rows}


def _speaker(row: Cells, names: Mapping[str, list[str]], lexicon: Lexicon) -> Speaker:
    own = names[row.get("actor_id", "")]
    proper: set[str] = set()
    common: set[str] = set()
    unnamed = row.get("kind") == _UNNAMED
    for name in own:
        words = _words(name.partition(" (")[0] if unnamed else name)
        capital = [
            (word, upper and not (unnamed and first and not _of_place(word)), first) for word, upper, first in words
        ]
        here = _proper(capital, lexicon)
        proper |= here
        common |= {lexicon.stem(word) for word, _, _ in words if not lexicon.joins(word) and word not in here}
    above = {stem for name in names.get(row.get("parent_id", ""), ()) for stem in _proper(_words(name), lexicon)}
    return Speaker(row.get("name", ""), row.get("kind", ""), frozenset(proper), frozenset(common), frozenset(above))


def _of_place(word: str) -> bool:
    """Whether the first word of a description is an adjective of a place, which has its capital everywhere."""
    return word.endswith(("an", "ish", "ese", "i", "us", "u.s."))


def _words(name: str) -> list[tuple[str, bool, bool]]:
    tokens = tokens_of(name)
    return [(word, tokens.capitals[at], at == 0) for at, word in enumerate(tokens.words)]
