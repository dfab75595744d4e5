"""The form of a large CSV file, proved from its bytes: what a columnar reader would pass over in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

_BLOCK = 1 << 19
_LF, _CR, _QUOTE, _COMMA = 10, 13, 34, 44


@dataclass(frozen=True, slots=True)
class Structure:
    """What the bytes of a file say: its size, its quote characters, and how many pairs of them stand for one.

    `sound` says that every quote opens or closes a cell or is one of a pair, that lines end with LF alone, the last
    one too, and that there is no NUL. By RFC 4180 all readers then agree on what is a record.
    """

    size: int
    quotes: int
    pairs: int
    sound: bool

    def holds(self, header: int, rows: int, fields: int, content: int) -> bool:
        """The law of bytes: with `rows` records of `fields` cells that hold `content` bytes, nothing is left over.

        `header` counts the bytes of the first line. A short record or a blank line lacks separators; a long one
        stops the reader, so that the error has one sign and cannot cancel out.
        """
        return self.sound and self.size - header == content + rows * fields + self.quotes - self.pairs


def read_structure(path: Path) -> Structure:
    """One pass over the bytes of a file."""
    size, quotes, pairs = 0, 0, 0
    before, closed = _LF, False  # the byte before a block, and whether it closed a cell
    separators = np.zeros(256, bool)
    separators[[_LF, _QUOTE, _COMMA]] = True
    for block in _blocks(path):
        size += len(block)
        if not block.all() or (block == _CR).any() or (closed and not separators[block[0]]):
            return Structure(size, quotes, pairs, False)
        pairs += int(closed and block[0] == _QUOTE)
        marks = np.flatnonzero(block == _QUOTE)
        first = quotes % 2
        opening, closing = marks[first::2], marks[1 - first :: 2]
        left = block[opening - 1]
        if len(opening) and opening[0] == 0:
            left[0] = before
        closed = len(closing) > 0 and closing[-1] == len(block) - 1
        right = block[closing[: len(closing) - closed] + 1]
        if not (separators[left].all() and separators[right].all()):
            return Structure(size, quotes, pairs, False)
        pairs += int(np.count_nonzero(right == _QUOTE))
        quotes += len(marks)
        before = int(block[-1])
    return Structure(size, quotes, pairs, quotes % 2 == 0 and before == _LF)


def _blocks(path: Path) -> Any:
    """The bytes of a file as arrays; each is overwritten by the next."""
    held = bytearray(_BLOCK)
    array = np.frombuffer(held, np.uint8)
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(held):
            yield array[:count]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a record stands: the offset of its first byte, of the byte behind its last, and its line from 1."""

    start: int
    end: int
    line: int


def find_spans(path: Path, records: list[int]) -> list[Span]:
    """Where some records of a sound file stand, counted from 0 at the first line; `records` are sorted."""
    wanted = np.array(sorted({number for record in records for number in (record - 1, record)}), np.int64)
    ends: dict[int, tuple[int, int]] = {-1: (-1, 0)}  # per record the offset of its last newline, and the lines so far
    offset, quotes, seen, lines = 0, 0, 0, 0
    for block in _blocks(path):
        breaks = np.flatnonzero(block == _LF)
        marks = np.flatnonzero(block == _QUOTE)
        outside = breaks[(np.searchsorted(marks, breaks) + quotes) % 2 == 0]
        here = wanted[(wanted >= seen) & (wanted < seen + len(outside))]
        for number in here.tolist():
            at = int(outside[number - seen])
            ends[number] = (offset + at, lines + int(np.searchsorted(breaks, at)) + 1)
        offset, quotes = offset + len(block), quotes + len(marks)
        seen, lines = seen + len(outside), lines + len(breaks)
        if wanted[-1] < seen:
            break
    return [Span(ends[n - 1][0] + 1, ends[n][0] + 1, ends[n - 1][1] + 1) for n in records]


def read_spans(path: Path, spans: Sequence[Span]) -> Iterator[bytes]:
    """The bytes of some records."""
    with path.open("rb") as file:
        for span in spans:
            file.seek(span.start)
            yield file.read(span.end - span.start)
