"""Whole texts against a pattern, in time that grows with their length alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from eventpack import limits
from eventpack.patterns.automaton import Automaton

_MOST_KEPT = 10_000
_SOME = 100_000  # characters after which a long text is counted among what takes time


class TooSlowError(Exception):
    """Matching would take longer than anybody waits."""


class Allowance:
    """The time that is left for patterns which take long."""

    def __init__(self) -> None:
        self.left = limits.PATTERN_SECONDS

    def spend(self, since: float) -> None:
        """Take the time since a point of `process_time` away; raises TooSlowError when nothing is left."""
        self.left -= time.process_time() - since
        if self.left <= 0:
            raise TooSlowError


_shared: ContextVar[Allowance | None] = ContextVar("allowance", default=None)


@contextmanager
def bounded_time() -> Iterator[None]:
    """All patterns that are compiled inside share the time that else each of them has."""
    token = _shared.set(Allowance())
    try:
        yield
    finally:
        _shared.reset(token)


def allowance() -> Allowance:
    """The time for one more pattern."""
    return _shared.get() or Allowance()


class Matcher:
    """All ways through an automaton at once; what follows from which places is worked out once."""

    def __init__(self, automaton: Automaton) -> None:
        self._automaton = automaton
        self._next: dict[tuple[frozenset[int], str], frozenset[int]] = {}
        self._same: dict[
            frozenset[int], frozenset[int]
        ] = {}  # one object for each set, so that it is found by identity
        self._allowance, self._first = allowance(), frozenset((-1,))

    def matches(self, text: str) -> bool:
        """Whether the whole text matches; raises TooSlowError."""
        at, begin = self._first, time.process_time()
        for count, char in enumerate(text, 1):
            found = self._next.get((at, char))
            at = self._step(at, char) if found is None else found
            if not at:
                return False
            if count % _SOME == 0:
                self._allowance.spend(begin)
                begin = time.process_time()
        return not at.isdisjoint(self._automaton.ends)

    def _step(self, at: frozenset[int], char: str) -> frozenset[int]:
        begin, places, follow = time.process_time(), self._automaton.places, self._automaton.follow
        ahead = set().union(*(follow[place] for place in at))
        found = frozenset(place for place in ahead if places[place].holds(char))
        if len(self._next) >= _MOST_KEPT:
            self._next.clear()
            self._same.clear()
        found = self._same.setdefault(found, found)
        self._next[at, char] = found
        self._allowance.spend(begin)
        return found
