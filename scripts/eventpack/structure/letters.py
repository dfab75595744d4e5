"""Characters in the bytes of a large file that the checks of what nobody sees must look at.

Plain letters, those with accents in normal form C, and ordinary signs are passed over; all others are doubtful. The
tables are filled as blocks of characters occur, since most files have few of them.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

import numpy as np

from eventpack.characters import IN_NAMES

_LONGEST = 3  # bytes of a character behind its first
EDGE = 7  # bytes that are looked at twice: a character, and the first of the next
_FINE, _DOUBTFUL, _MARK = 0, 1, 2
_DECOMPOSED = range(0xA0, 0x30000)  # where characters may consist of others
_JAMO = (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))  # vowels and finals, which join by a rule


class Letters:
    """Finds doubtful characters in blocks of UTF-8, each of which stands behind the edge of the one before."""

    def __init__(self) -> None:
        self._kinds = np.zeros(0x110000, np.uint8)
        self._filled = np.zeros(0x1100, bool)

    def doubts(self, data: Any) -> Any:
        """The offsets of doubtful characters in a block that stands behind the edge of the one before.

        Characters that begin in the last three bytes are told with the next block.
        """
        leads = np.flatnonzero(data[:-_LONGEST] >= 0xC2)
        if not len(leads):
            return leads
        points, lengths = _code_points(data, leads)
        for page in np.flatnonzero(~self._filled[points >> 8]) if not self._filled[points >> 8].all() else ():
            self._fill(int(points[page]) >> 8)
        kinds = self._kinds[points]
        if not kinds.any():
            return leads[:0]
        doubtful = kinds == _DOUBTFUL
        marks = np.flatnonzero(kinds == _MARK)  # more than one on a letter have an order
        after = marks[1:][(np.diff(marks) == 1) & (np.diff(leads[marks]) == lengths[marks[:-1]])]
        doubtful[after] = True
        found = leads[doubtful]
        return found[found >= EDGE - _LONGEST]

    def _fill(self, page: int) -> None:
        if not self._filled[page]:
            self._filled[page] = True
            for point in range(page << 8, (page + 1) << 8):
                self._kinds[point] = _kind(point)


def _code_points(block: Any, leads: Any) -> tuple[Any, Any]:
    """The characters that begin at some offsets, and how many bytes each has."""
    first, second = block[leads].astype(np.int32), (block[leads + 1] & 0x3F).astype(np.int32)
    points, lengths = (first & 0x1F) << 6 | second, np.full(len(leads), 2, np.int8)
    long = np.flatnonzero(first >= 0xE0)
    points[long] = (first[long] & 0x0F) << 12 | second[long] << 6 | (block[leads[long] + 2] & 0x3F)
    lengths[long] = 3
    longest = np.flatnonzero(first >= 0xF0)
    points[longest] = points[longest] << 6 | (block[leads[longest] + 3] & 0x3F)
    lengths[longest] = 4
    return np.minimum(points, 0x10FFFF), lengths


def _kind(point: int) -> int:
    char = chr(point)
    unseen = any(low <= point <= high for low, high in IN_NAMES)
    if unseen or point in _joining():
        return _DOUBTFUL
    if not unicodedata.is_normalized("NFC", char):
        return _DOUBTFUL
    return _MARK if unicodedata.combining(char) else _FINE


@cache
def _joining() -> frozenset[int]:
    """Characters that become one with the character before them in normal form C."""
    parts = (unicodedata.decomposition(chr(point)).split() for point in _DECOMPOSED)
    return frozenset(_JAMO).union(int(pair[1], 16) for pair in parts if len(pair) == 2 and pair[0][0] != "<")
