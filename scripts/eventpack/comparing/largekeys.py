"""Which columns could be the key of large tables: distinct hashes are counted, texts are not held."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import polars as pl
from polars.exceptions import PolarsError

from eventpack.comparing.difference import Key
from eventpack.comparing.keys import MOST, common_names
from eventpack.comparing.rowhash import LargeSide, scan_cells, text_of_cell

_MOST_IN_PAIRS = 8  # columns that are combined: each takes 8 bytes a row


def large_candidates(old: LargeSide, new: LargeSide) -> list[Key] | None:
    """The columns, or else pairs of filled columns, that are unique in both tables; none when they cannot be read."""
    names = common_names(old.names, new.names)
    if not (old.plain and new.plain):
        return None
    try:
        kinds = [_kinds(side, names) for side in (old, new)]
        unique = [name for name in names if all(kind[name][0] for kind in kinds)]
        full = [name for name in names if all(kind[name][1] for kind in kinds)]
        if unique:
            found: list[Key] = [(name,) for name in sorted(unique, key=lambda name: name not in full)]
            return found[:MOST]
        return _pairs((old, new), full[:_MOST_IN_PAIRS])
    except PolarsError:
        return None


def _kinds(side: LargeSide, names: Sequence[str]) -> dict[str, tuple[bool, bool]]:
    """Whether a column tells all rows apart, and whether it is filled everywhere."""
    asked = [pl.len().alias("rows")]
    for at, name in enumerate(names):
        text = text_of_cell(side, name)
        asked += [text.hash().n_unique().alias(f"{at} distinct"), (text == "").any().alias(f"{at} gaps")]
    told = scan_cells(side).select(asked).collect(engine="streaming").row(0, named=True)
    return {name: (told[f"{at} distinct"] == told["rows"], not told[f"{at} gaps"]) for at, name in enumerate(names)}


def _pairs(sides: Sequence[LargeSide], names: Sequence[str]) -> list[Key]:
    """The pairs of columns that tell all rows apart in both tables."""
    left: list[Key] = list(combinations(names, 2))
    for side in sides:
        hashes = [text_of_cell(side, name).hash().alias(str(at)) for at, name in enumerate(names)]
        frame = scan_cells(side).select(hashes).collect(engine="streaming")
        columns = dict(zip(names, frame.get_columns(), strict=True))
        left = [(a, b) for a, b in left if (columns[a] * 3 ^ columns[b]).n_unique() == len(frame)]
    return left[:MOST]
