"""Work of the engine, two pieces at a time: one alone keeps no two processors busy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def two_at_once(do: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
    """What is made of each item, in their order. It begins at once, in other threads, whoever waits for it."""
    pool = ThreadPoolExecutor(2)
    made = pool.map(do, items)
    pool.shutdown(wait=False)  # its threads end with the last item
    return made
