"""CSV text by the grammar of RFC 4180: cells with positions, every departure named, and the one way we write it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NoReturn

from eventpack.errors import TextError
from eventpack.files import position

_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_PLAIN = re.compile(r'[^",\r\n]*')
_ONE_CELL = r'(?:"[^"]*+(?:""[^"]*+)*+"|[^",\r]*+)'
_WELL_FORMED = re.compile(rf"{_ONE_CELL}(?:,{_ONE_CELL})*+")
_LONGEST_LINE = 100_000  # the csv module refuses longer cells
_QUOTED_OR_BREAK = re.compile(r'("(?:[^"]|"")*")|\r\n?')
_LF_ALONE = re.compile(r"(?<!\r)\n")
CUT, CUT_FIX = "the file ends", "get the whole file again"
_NEEDS_QUOTES = re.compile(r'[",\r\n]')


class CsvText:
    """The rows of a CSV text, header first; positions of cells are worked out only when asked for.

    Raises:
        TextError: `csv/empty`, `csv/newline`, `csv/mixed-newlines`, `csv/quote`, `csv/cut`, `csv/blank-row` or
            `csv/ragged`; structure is checked before values.
    """

    def __init__(self, text: str) -> None:
        if not text.strip():
            raise TextError("csv/empty", "the file is empty; a table needs at least its header", fix="write the header")
        self._text = text
        self._starts: list[int] = []  # where each row begins: its offset,
        self._lines: list[int] = []  # and its line
        self.rows = list(self._parse())
        self._check_widths()

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

    def _check_widths(self) -> None:
        width = len(self.rows[0])
        for index, row in enumerate(self.rows):
            if not any(row) and (index or row == [""]):
                raise TextError("csv/blank-row", "the row is blank", *self.position(index, 0), "remove the line")
            if len(row) != width:
                line, column = self.position(index, 0)
                what = f"the row has {len(row)} cells, the header {width}"
                if len(row) < width and index == len(self.rows) - 1 and is_cut(self._text, self._starts[index]):
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
        at = 0
        for _ in self.rows[0]:
            yield position(self._text, at)
            at = self._cell(at)[1] + 1


def is_cut(text: str, at: int) -> bool:
    """Whether what is wrong at an offset may come from a file that was cut off: it has a line before, no end behind."""
    return not text.endswith(("\n", "\r")) and "\n" in text[:at].replace("\r", "\n")


def with_plain_breaks(text: str) -> str:
    """CSV text whose rows end with LF, whatever a spreadsheet made of them; line breaks inside quotes stay."""
    return _QUOTED_OR_BREAK.sub(lambda match: match[1] or "\n", text)


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as the CSV file we write: UTF-8, LF, quotes only where needed."""
    lines = (",".join(map(_quote, row)) or '""' for row in (header, *rows))
    return ("\n".join(lines) + "\n").encode("utf-8")


def sorted_csv(header: Sequence[str], key: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as the CSV file we write, its rows sorted by the key's fields in code-point order."""
    at = [header.index(name) for name in key if name in header]
    return csv_bytes(header, sorted(rows, key=lambda row: [row[index] for index in at]))


def _quote(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell
