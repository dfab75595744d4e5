"""Empty cells in quotes, of which a large file is proved to have none, so that the reader need not look for them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventpack.dialect import Dialect
from eventpack.large import LargeCsv, begins_with_empties
from eventpack.structure import proving

CELLS = st.sampled_from(["", '""', '""', "a", '"a"', '"a""b"', '""""', '"""a"""', '"\n"', '"a"""', '""""""', "é"])
ROWS = st.lists(st.tuples(CELLS, CELLS), max_size=12)


def has_empties(text: str, block: int) -> bool:
    """What the bytes of a file say, read in blocks of so many of them."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        file = Path(folder) / "t.csv"
        file.write_bytes(text.encode())
        patch.setattr(proving, "_BLOCK", block)
        patch.setattr(proving, "STRIDE", block // 2)
        found = proving.read_structure(LargeCsv("t", "t.csv", file, Dialect(), len("id,x\n")))
        assert found.sound
        return found.empties


@given(ROWS)
def test_an_empty_cell_in_quotes_is_always_seen(rows: list[tuple[str, str]]) -> None:
    """In one block it is told from cells that begin or end with a quote; at its edge there may be false alarm."""
    text = "id,x\n" + "".join(f"{one},{other}\n" for one, other in rows)
    empty = any('""' in row for row in rows)
    assert has_empties(text, 1 << 12) == empty
    assert has_empties(text, 16) >= empty


@given(st.integers(8, 40).filter(lambda at: at % 2 == 0), st.sampled_from(['""', '""""', '"a"']))
def test_a_block_may_end_anywhere_in_it(before: int, cell: str) -> None:
    """Before it, between its quotes, and behind them."""
    assert has_empties(f"id,x\n{'a' * before},{cell}\n", 16) >= (cell == '""')
    assert has_empties(f"id,x\n{'a' * (before + 1)},{cell}\n", 16) >= (cell == '""')


@pytest.mark.parametrize(
    ("row", "expected"), [('a,"",b', True), ('"","",""', True), ('a,b,""""', False), ("a,,b", False)]
)
def test_the_beginning_of_a_file_is_asked_first(tmp_path: Path, row: str, expected: bool) -> None:
    """Who puts every cell in quotes does so from the first row on."""
    (tmp_path / "t.csv").write_text(f"x,y,z\n{row}\n", "utf-8")
    assert begins_with_empties(LargeCsv("t", "t.csv", tmp_path / "t.csv", Dialect(), 6)) == expected
