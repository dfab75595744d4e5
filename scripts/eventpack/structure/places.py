"""Where the records of a large file stand: looked up in the strides of the file that hold them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eventpack.large import LargeCsv
from eventpack.structure import STRIDE, Index


@dataclass(frozen=True, slots=True)
class Span:
    """A record: the offset of its first byte, of the byte behind its last, and its line from 1."""

    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Places:
    """A sound file, and how many quotes, records and lines end before each of its strides."""

    table: LargeCsv
    index: Index

    def read(self, number: int) -> bytes:
        """The bytes of a stride."""
        with self.table.file.open("rb") as file:
            file.seek(STRIDE * number)
            return file.read(STRIDE)

    def ends(self, number: int, data: bytes) -> Iterator[int]:
        """The offsets in a stride at which records end: its line feeds outside of quotes."""
        quote = self.table.dialect.quote.encode()
        begin, quoted = 0, bool(self.index.quotes[number] % 2)
        for part in data.split(quote) if quote else [data]:
            at = part.find(b"\n") if not quoted else -1
            while at >= 0:
                yield begin + at
                at = part.find(b"\n", at + 1)
            begin, quoted = begin + len(part) + 1, not quoted


def find_spans(places: Places, records: Sequence[int]) -> Iterator[Span]:
    """Where some records stand; `records` are sorted."""
    index = places.index
    behind: dict[int, tuple[int, int]] = {-1: (0, 0)}  # per record the offset behind it, and the lines up to there
    wanted = sorted({number for record in records for number in (record - 1, record) if number >= 0})
    for number, group in _by_stride(wanted, index.records):
        data = places.read(number)
        ends = list(places.ends(number, data))
        for record in group:
            at = record - index.records[number]
            end = ends[at] if at < len(ends) else len(data) - 1  # the last line may have no end
            behind[record] = STRIDE * number + end + 1, index.lines[number] + data.count(b"\n", 0, end) + 1
    for record in records:
        start, line = behind[record - 1]
        yield Span(start, behind[record][0], line + 1)


def _by_stride(values: Sequence[int], begins: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Sorted values, by the number of the last stride that begins with no more than that."""
    number, group = -1, list[int]()
    for value in values:
        if (here := bisect_right(begins, value) - 1) != number and group:
            yield number, group
            group = []
        number = here
        group.append(value)
    if group:
        yield number, group


def read_spans(places: Places, spans: Sequence[Span]) -> Iterator[bytes]:
    """The bytes of some records."""
    with places.table.file.open("rb") as file:
        for span in spans:
            file.seek(span.start)
            yield file.read(span.end - span.start)
