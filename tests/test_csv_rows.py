"""The ways in which rows of CSV are read agree: by split, by the csv module, and cell by cell."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from eventpack.csvtext import CsvText
from eventpack.errors import TextError

pieces = st.text(alphabet='a,"\n\r é', max_size=8)


def cell_by_cell(text: str) -> list[list[str]]:
    """All rows of a text by the slowest way, which refuses what departs from the grammar."""
    table = CsvText("a\n")
    table._text = text
    rows, at = [], 0
    while at < len(text):
        row, end = table._row(at)
        rows.append(row)
        at = end + 1
    return rows


@given(st.lists(pieces, min_size=1, max_size=4).map("".join))
def test_quick_ways_read_what_the_slow_one_reads(text: str) -> None:
    """The same rows, or the same refusal, for any mixture of quotes, commas and line ends."""
    try:
        quick: object = CsvText(text).rows
    except TextError as error:
        quick = error.code
    if quick in ("csv/empty", "csv/blank-row", "csv/ragged"):
        return  # said of rows that could be read
    try:
        slow: object = cell_by_cell(text)
    except TextError as error:
        slow = error.code
    if quick == "csv/cut" and isinstance(slow, list):
        return  # of the last row, which is too short
    assert quick == slow


@given(st.lists(st.lists(pieces, min_size=2, max_size=2).filter(any), min_size=1, max_size=4))
def test_what_python_writes_is_read_as_it_was(rows: list[list[str]]) -> None:
    """Any cells, with quotes, commas and line ends in them."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    assert CsvText(file.getvalue()).rows == rows


def test_a_cell_that_is_longer_than_the_csv_module_allows_is_read() -> None:
    """Half a million characters between quotes."""
    long = "a," * 250_000
    assert CsvText(f'h,i\n"{long}",b\n').rows == [["h", "i"], [long, "b"]]
