"""Where the records of a large file stand: looked up in the blocks that hold them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eventpack.filter.structure import BLOCK, LF, Index
from eventpack.large import LargeCsv


@dataclass(frozen=True, slots=True)
class Span:
    """A record: the offset of its first byte, of the byte behind its last, and its line from 1."""

    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Places:
    """A sound file, and what its blocks hold."""

    table: LargeCsv
    index: Index

    def begin(self, number: int) -> int:
        """The offset of a block."""
        return BLOCK * number

    def read(self, number: int) -> tuple[Any, Any, Any]:
        """A block, and in it the offsets of all line feeds and of those that end a record."""
        with self.table.file.open("rb") as file:
            file.seek(self.begin(number))
            block = np.frombuffer(file.read(BLOCK), np.uint8)
        breaks, quote = np.flatnonzero(block == LF), self.table.dialect.quote
        marks = np.flatnonzero(block == ord(quote)) if quote else breaks[:0]
        return block, breaks, breaks[(np.searchsorted(marks, breaks) + self.index.quotes[number]) % 2 == 0]


def records_at(places: Places, offsets: Sequence[int]) -> list[int]:
    """The records in which some bytes stand, in order, each once; `offsets` are sorted."""
    found: dict[int, None] = {}
    for number, group in _by_block(offsets, [places.begin(at) for at in range(len(places.index.quotes))]):
        _, _, ends = places.read(number)
        before = np.searchsorted(ends, np.array(group) - places.begin(number))
        found.update(dict.fromkeys((places.index.records[number] + before).tolist()))
    return list(found)


def find_spans(places: Places, records: Sequence[int]) -> Iterator[Span]:
    """Where some records stand; `records` are sorted."""
    index = places.index
    behind: dict[int, tuple[int, int]] = {-1: (0, 0)}  # per record the offset behind it, and the lines up to there
    wanted = sorted({number for record in records for number in (record - 1, record) if number >= 0})
    for number, group in _by_block(wanted, index.records):
        block, breaks, ends = places.read(number)
        for record in group:
            at = record - index.records[number]
            end = int(ends[at]) if at < len(ends) else len(block) - 1  # the last line may have no end
            line = index.lines[number] + int(np.searchsorted(breaks, end)) + 1
            behind[record] = places.begin(number) + end + 1, line
    for record in records:
        start, line = behind[record - 1]
        yield Span(start, behind[record][0], line + 1)


def _by_block(values: Sequence[int], begins: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Sorted values, by the number of the last block that begins with no more than that."""
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
