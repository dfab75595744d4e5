"""Some records of a large file as text, read where they stand, strictly."""

from __future__ import annotations

import csv
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
        names, width, is_plain = self._names, len(self._names), not any(self._missing)
        for cells in self._cells(records):
            if len(cells) != width:
                raise Misfit("a record has more or fewer cells than the header")
            if not is_plain:
                pairs = zip(cells, self._missing, strict=True)
                cells = ["" if cell in texts else cell for cell, texts in pairs]  # noqa: PLW2901
            yield dict(zip(names, cells))  # noqa: B905  # equal, as seen above

    def _cells(self, records: Sequence[int]) -> Iterator[list[str]]:
        """Records without a quote are split where they stand, the others by a reader of CSV."""
        dialect, quoted = self._table.dialect, list[str]()
        delimiter, quote = dialect.delimiter, dialect.quote
        reader = csv.reader(
            iter(quoted.pop, None), delimiter=delimiter, quotechar=quote or None,
            quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE, strict=True,
        )  # fmt: skip
        try:
            for text in self._texts(records):
                if quote and quote in text:
                    if not self._well_formed.fullmatch(text):
                        raise Misfit("a quote stands where none belongs")
                    quoted.append(text)
                    yield next(reader)
                elif "\r" in text or "\n" in text:
                    raise Misfit("a line end stands where none belongs")
                else:
                    yield text.split(delimiter)
        except (csv.Error, UnicodeDecodeError) as error:
            raise Misfit(str(error)) from error

    def _texts(self, records: Sequence[int]) -> Iterator[str]:
        """The records without their line ends."""
        with self._table.file.open("rb", buffering=0) as file:
            for start, end in self._spans(records):
                file.seek(start)
                text = file.read(end - start).decode("utf-8").removesuffix("\n").removesuffix("\r")
                if not text or "\x00" in text:
                    raise Misfit("a record is blank, or holds NUL")
                yield text


def _grammar(dialect: Dialect) -> re.Pattern[str]:
    """What one record looks like, without its line end."""
    quote, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
    cell = rf"[^{quote}{delimiter}\r\n]*+"
    if quote:
        cell = rf"(?:{quote}[^{quote}]*+(?:{quote}{quote}[^{quote}]*+)*+{quote}|{cell})"
    return re.compile(rf"{cell}(?:{delimiter}{cell})*+")
