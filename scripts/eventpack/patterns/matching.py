"""Whole texts against a pattern, in time that grows with their length alone."""

from __future__ import annotations

from eventpack.patterns.automaton import Automaton

_MOST_KEPT = 10_000
_MOST_WORK = 2_000_000  # steps of all texts together that were not known before: some two seconds


class TooSlowError(Exception):
    """Matching would take longer than anybody waits."""


class Matcher:
    """All ways through an automaton at once; what follows from which places is worked out once."""

    def __init__(self, automaton: Automaton) -> None:
        self._automaton = automaton
        self._next: dict[tuple[frozenset[int], str], frozenset[int]] = {}
        self._work = 0

    def matches(self, text: str) -> bool:
        """Whether the whole text matches; raises TooSlowError."""
        at = frozenset((-1,))
        for char in text:
            found = self._next.get((at, char))
            at = self._step(at, char) if found is None else found
            if not at:
                return False
        return not at.isdisjoint(self._automaton.ends)

    def _step(self, at: frozenset[int], char: str) -> frozenset[int]:
        places, follow = self._automaton.places, self._automaton.follow
        self._work += sum(len(follow[place]) for place in at)
        if self._work > _MOST_WORK:
            raise TooSlowError
        ahead = set().union(*(follow[place] for place in at))
        found = frozenset(place for place in ahead if places[place].holds(char))
        if len(self._next) >= _MOST_KEPT:
            self._next.clear()
        self._next[at, char] = found
        return found
