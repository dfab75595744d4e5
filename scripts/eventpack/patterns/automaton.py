"""A pattern as an automaton whose states are the places of characters in it (Glushkov 1961)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import combinations

from eventpack.patterns.charset import Charset
from eventpack.patterns.syntax import Choice, Node, OutsideError, Repeat, Sequence

_MOST_PLACES = 1_000
_MOST_BRANCHES = 60
_MOST_PAIRS = 20_000  # of places that are compared


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a pattern: whether it matches nothing, and at which places its texts begin and end."""

    empty: bool
    first: tuple[int, ...]
    last: tuple[int, ...]


_NOTHING = Part(True, (), ())


class Automaton:
    """The places of a pattern, and which may follow which; -1 is the place before the first.

    `sure` says that at each place a character leads to one place, by one way: then a matcher that tries one way after
    another is as fast as any, since no second way gets further than one character.

    Raises:
        OutsideError: The pattern is too large.
    """

    def __init__(self, node: Node) -> None:
        self.places: list[Charset] = []
        self.follow: dict[int, set[int]] = {-1: set()}
        self.sure = True
        self._pairs = 0
        whole = self._part(node)
        self.follow[-1].update(whole.first)
        self.ends = frozenset((*whole.last, *((-1,) if whole.empty else ())))
        self.sure = self.sure and all(map(self._are_apart, self.follow.values()))

    def _are_apart(self, places: set[int]) -> bool:
        self._pairs += len(places) * (len(places) - 1) // 2
        if len(places) > _MOST_BRANCHES or self._pairs > _MOST_PAIRS:
            return False
        return not any(self.places[one].overlaps(self.places[other]) for one, other in combinations(places, 2))

    def _part(self, node: Node) -> Part:
        if isinstance(node, Charset):
            return self._place(node)
        if isinstance(node, Sequence):
            return reduce(self._then, map(self._part, node.items), _NOTHING)
        if isinstance(node, Choice):
            parts = [self._part(option) for option in node.options]
            self.sure = self.sure and sum(part.empty for part in parts) < 2
            return Part(any(p.empty for p in parts), _all(p.first for p in parts), _all(p.last for p in parts))
        assert isinstance(node, Repeat)  # anchors are gone
        return self._repeat(node)

    def _place(self, charset: Charset) -> Part:
        place = len(self.places)
        if place >= _MOST_PLACES:
            raise OutsideError(f"it has more than {_MOST_PLACES} places for characters, repetitions counted")
        self.places.append(charset)
        self.follow[place] = set()
        return Part(False, (place,), (place,))

    def _then(self, one: Part, other: Part) -> Part:
        self._lead(one.last, other.first)
        first = (*one.first, *other.first) if one.empty else one.first
        last = (*other.last, *one.last) if other.empty else other.last
        return Part(one.empty and other.empty, first, last)

    def _lead(self, places: Iterable[int], targets: tuple[int, ...]) -> None:
        for place in places:
            known = self.follow[place]
            self.sure = self.sure and known.isdisjoint(targets)
            known.update(targets)

    def _repeat(self, node: Repeat) -> Part:
        if (node.most or node.least) > _MOST_PLACES:
            raise OutsideError(f"it repeats more than {_MOST_PLACES} times")
        if node.most is None:
            before = [self._part(node.item) for _ in range(max(0, node.least - 1))]
            loop = self._part(node.item)
            self.sure = self.sure and not loop.empty
            self._lead(loop.last, loop.first)
            tail = Part(loop.empty or not node.least, loop.first, loop.last)
        else:
            before, tail = [self._part(node.item) for _ in range(node.least)], _NOTHING
            for _ in range(node.most - node.least):
                part = self._part(node.item)
                self.sure = self.sure and not part.empty
                both = self._then(part, tail)
                tail = Part(True, both.first, both.last)
        return self._then(reduce(self._then, before, _NOTHING), tail)


def _all(places: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(place for group in places for place in group)
