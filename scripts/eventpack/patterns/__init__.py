"""Patterns in one dialect whose time is linear, and a bound on the time of all others."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import lru_cache

from eventpack import limits
from eventpack.patterns.automaton import Automaton
from eventpack.patterns.matching import Matcher, TooSlowError, bounded_time
from eventpack.patterns.syntax import OutsideError, Parser, without_anchors

__all__ = ["TooSlowError", "bounded_time", "compile_pattern", "why_outside"]


_MOST_STACKED = 100_000  # characters; Python's matcher keeps some hundred bytes for each repetition of a group


@lru_cache(256)
def _automaton(pattern: str) -> Automaton | str:
    """The automaton of a pattern, or why it has none."""
    try:
        return Automaton(without_anchors(Parser(pattern).parse()))
    except OutsideError as error:
        return str(error)


def why_outside(pattern: str) -> str:
    """Why a pattern is not in the dialect, or nothing."""
    if len(pattern) > limits.PATTERN:
        return f"it has more than {limits.PATTERN:,} characters"
    automaton = _automaton(pattern)
    return automaton if isinstance(automaton, str) else ""


def compile_pattern(pattern: str) -> Callable[[str], object]:
    """Whether a whole text matches a pattern; raises `TooSlowError` when all texts together take too long.

    Python's own matcher takes those for which it is linear; other patterns of the dialect are matched by an
    automaton, and what is outside by Python in a process of its own, which is ended when its time is over.

    Raises:
        re.error: It is not a regular expression.
    """
    if len(pattern) > limits.PATTERN:
        raise re.error(f"it has more than {limits.PATTERN:,} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of brackets that may mean sets one day
            compiled = re.compile(pattern)
    except (OverflowError, RecursionError, ValueError) as error:
        raise re.error(f"it is too large ({error})") from None
    automaton = _automaton(pattern)
    if isinstance(automaton, str):
        from eventpack.patterns.apart import ApartMatcher  # subprocess: 5 ms

        return ApartMatcher(pattern).matches
    slow = Matcher(automaton).matches
    if not automaton.sure:
        return slow
    return lambda text: compiled.fullmatch(text) if len(text) <= _MOST_STACKED else slow(text)
