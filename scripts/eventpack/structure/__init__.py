"""The form of large CSV files: what their bytes say, and where their records stand."""

from __future__ import annotations

from array import array
from dataclasses import field

from eventpack.frozen import Frozen
from eventpack.large import LargeCsv

STRIDE = 1 << 16
"""Bytes of a file between two entries of its index."""
_TAIL = 1 << 19  # bytes in which the last record is looked for


class Index(Frozen):
    """Per stride of a file: how many quotes, records and lines end before it; record 0 is the header, if any."""

    quotes: array[int] = field(default_factory=lambda: array("q"))
    records: array[int] = field(default_factory=lambda: array("q"))
    lines: array[int] = field(default_factory=lambda: array("q"))


class Structure(Frozen):
    """What the bytes of a file say: its size, its quote characters, and how many pairs of them stand for one.

    `sound` says that every quote opens or closes a cell or is one of a pair, that rows end with LF or all with CRLF
    (`returns` of them), and that there is no NUL. By RFC 4180 all readers then agree on what is a record. `ended`
    says whether the last line has an end, `empties` whether an empty cell may be in quotes, `doubts` are the records
    with characters that the kernel must look at, and `index` helps to find a record.
    """

    size: int
    quotes: int
    pairs: int
    returns: int
    sound: bool
    ended: bool
    empties: bool
    doubts: array[int]
    index: Index

    def holds(self, table: LargeCsv, rows: int, fields: int, content: int) -> bool:
        """The law of bytes: with `rows` records of `fields` cells that hold `content` bytes, nothing is left over.

        A short record or a blank line lacks separators; a long one stops the reader, so that the error has one sign
        and cannot cancel out. The one exception, a last line without end, is looked at by itself.
        """
        lines = rows + table.dialect.header
        if not self.sound or self.returns not in (0, lines, lines - (not self.ended)):
            return False
        if not self.ended and _last_cells(table) != fields:
            return False
        marks = self.quotes - table.header_quotes - self.pairs
        inner = self.returns - (self.returns > 0 and table.dialect.header)
        return self.size + (not self.ended) - table.header == content + rows * fields + marks + inner


def _last_cells(table: LargeCsv) -> int:
    """The number of cells in the last record of a sound file whose last line has no end."""
    with table.file.open("rb") as file:
        begin = max(table.header, file.seek(0, 2) - _TAIL)
        file.seek(begin)
        parts = file.read().split(table.dialect.quote.encode() or b"\x00")
    cells = 1
    for part in parts[::-2]:  # what stands outside of quotes, from the end
        cells += part.rpartition(b"\n")[2].count(table.dialect.delimiter.encode())
        if b"\n" in part:
            return cells
    return cells if begin == table.header else 0
