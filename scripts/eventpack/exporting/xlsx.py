"""XLSX: a workbook with a sheet for each table, one about the dataset, and the codebook. No cell is a formula.

Excel keeps numbers to 15 digits, days from March 1900 (its calendar has a 29 February in that year, which was none),
and 32,767 characters in a cell. What does not fit stays text, or is told.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventpack.errors import EventpackError
from eventpack.exporting.codebook import CODEBOOK_HEADER, about_rows, codebook_rows
from eventpack.exporting.shortening import distinct, key_of
from eventpack.loading.celltext import value_text
from eventpack.material import Material, TypedTable

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS, LONGEST_CELL, LONGEST_NAME = 1_048_576, 32_767, 31
_ABOUT, _CODEBOOK = "about", "codebook"
_FIRST_DAY = datetime.date(1900, 3, 1)
_DIGITS = 15
_WIDEST, _SAMPLE = 60, 200  # characters of a column, by the first rows
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


def write_xlsx(material: Material, folder: Path) -> list[str]:
    """Write `<name>.xlsx`.

    Codes and texts are text, also those that begin with = + - or @; numbers are numbers as long as Excel keeps all
    their digits; days are days from March 1900; months and years, and what does not fit, are text. The header stays
    in sight and can be filtered by.

    Raises:
        EventpackError: xlsxwriter is not installed.
    """
    try:
        import xlsxwriter  # 60 ms
    except ImportError:
        raise EventpackError("xlsxwriter is not installed", 'run `pip install ".[xlsx]"` in the checkout') from None
    options = {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True,
    }  # fmt: skip
    book = xlsxwriter.Workbook(folder / f"{material.label}.xlsx", options)
    book.set_properties(_properties(material))
    writing = _Writing(book)
    names = distinct(material.names, _sheet_name, (_ABOUT, _CODEBOOK))
    writing.told(_ABOUT, ["property", "value"], about_rows(material), key=0)
    for table in material:
        if table.frame.height >= MOST_ROWS:
            what = f"{table.name} has {table.frame.height:,} rows and is left out; a sheet holds {MOST_ROWS - 1:,}"
            writing.notes.append(what)
            continue
        if names[table.name] != table.name:
            writing.notes.append(
                f"the sheet of {table.name} is called {names[table.name]}, since Excel takes no such name"
            )
        writing.table(names[table.name], table)
    writing.told(_CODEBOOK, CODEBOOK_HEADER, codebook_rows(material), key=1)
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:  # its word for a disk that refuses
        raise OSError(str(error)) from error
    return writing.notes


def _sheet_name(name: str, free: int) -> str:
    """The name of a sheet, of which so many characters are free for a number behind it."""
    made = name.translate(_FORBIDDEN)[: LONGEST_NAME - free].strip("'") or "sheet"
    return f"{made}_" if made.casefold() == "history" else made  # a name that Excel keeps for itself


def _properties(material: Material) -> dict[str, Any]:
    """What the file says of itself; the time of the data, not of the writing."""
    descriptor = material.package.descriptor
    try:
        created = datetime.datetime.fromisoformat(descriptor.created).replace(tzinfo=None)
    except ValueError:
        created = datetime.datetime(1980, 1, 1)  # what is not known must not differ from run to run
    title = f"{descriptor.title or material.name} {material.version}".strip()
    return {"title": title[:255], "subject": material.name[:255], "comments": f"SHA-256 of the data: {material.core}",
            "created": created}  # fmt: skip


class _Writing:
    """A workbook on the way, with what is to be told of it."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._bold: Format = book.add_format({"bold": True, "bottom": 1})
        self._day: Format = book.add_format({"num_format": "yyyy-mm-dd"})
        self.notes: list[str] = []

    def table(self, name: str, table: TypedTable) -> None:
        """One sheet for a table."""
        odd: dict[str, int] = {}
        rows = (
            [
                self._fitting(table, index, column, value, odd)
                for column, value in zip(table.frame.columns, row, strict=True)
            ]
            for index, row in enumerate(table.frame.iter_rows())
        )
        self.sheet(name, table.frame.columns, rows, key=0, top=table.frame.head(_SAMPLE).rows())
        for what, count in odd.items():
            self.notes.append(f"{count:,} value{'s' * (count != 1)} {what}")

    def told(self, name: str, header: Sequence[str], rows: Iterable[Sequence[str]], key: int) -> None:
        """One sheet of texts that the descriptor and the schemas hold."""
        fitting = ([self._short(f"{name}, {row[key]}", text) for text in row] for row in rows)
        self.sheet(name, header, fitting, key)

    def sheet(
        self,
        name: str,
        header: Sequence[str],
        rows: Iterable[Sequence[Any]],
        key: int,
        top: Sequence[Sequence[Any]] = (),
    ) -> None:
        """One sheet: its header stays when rows are scrolled, and so do the columns before `key`."""
        sheet = self._book.add_worksheet(name)
        top = top or (rows := list(rows))[:_SAMPLE]
        for at, title in enumerate(header):
            sheet.set_column(at, at, _width([title, *(row[at] for row in top)]))
        sheet.freeze_panes(1, key)
        for at, title in enumerate(header):
            sheet.write_string(0, at, title, self._bold)
        last = 0
        for last, row in enumerate(rows, 1):
            for at, value in enumerate(row):
                self._put(sheet, last, at, value)
        sheet.autofilter(0, 0, last, len(header) - 1)

    def _put(self, sheet: Worksheet, row: int, at: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, at, value)
        elif isinstance(value, (int, float)):
            sheet.write_number(row, at, value)
        elif isinstance(value, datetime.date):
            sheet.write_datetime(row, at, datetime.datetime(value.year, value.month, value.day), self._day)
        else:
            done = sheet.write_string(row, at, value)
            assert done == 0, f"xlsxwriter refuses a text of {len(value)} characters"  # it was made to fit before

    def _fitting(self, table: TypedTable, row: int, column: str, value: Any, odd: dict[str, int]) -> Any:
        """A value as the cell can hold it; counts those that become text, and names those that are cut."""
        if isinstance(value, str):
            long = len(value) > LONGEST_CELL // 2  # the place is not asked for where it is not told
            return self._short(f"{table.name} {key_of(table, row)}, {column}", value) if long else value
        if isinstance(value, datetime.date) and value < _FIRST_DAY:
            _count(odd, f"of {table.name}.{column} lie before March 1900 and are text")
            return value.isoformat()
        if isinstance(value, (int, float)) and not isinstance(value, bool) and not _is_kept(value):
            _count(odd, f"of {table.name}.{column} have more than {_DIGITS} digits, or none, and are text")
            return value_text(value)
        return value

    def _short(self, place: str, text: str) -> str:
        """A text as long as a cell can hold it; says where one is cut."""
        if (size := units(text)) <= LONGEST_CELL:
            return text
        what = f"the cell holds the beginning of {size:,} characters; Excel takes {LONGEST_CELL:,}"
        self.notes.append(f"{place}: {what}")
        return cut(text, LONGEST_CELL - 1) + "…"


def _count(odd: dict[str, int], what: str) -> None:
    odd[what] = odd.get(what, 0) + 1


def _is_kept(value: float) -> bool:
    """Whether Excel keeps all digits of a number."""
    if isinstance(value, float) and not math.isfinite(value):
        return False
    digits = repr(value).lower().partition("e")[0].replace(".", "").lstrip("-0").rstrip("0")
    return len(digits) <= _DIGITS


def units(text: str) -> int:
    """How many characters Excel counts, for which those beyond the first 65,536 are two."""
    return len(text) + sum(char > "\uffff" for char in text) if len(text) > LONGEST_CELL // 2 else len(text)


def cut(text: str, most: int) -> str:
    """The beginning of a text, of so many characters as Excel counts them."""
    size = 0
    for at, char in enumerate(text):
        size += 2 if char > "\uffff" else 1
        if size > most:
            return text[:at]
    return text


def _width(values: Iterable[Any]) -> int:
    return min(_WIDEST, max((len(line) for line in _lines(values)), default=8) + 2)


def _lines(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from ("" if value is None else str(value)[:1000]).split("\n")
