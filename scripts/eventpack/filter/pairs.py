"""Work of the engine, two pieces at a time: one alone keeps no two processors busy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def two_at_once(do: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """What is made of each item, in their order, in which they are begun, too; `do` runs in other threads."""
    pool = ThreadPoolExecutor(2)
    try:
        return list(pool.map(do, items))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # who interrupts does not wait
