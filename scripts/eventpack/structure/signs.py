"""Bytes that mean something for the form of a file, found among the many that do not."""

from __future__ import annotations

from typing import Any

import numpy as np

_SPACE = 32  # the first byte that is no control
_SHIFT = 3
_WORD = 1 << _SHIFT  # bytes that are looked at as one number
_DENSE = 16  # bytes for each word that is looked into, below which all are looked into at once


class Signs:
    """Finds controls, quotes and bytes beyond ASCII in blocks of up to so many bytes; a quote of -1 is none."""

    def __init__(self, quote: int, longest: int) -> None:
        self._quote = quote
        self._found, self._quotes = np.zeros((2, -(-longest // _WORD) * _WORD), bool)

    def places(self, data: Any) -> Any:
        """The offsets of signs in a block, in order."""
        size = len(data)
        found = self._found[: -(-size // _WORD) * _WORD]
        found[size:] = False
        np.less(data.view(np.int8), _SPACE, out=found[:size])  # bytes beyond ASCII are negative
        if self._quote >= 0:
            found[:size] |= np.equal(data, self._quote, out=self._quotes[:size])
        words = np.flatnonzero(found.view(np.uint64) != 0)
        if len(words) * _DENSE > size:
            return np.flatnonzero(found)
        inner = np.flatnonzero(found.view(np.uint64)[words].view(bool))
        return (words << _SHIFT).take(inner >> _SHIFT) + (inner & (_WORD - 1))
