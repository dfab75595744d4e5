"""The form of a large CSV file, proved from its bytes: what a columnar reader would pass over in silence."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from eventpack import limits
from eventpack.large import LargeCsv
from eventpack.structure import STRIDE, Index, Structure
from eventpack.structure.letters import EDGE, FIRST_LEAD, Letters
from eventpack.structure.signs import Signs, distinct

LF, CR, _TAB, _SPACE, _DELETE = 10, 13, 9, 32, 127
_BLOCK = 16 * STRIDE  # bytes that are looked at together
_OFTEN = 16  # blocks between two words about progress: hearing of each costs more than it says
_KEPT = 16 << 20


def read_structure(table: LargeCsv, tell: Callable[[int, int], None] | None = None) -> Structure:
    """One pass over the bytes of a file; `tell` is told now and then how many lines and bytes have been read since."""
    np.empty(_KEPT, np.uint8)  # when it is freed, the allocator begins to keep what blocks leave for the next ones
    pass_ = _Pass(table)
    for number, block in enumerate(blocks(table.file)):
        if not pass_.take(block):
            break
        if tell is not None and number % _OFTEN == 0:
            tell(*pass_.progress())
    if tell is not None:
        tell(*pass_.progress())
    return pass_.structure()


class _Pass:
    """What the blocks so far have said."""

    def __init__(self, table: LargeCsv) -> None:
        self._quote = ord(table.dialect.quote) if table.dialect.quote else -1
        self._separators = np.zeros(256, bool)
        self._separators[[LF, CR, self._quote, ord(table.dialect.delimiter)]] = True
        if self._quote < 0:
            self._separators[-1] = False
        self._signs = Signs(self._quote, EDGE + _BLOCK)
        self._mark = self._size = self._quotes = self._pairs = self._returns = 0
        self._dialect = table.dialect
        self._lines, self._records, self._index, self._told = 0, 0, Index(), (0, 0)
        self._before, self._closed, self._returned, self._sound = LF, False, False, True
        self._empties = False
        self._letters, self._doubts = Letters(), [np.zeros(0, np.int64)]
        self._edge, self._ends = np.zeros(EDGE, np.uint8), np.zeros(0, np.int64)

    def take(self, data: Any) -> bool:
        """Look at the next block, behind the edge of the one before; false when the file is not sound."""
        block, places = data[EDGE:], self._signs.places(data)
        signs = data.take(places)
        doubts = self._letters.doubts(data, places.compress(signs >= FIRST_LEAD)) - EDGE
        behind = int(np.searchsorted(places, EDGE))
        places, signs = places[behind:] - EDGE, signs[behind:]
        quotes = signs == self._quote
        marks, low = places.compress(quotes), np.flatnonzero(signs < _SPACE)
        inside = np.bitwise_xor.accumulate(quotes.view(np.uint8)).take(low).view(bool) ^ bool(self._quotes % 2)
        self._sound = not self._is_long(block, marks)
        self._sound = self._sound and self._take_lines(block, marks, places.take(low), signs.take(low), ~inside, doubts)
        self._sound = self._sound and self._take_quotes(block, marks) and not self._has_meaning(data, marks)
        self._size, self._quotes = self._size + len(block), self._quotes + len(marks)
        self._before, self._edge = int(data[-1]), data[-EDGE:].copy()
        return self._sound

    def _is_long(self, block: Any, marks: Any) -> bool:
        """Whether a quoted cell is longer than is read."""
        begin, end = self._mark, self._size + int(marks[0] if len(marks) else len(block))
        self._mark = self._size + int(marks[-1]) if len(marks) else begin
        return self._quotes % 2 == 1 and end - begin > limits.CELL

    def _take_lines(self, block: Any, marks: Any, low: Any, kinds: Any, outside: Any, doubts: Any) -> bool:
        """Controls, by place and kind: line ends, of which a CR stands before a LF, and others; none is NUL."""
        if self._returned and block[0] != LF:
            return False
        is_break, is_return = kinds == LF, kinds == CR
        breaks, ends, returns = low.compress(is_break), low.compress(is_break & outside), low.compress(is_return)
        self._take_strides(marks, ends, breaks, len(block))
        self._returned = len(returns) > 0 and int(returns[-1]) == len(block) - 1
        if not kinds.all() or not (block.take(returns[: len(returns) - self._returned] + 1) == LF).all():
            return False
        self._returns += int(np.count_nonzero(is_return & outside))
        if len(breaks) + len(returns) < len(low):
            doubts = np.concatenate((doubts, low[~np.isin(kinds, (_TAB, LF, CR))]))
        if block.view(np.int8).max() == _DELETE:
            doubts = np.concatenate((doubts, np.flatnonzero(block == _DELETE)))
        self._take_doubts(ends, doubts, len(block))
        return True

    def _take_strides(self, marks: Any, ends: Any, breaks: Any, size: int) -> None:
        """The index: how many quotes, records and lines end before each stride."""
        strides = np.arange(0, size, STRIDE)
        for entries, before, places in (
            (self._index.quotes, self._quotes, marks),
            (self._index.records, self._records, ends),
            (self._index.lines, self._lines, breaks),
        ):
            entries.extend((before + np.searchsorted(places, strides)).tolist())
        self._lines += len(breaks)

    def _take_doubts(self, ends: Any, doubts: Any, size: int) -> None:
        """The records of doubtful characters, of which some began in the block before."""
        ends, before = np.concatenate((self._ends, ends)), self._records - len(self._ends)
        if len(doubts):
            self._doubts.append(distinct(before + np.searchsorted(ends, doubts)))
        self._records, self._ends = before + len(ends), ends[ends >= size - EDGE] - size

    def _outside(self, places: Any, marks: Any) -> Any:
        """Which of some places in a block are outside of quotes."""
        return (np.searchsorted(marks, places) + self._quotes) % 2 == 0

    def _has_meaning(self, data: Any, marks: Any) -> bool:
        """Whether a row is a comment, or a cell begins with a space that the dialect passes over; so the kernel reads.

        The first row is not looked at.
        """
        block, before, dialect = data[EDGE:], data[EDGE - 1 : -1], self._dialect
        found = np.zeros(0, np.int64)
        if dialect.skip_initial_space:
            found = np.flatnonzero((block == _SPACE) & ((before == LF) | (before == ord(dialect.delimiter))))
        if dialect.comment_char:
            at = np.flatnonzero(block == ord(dialect.comment_char))
            quoted = (before[at] == self._quote) & (data[at + EDGE - 2] == LF)
            if quoted.any():
                return True
            found = np.concatenate((found, at[before[at] == LF]))
        return len(found) > 0 and bool(self._outside(found, marks).any())

    def _take_quotes(self, block: Any, marks: Any) -> bool:
        """Quotes: one that opens follows a separator, one that closes stands before one."""
        separators = self._separators
        if self._closed and not separators[block[0]]:
            return False
        self._pairs += int(self._closed and block[0] == self._quote)
        first = self._quotes % 2
        opening, closing = marks[first::2], marks[1 - first :: 2]
        left = block.take(opening - 1)
        if len(opening) and opening[0] == 0:
            left[0] = self._before
        self._closed = len(closing) > 0 and closing[-1] == len(block) - 1
        right = block.take(closing[: len(closing) - self._closed] + 1)
        self._pairs += int(np.count_nonzero(right == self._quote))
        self._take_empties(opening, closing[first:], left, right[first:])
        self._empties |= first == 1 and self._before == self._quote and len(closing) > 0 and closing[0] == 0
        return bool(separators.take(left).all() and separators.take(right).all())

    def _take_empties(self, opening: Any, closing: Any, left: Any, right: Any) -> None:
        """Empty cells in quotes; at the edge of a block, whatever may be one."""
        empty = (closing - opening[: len(closing)] == 1) & (left[: len(closing)] != self._quote)
        empty[: len(right)] &= right != self._quote
        self._empties |= bool(empty.any())

    def progress(self) -> tuple[int, int]:
        """How many lines and bytes there are more than when this was asked last."""
        before, self._told = self._told, (self._lines, self._size)
        return self._lines - before[0], self._size - before[1]

    def structure(self) -> Structure:
        """All that was seen."""
        rest = np.concatenate((self._edge, np.zeros(EDGE, np.uint8)))
        leads = np.flatnonzero(rest >= FIRST_LEAD)
        self._take_doubts(np.zeros(0, np.int64), self._letters.doubts(rest, leads) - EDGE, 0)
        ended, sound = self._before == LF, self._sound and self._quotes % 2 == 0 and not self._returned
        doubts = array("q", distinct(np.concatenate(self._doubts)).astype(np.int64).tobytes())
        counts = self._size, self._quotes, self._pairs, self._returns
        return Structure(*counts, sound, ended, bool(self._empties), doubts, self._index)


def blocks(path: Path) -> Iterator[Any]:
    """The bytes of a file as arrays, each behind the last bytes of the one before, and overwritten by the next."""
    held = bytearray(EDGE + _BLOCK)
    array, space = np.frombuffer(held, np.uint8), memoryview(held)[EDGE:]
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(space):
            yield array[: EDGE + count]
            held[:EDGE] = held[count : EDGE + count]
