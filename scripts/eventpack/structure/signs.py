"""Bytes that mean something for the form of a file, found among the many that do not."""

from __future__ import annotations

from typing import Any

import numpy as np

_SPACE = 32  # the first byte that is no control
_LEADS = 64  # the last bytes of 256: they begin a character beyond ASCII, those before them continue one
_SHIFT = 3
_WORD = 1 << _SHIFT  # bytes that are looked at as one number
_DENSE = 16  # bytes for each word that is looked into, below which all are looked into at once


class Signs:
    """Finds controls, quotes and first bytes of characters beyond ASCII in blocks of up to so many bytes.

    A quote of -1 is none. One comparison finds them all: a quote changes places with the space, as do others near it,
    and bytes are counted from the first of the leads, which stand before the controls then.
    """

    def __init__(self, quote: int, longest: int) -> None:
        near = _SPACE <= quote < 2 * _SPACE
        self._swap, self._end = (quote ^ _SPACE, _LEADS + _SPACE + 1) if near else (0, _LEADS + _SPACE)
        self._apart = -1 if near else quote
        self._found, self._moved = np.zeros(-(-longest // _WORD) * _WORD, bool), np.zeros(longest, np.uint8)

    def places(self, data: Any) -> Any:
        """The offsets of signs in a block, in order."""
        size = len(data)
        found, moved = self._found[: -(-size // _WORD) * _WORD], self._moved[:size]
        found[size:] = False
        np.bitwise_xor(data, self._swap, out=moved)
        np.less(np.add(moved, _LEADS, out=moved), self._end, out=found[:size])
        if self._apart >= 0:
            found[:size] |= data == self._apart
        words = np.flatnonzero(found.view(np.uint64) != 0)
        if len(words) * _DENSE > size:
            return np.flatnonzero(found)
        inner = np.flatnonzero(found.view(np.uint64)[words].view(bool))
        return (words << _SHIFT).take(inner >> _SHIFT) + (inner & (_WORD - 1))


def distinct(numbers: Any) -> Any:
    """Whole numbers in order, each once. `np.unique` does the same, and imports masked arrays for it: 6 ms."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]
