"""What a large file's form is read from: the same bytes as a look at each of them finds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from eventpack.structure.signs import Signs

LONGEST = 200
ANY, SPARSE = st.binary(max_size=LONGEST), st.text("a \n\"'|é€𐍈", max_size=LONGEST // 4).map(str.encode)


@given(st.integers(-1, 127), st.lists(ANY | SPARSE | SPARSE.map(lambda data: (b"a" * 160 + data)[-LONGEST:])))
def test_signs_are_controls_quotes_and_leads(quote: int, blocks: list[bytes]) -> None:
    """Whatever the quote is, and however dense they are."""
    signs = Signs(quote, LONGEST)
    for block in blocks:
        found = signs.places(np.frombuffer(block, np.uint8)).tolist()
        assert found == [at for at, byte in enumerate(block) if byte < 32 or byte >= 0xC0 or byte == quote]
