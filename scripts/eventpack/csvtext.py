"""CSV text by the grammar of RFC 4180: cells with positions, every departure named, and the one way we write it."""

from __future__ import annotations

import csv
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import NoReturn

from eventpack import limits
from eventpack.errors import TextError
from eventpack.files import position

_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_PLAIN = re.compile(r'[^",\r\n]*')
_ONE_CELL = r'(?:"[^"]*+(?:""[^"]*+)*+"|[^",\r]*+)'
_WELL_FORMED = re.compile(rf"{_ONE_CELL}(?:,{_ONE_CELL})*+")
_SOME = 100_000  # rows; of a file that goes wrong among them, no more are read
_LONGEST_LINE = 100_000  # the csv module refuses longer cells
_QUOTED_OR_BREAK = re.compile(r'("(?:[^"]|"")*")|\r\n?')
_LF_ALONE = re.compile(r"(?<!\r)\n")
_CLOSE = "close its quotes, or keep such data in files of their own"
CUT, CUT_FIX = "the file ends", "get the whole file again"


class CsvText:
    """The rows of a CSV text, header first; positions of cells are worked out only when asked for.

    Raises:
        TextError: `csv/empty`, `csv/newline`, `csv/mixed-newlines`, `csv/quote`, `csv/cut`, `csv/blank-row` or
            `csv/ragged`; structure is checked before values.
    """

    def __init__(self, text: str) -> None:
        if not text or text.isspace():
            raise TextError("csv/empty", "the file is empty; a table needs at least its header", fix="write the header")
        self._text = text
        self._starts = array("Q")  # where each row begins: its offset,
        self._lines = array("Q")  # and its line
        self.rows: list[list[str]] = []
        parsed, alike = self._parse(), True
        while alike and (rows := list(islice(parsed, _SOME))):
            self.rows += rows
            alike = set(map(len, rows)) == {len(self.rows[0])} and [""] not in rows
        self._check_widths(whole=next(parsed, None) is None)

    def _parse(self) -> Iterator[list[str]]:
        """Row by row: a line without quotes is split as it is, one that is a well-formed row by the csv module.

        What is left, a row over several lines or one with a fault, is read cell by cell.
        """
        text, at, line = self._text, 0, 1
        while at < len(text):
            self._starts.append(at)
            self._lines.append(line)
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            plain = text[at:end]
            if '"' not in plain and "\r" not in plain:
                yield plain.split(",")
            elif len(plain) < _LONGEST_LINE and _WELL_FORMED.fullmatch(plain):
                yield next(csv.reader((plain,)))
            else:
                row, end = self._row(at)
                yield row
                line += text.count("\n", at, end)
            at, line = end + 1, line + 1

    def _row(self, at: int) -> tuple[list[str], int]:
        """The cells of a row and the offset of the newline (or the end of the text) behind it."""
        row = []
        while True:
            cell, at = self._cell(at)
            row.append(cell)
            if self._text[at : at + 1] != ",":
                break
            at += 1
        if at < len(self._text) and self._text[at] != "\n":
            self._refuse_break(at)
        return row, at

    def _cell(self, at: int) -> tuple[str, int]:
        """One cell and the offset behind it."""
        text = self._text
        if text[at : at + 1] == '"':
            match = _QUOTED.match(text, at)
            if match is None:
                if is_cut(text, at):
                    self._refuse("csv/cut", f"{CUT} in a quoted cell", at, CUT_FIX)
                self._refuse("csv/quote", "a quoted cell is not closed", at, 'close it with "')
            end = match.end()
            refuse_long_cell(text, at, end)
            if end < len(text) and text[end] not in ",\r\n":
                self._refuse("csv/quote", "text follows a closing quote", end, 'write a quote inside a cell as ""')
            return match[1].replace('""', '"'), end
        match = _PLAIN.match(text, at)
        assert match is not None  # it matches the empty text
        if text[match.end() : match.end() + 1] == '"':
            self._refuse("csv/quote", "a quote stands inside an unquoted cell", match.end(), "quote the whole cell")
        return match[0], match.end()

    def _refuse_break(self, at: int) -> NoReturn:
        """A line that does not end with LF alone: as all the others do, or as none of them does."""
        if len(self._starts) > 1 or _LF_ALONE.search(self._text):
            what = "the line ends otherwise than others do, not with LF alone"
            self._refuse("csv/mixed-newlines", what, at, "convert the line ends to LF")
        self._refuse("csv/newline", "the line does not end with LF alone", at, "convert the line ends to LF")

    def _refuse(self, code: str, what: str, at: int, fix: str) -> NoReturn:
        raise TextError(code, what, *position(self._text, at), fix)

    def _check_widths(self, whole: bool) -> None:
        width = len(self.rows[0])
        for index, row in enumerate(self.rows):
            if not any(row) and (index or row == [""]):
                raise TextError("csv/blank-row", "the row is blank", *self.position(index, 0), "remove the line")
            if len(row) != width:
                line, column = self.position(index, 0)
                what = f"the row has {len(row)} cells, the header {width}"
                last = whole and index == len(self.rows) - 1
                if last and len(row) < width and is_cut(self._text, self._starts[index]):
                    raise TextError("csv/cut", f"{CUT}: {what}", line, column, CUT_FIX)
                raise TextError("csv/ragged", what, line, column, "add or remove commas, or quote a cell with commas")

    def position(self, row: int, column: int) -> tuple[int, int]:
        """Line and column (from 1) of a cell; row 0 is the header, cells count from 0."""
        at = start = self._starts[row]
        for _ in range(column):
            at = self._cell(at)[1] + 1
        return self._lines[row] + self._text.count("\n", start, at), at - self._text.rfind("\n", 0, at)

    def header_positions(self) -> Iterator[tuple[int, int]]:
        """Line and column of each cell of the header."""
        at, line, begin = 0, 1, 0
        for _ in self.rows[0]:
            yield line, at - begin + 1
            end = self._cell(at)[1]
            if breaks := self._text.count("\n", at, end):
                line, begin = line + breaks, self._text.rfind("\n", at, end) + 1
            at = end + 1


def refuse_long_line(data: bytes) -> None:
    """No line of delimited text has more bytes than a cell may have; few of them are looked at.

    Raises:
        TextError: `file/too-large`.
    """
    at = 0
    while len(data) - at > limits.CELL:
        end = max(data.rfind(b"\n", at, at + limits.CELL + 1), data.rfind(b"\r", at, at + limits.CELL + 1))
        if end < at:
            what = f"the line has more than {limits.CELL:,} bytes, which is the most that is read"
            raise TextError("file/too-large", what, data.count(b"\n", 0, at) + 1, fix=_CLOSE)
        at = end + 1


def refuse_endless_quotes(data: bytes, quote: str = '"') -> None:
    """No quotes are open over so many bytes that all of them must be one cell; said before text is made of them.

    Raises:
        TextError: `file/too-large`.
    """
    step, inside, without = 2 * limits.CELL, 0, 0
    for start in range(0, len(data) - step, step) if quote else ():
        count = data.count(quote.encode(), start, start + step)
        without = 0 if count else without + 1
        inside = (inside + count) % 2
        if inside and without > 1:
            what = f"a quoted cell has more than {limits.CELL:,} characters, which is the most that is read"
            raise TextError("file/too-large", what, data.count(b"\n", 0, start) + 1, fix=_CLOSE)


def refuse_long_cell(text: str, at: int, end: int) -> None:
    """A quoted cell over many lines is not too long.

    Raises:
        TextError: `file/too-large`.
    """
    if end - at > limits.CELL:
        what = f"the cell has {end - at:,} characters; at most {limits.CELL:,} are read"
        raise TextError("file/too-large", what, *position(text, at), fix=_CLOSE)


def is_cut(text: str, at: int) -> bool:
    """Whether what is wrong at an offset may come from a file that was cut off: it has a line before, no end behind."""
    return not text.endswith(("\n", "\r")) and "\n" in text[:at].replace("\r", "\n")


def with_plain_breaks(text: str) -> str:
    """CSV text whose rows end with LF, whatever a spreadsheet made of them; line breaks inside quotes stay."""
    return _QUOTED_OR_BREAK.sub(lambda match: match[1] or "\n", text)


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as the CSV file we write: UTF-8, LF, quotes only where needed."""
    lines = (_line(row) for row in (header, *rows))
    return ("\n".join(lines) + "\n").encode("utf-8")


def sorted_csv(header: Sequence[str], key: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as the CSV file we write, its rows sorted by the key's fields in code-point order."""
    at = [header.index(name) for name in key if name in header]
    return csv_bytes(header, sorted(rows, key=itemgetter(*at)) if at else list(rows))


def _line(row: Sequence[str]) -> str:
    line = ",".join(row)
    if line.count(",") >= len(row) or '"' in line or "\n" in line or "\r" in line:
        line = ",".join([
            '"' + cell.replace('"', '""') + '"' if "," in cell or '"' in cell or "\n" in cell or "\r" in cell else cell
            for cell in row
        ])  # fmt: skip
    return line or '""'
