"""Some records of a large file as text, read where they stand, strictly."""

from __future__ import annotations

import csv
import mmap
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from eventpack.comparing.difference import Row
from eventpack.dialect import Dialect
from eventpack.large import LargeCsv

Spans = Callable[[Sequence[int]], Iterable[tuple[int, int]]]
"""The offsets at which some records begin and end, by their numbers."""


class Misfit(Exception):
    """A record is not in sound form; whoever reads the whole file can say what is wrong with it."""


class RecordReader:
    """Reads records of a file by number."""

    def __init__(self, table: LargeCsv, spans: Spans, names: Sequence[str], missing: Sequence[frozenset[str]]) -> None:
        self._table, self._spans, self._names = table, spans, names
        self._missing = [texts - {""} for texts in missing]
        self._well_formed = _grammar(table.dialect)

    def rows(self, records: Sequence[int]) -> Iterator[Row]:
        """Some records as mappings; raises `Misfit`."""
        width = len(self._names)
        for cells in self._cells(records):
            if len(cells) != width:
                raise Misfit("a record has more or fewer cells than the header")
            if any(self._missing):
                pairs = zip(cells, self._missing, strict=True)
                cells = ["" if cell in texts else cell for cell, texts in pairs]  # noqa: PLW2901
            yield dict(zip(self._names, cells, strict=True))

    def _cells(self, records: Sequence[int]) -> Iterator[list[str]]:
        dialect = self._table.dialect
        try:
            yield from csv.reader(
                self._texts(records), delimiter=dialect.delimiter, quotechar=dialect.quote or None,
                quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
                strict=True,
            )  # fmt: skip
        except (csv.Error, UnicodeDecodeError) as error:
            raise Misfit(str(error)) from error

    def _texts(self, records: Sequence[int]) -> Iterator[str]:
        """The records without their line ends."""
        with (
            self._table.file.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held,
        ):
            for start, end in self._spans(records):
                text = held[start:end].decode("utf-8")
                text = text.removesuffix("\n").removesuffix("\r")
                if not text or "\x00" in text or not self._well_formed.fullmatch(text):
                    raise Misfit("a record is blank, or holds a quote or line end where none belongs")
                yield text


def _grammar(dialect: Dialect) -> re.Pattern[str]:
    """What one record looks like, without its line end."""
    quote, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
    cell = rf"[^{quote}{delimiter}\r\n]*+"
    if quote:
        cell = rf"(?:{quote}[^{quote}]*+(?:{quote}{quote}[^{quote}]*+)*+{quote}|{cell})"
    return re.compile(rf"{cell}(?:{delimiter}{cell})*+")
