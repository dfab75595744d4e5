"""Laws of dialected text: what is written in a dialect is read back, and what is read is what the csv module reads."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from eventpack.dialect import Dialect
from eventpack.errors import TextError
from eventpack.foreign.delimited import DelimitedText
from tests.effort import examples

_TEXT = st.text(alphabet="ab ,;|\"'\\\n\r\t#é", max_size=12)
_DIALECTS = st.builds(
    Dialect,
    delimiter=st.sampled_from(",;|\t"),
    quote=st.sampled_from("\"'"),
    escape=st.sampled_from(("", "\\")),
    skip_initial_space=st.booleans(),
)


def read_by_csv(text: str, dialect: Dialect) -> list[list[str]]:
    """The rows that the csv module makes of a text; a blank line is a row of one empty cell."""
    lines = io.StringIO(text, newline="")
    rows = csv.reader(
        lines, delimiter=dialect.delimiter, quotechar=dialect.quote, escapechar=dialect.escape or None,
        skipinitialspace=dialect.skip_initial_space,
    )  # fmt: skip
    return [row or [""] for row in rows]


@given(
    st.lists(st.lists(_TEXT, min_size=2, max_size=4), min_size=1, max_size=4),
    _DIALECTS,
    st.sampled_from(("\n", "\r\n", "\r")),
)
def test_what_is_written_is_read_back(rows: list[list[str]], dialect: Dialect, ending: str) -> None:
    """Cells of any text, quoted by the csv module, come back; each position lies where its cell begins."""
    held = io.StringIO(newline="")
    writer = csv.writer(
        held, delimiter=dialect.delimiter, quotechar=dialect.quote, lineterminator=ending, quoting=csv.QUOTE_ALL,
        escapechar=dialect.escape or None,
    )  # fmt: skip
    writer.writerows(rows)
    text = DelimitedText(held.getvalue(), dialect)
    assert rows == text.rows
    assert (1, 1) == text.position(0, 0)
    lines = [text.position(index, 0) for index in range(len(rows))]
    assert lines == sorted(set(lines))


@settings(max_examples=examples(1000))
@given(_TEXT | st.lists(_TEXT).map("\n".join) | st.lists(_TEXT).map(",".join), _DIALECTS)
def test_what_is_read_is_what_the_csv_module_reads(text: str, dialect: Dialect) -> None:
    """Of any text that is not refused the rows are those of the csv module, which frictionless reads with."""
    try:
        rows = DelimitedText(text, dialect).rows
    except TextError as error:
        assert error.code in ("csv/empty", "csv/quote", "csv/cut")
        return
    assert read_by_csv(text, dialect) == rows
