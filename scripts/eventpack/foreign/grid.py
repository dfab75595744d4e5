"""Rows as one source holds them, before they become a table: cells with positions, the header among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one file, or of data that stand in the descriptor.

    A file that is not `ended` lacks the end of its last line. Cells are text, or the values of JSON.
    `keyed` rows were objects: the first row holds their keys. `position(row, column)` is a line and column from 1;
    rows and columns count from 0.
    """

    path: str
    rows: Sequence[Sequence[object]]
    position: Callable[[int, int], tuple[int, int]]
    keyed: bool = False
    ended: bool = True
