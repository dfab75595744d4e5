"""Keys that lead nowhere, told from hashes: what is left out because two tables are in step is never at fault."""

from __future__ import annotations

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from eventpack.filter.keys import dangling

KEYS = st.lists(st.none() | st.integers(0, 5), max_size=8)
DTYPE = pl.UInt64


def lost(own: list[int | None], known: list[int | None]) -> list[int]:
    """By definition."""
    return [row for row, key in enumerate(own) if key is not None and key not in known]


@given(KEYS, KEYS)
@example([1, 1, 2, 2, 3], [1, 2, 3])
@example([1, 2, 3], [1, 1, 2, 3, 3])
@example([1, None, 2], [1, 2])
@example([None, 1], [None, 1])
@example([1, 2, 4], [1, 2, 3])
@example([1, 2, 3], [1, 2])
def test_rows_that_lead_nowhere(own: list[int | None], known: list[int | None]) -> None:
    """Whatever the order of the keys, and however often each stands."""
    found = dangling(pl.Series(own, dtype=DTYPE), pl.Series(known, dtype=DTYPE))
    assert sorted(found) == lost(own, known)


@given(st.lists(st.integers(0, 9), min_size=1, unique=True), st.data())
def test_children_in_the_order_of_their_parents(parents: list[int], data: st.DataObject) -> None:
    """Each parent has some, be it one or many; one that has none puts them out of step."""
    counts = data.draw(st.lists(st.integers(0, 3), min_size=len(parents), max_size=len(parents)))
    children = [key for key, count in zip(parents, counts, strict=True) for _ in range(count)]
    own, known = pl.Series(children, dtype=DTYPE), pl.Series(parents, dtype=DTYPE)
    assert list(dangling(own, known)) == []
    assert list(dangling(known, own)) == [row for row, count in enumerate(counts) if not count]
