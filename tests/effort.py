"""How hard the tools of the tests try: in `make test`, where everybody waits, less hard than in `make test-all`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import pytest

FULL = os.environ.get("EFFORT") == "full"


def examples(full: int) -> int:
    """How many examples a law is tried with, of those it is tried with in full: a fifth in `make test`."""
    return full if FULL else max(1, full // 5)


def first(count: int, cases: Iterable[Any]) -> list[Any]:
    """The cases of a test, of which the first ones run in `make test`, and the others, which are long, do not.

    For tests whose cases differ little: each of them matters, but not every time that somebody waits.
    """
    return [case if at < count else _long(case) for at, case in enumerate(cases)]


def only(quick: Iterable[Any], cases: Iterable[Any]) -> list[Any]:
    """The cases of a test, of which these run in `make test`, and the others, which are long, do not."""
    chosen = list(quick)
    return [case if case in chosen else _long(case) for case in cases]


def _long(case: Any) -> Any:
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.long)
