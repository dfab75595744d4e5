"""Where the records of a large file stand: an index of its blocks, and what is looked up in some of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from eventpack.filter.letters import EDGE
from eventpack.filter.structure import BLOCK, LF, blocks
from eventpack.large import LargeCsv


@dataclass(frozen=True, slots=True)
class Span:
    """A record: the offset of its first byte, of the byte behind its last, and its line from 1."""

    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Index:
    """Per block of a sound file: how many quotes, records and lines end before it; record 0 is the header, if any."""

    table: LargeCsv
    quotes: list[int] = field(default_factory=list)
    records: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def make_index(table: LargeCsv) -> Index:
    """One pass over the bytes of a sound file."""
    index, quotes, records, lines = Index(table), 0, 0, 0
    for data in blocks(table.file):
        block = data[EDGE:]
        index.quotes.append(quotes)
        index.records.append(records)
        index.lines.append(lines)
        breaks, ends = _breaks(block, table, quotes)
        quotes += _marks(block, table)[1]
        records, lines = records + len(ends), lines + len(breaks)
    return index


def _marks(block: Any, table: LargeCsv) -> tuple[Any, int]:
    marks = np.flatnonzero(block == ord(table.dialect.quote)) if table.dialect.quote else np.zeros(0, np.int64)
    return marks, len(marks)


def _breaks(block: Any, table: LargeCsv, quotes: int) -> tuple[Any, Any]:
    """The offsets of all line feeds in a block, and of those that end a record."""
    breaks = np.flatnonzero(block == LF)
    marks, _ = _marks(block, table)
    return breaks, breaks[(np.searchsorted(marks, breaks) + quotes) % 2 == 0]


def records_at(index: Index, offsets: Sequence[int]) -> list[int]:
    """The records in which some bytes stand, in order, each once; `offsets` are sorted."""
    found: dict[int, None] = {}
    for number, group in _by_block(offsets, [BLOCK * at for at in range(len(index.quotes))]):
        _, ends = _breaks(_block(index, number), index.table, index.quotes[number])
        before = np.searchsorted(ends, np.array(group) - BLOCK * number)
        found.update(dict.fromkeys((index.records[number] + before).tolist()))
    return list(found)


def find_spans(index: Index, records: Sequence[int]) -> Iterator[Span]:
    """Where some records stand; `records` are sorted."""
    behind: dict[int, tuple[int, int]] = {-1: (0, 0)}  # per record the offset behind it, and the lines up to there
    wanted = sorted({number for record in records for number in (record - 1, record) if number >= 0})
    for number, group in _by_block(wanted, index.records):
        block, begin = _block(index, number), BLOCK * number
        breaks, ends = _breaks(block, index.table, index.quotes[number])
        for record in group:
            at = record - index.records[number]
            if at < len(ends):
                end = int(ends[at])
                behind[record] = begin + end + 1, index.lines[number] + int(np.searchsorted(breaks, end)) + 1
            else:  # the last line has no end
                behind[record] = begin + len(block), index.lines[number] + len(breaks) + 1
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


def _block(index: Index, number: int) -> Any:
    with index.table.file.open("rb") as file:
        file.seek(BLOCK * number)
        return np.frombuffer(file.read(BLOCK), np.uint8)


def read_spans(table: LargeCsv, spans: Sequence[Span]) -> Iterator[bytes]:
    """The bytes of some records."""
    with table.file.open("rb") as file:
        for span in spans:
            file.seek(span.start)
            yield file.read(span.end - span.start)
