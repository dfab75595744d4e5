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
from eventpack.structure.signs import distinct

_LONGEST = 3  # bytes of a character behind its first
FIRST_LEAD = 0xC2
"""The least first byte of a character beyond ASCII."""
EDGE = 8  # bytes that are looked at twice: a character, and the first of the next
_FINE, _DOUBTFUL, _MARK, _UNKNOWN = range(4)
_DECOMPOSED = range(0xA0, 0x30000)  # where characters may consist of others
_SOME = 64  # of them that are asked for at once
_JAMO = frozenset(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))  # vowels and finals, which join by a rule


class Letters:
    """Finds doubtful characters in blocks of UTF-8, each of which stands behind the edge of the one before."""

    def __init__(self) -> None:
        self._kinds = np.full(0x110000, _UNKNOWN, np.uint8)

    def doubts(self, data: Any, leads: Any) -> Any:
        """The offsets of doubtful characters in a block that stands behind the edge of the one before.

        `leads` are the offsets of all first bytes of characters beyond ASCII; characters that begin in the last three
        bytes are told with the next block.
        """
        leads = leads[: np.searchsorted(leads, len(data) - _LONGEST)]
        points, lengths = _code_points(data, leads)
        kinds = self._kinds.take(points)
        if not kinds.any():
            return leads[:0]
        if (unknown := kinds == _UNKNOWN).any():
            for page in distinct(points[unknown] >> 8):
                self._fill(int(page) << 8)
            kinds = self._kinds[points]
        doubtful = kinds == _DOUBTFUL
        marks = np.flatnonzero(kinds == _MARK)  # more than one on a letter have an order
        after = marks[1:][(np.diff(marks) == 1) & (np.diff(leads[marks]) == lengths[marks[:-1]])]
        doubtful[after] = True
        found = leads[doubtful]
        return found[found >= EDGE - _LONGEST]

    def _fill(self, first: int) -> None:
        points = range(first, first + 0x100)
        self._kinds[first : first + 0x100] = [_kind(chr(point)) for point in points]
        for low, high in IN_NAMES:
            self._kinds[max(low, first) : max(min(high, points[-1]) + 1, first)] = _DOUBTFUL


def _code_points(block: Any, leads: Any) -> tuple[Any, Any]:
    """The characters that begin at some offsets, and how many bytes each has."""
    first, second = block.take(leads), block.take(leads + 1) & 0x3F
    points, lengths = (first & 0x1F).astype(np.int32) << 6 | second, np.full(len(leads), 2, np.int8)
    long = np.flatnonzero(first >= 0xE0)
    third = block.take(leads.take(long) + 2) & 0x3F
    points[long] = (points.take(long) & 0x3FF) << 6 | third
    lengths[long] = 3
    longest = np.flatnonzero(first >= 0xF0)
    points[longest] = points[longest] << 6 | (block[leads[longest] + 3] & 0x3F)
    lengths[longest] = 4
    return np.minimum(points, 0x10FFFF), lengths


def _kind(char: str) -> int:
    if char in _joining() or not unicodedata.is_normalized("NFC", char):
        return _DOUBTFUL
    return _MARK if unicodedata.combining(char) else _FINE


@cache
def _joining() -> frozenset[str]:
    """Characters that become one with the character before them in normal form C."""
    text = np.arange(_DECOMPOSED.start, _DECOMPOSED.stop, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
    parts = (text[at : at + _SOME] for at in range(0, len(text), _SOME))
    composed = (char for part in parts if not unicodedata.is_normalized("NFD", part) for char in part)
    pairs = (unicodedata.decomposition(char).split() for char in composed)
    return _JAMO.union(chr(int(pair[1], 16)) for pair in pairs if len(pair) == 2 and pair[0][0] != "<")
