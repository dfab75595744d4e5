"""What a large file's form is read from: the same bytes as a look at each of them finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventpack.structure.signs import Signs, distinct

DENSE = bytes(range(256)) + b"\n"
SPARSE = b"".join(bytes([byte]).ljust(41 + byte % 3, b"a") for byte in DENSE)
LONGEST = len(SPARSE)


@pytest.mark.parametrize("quote", range(-1, 128))
def test_signs_are_controls_quotes_and_leads(quote: int) -> None:
    """All bytes, whatever the quote is, close together and far apart, in blocks of several lengths in turn."""
    signs = Signs(quote, LONGEST)
    for block in (SPARSE, DENSE, SPARSE[1:], DENSE[:100], SPARSE[:-7], b"a", b""):
        found = signs.places(np.frombuffer(block, np.uint8)).tolist()
        assert found == [at for at, byte in enumerate(block) if byte < 32 or byte >= 0xC0 or byte == quote]


@given(st.lists(st.integers(-5, 5) | st.integers(-(2**63), 2**63 - 1)))
def test_distinct_numbers_are_in_order_and_each_once(numbers: list[int]) -> None:
    """Also of none."""
    assert distinct(np.array(numbers, np.int64)).tolist() == sorted(set(numbers))
