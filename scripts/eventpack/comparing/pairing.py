"""Two tables that are held as text, compared by key: which rows came, went or changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from eventpack.comparing.difference import Duplicate, Key, Row
from eventpack.comparing.keys import common_names
from eventpack.tables import Table

_AMBIGUOUS = 20


@dataclass(slots=True)
class RowDifference:
    """Rows that differ between two tables, as mappings from field to text."""

    added: list[Row] = field(default_factory=list)
    removed: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, Row]] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)


class UnusableKey(Exception):
    """Most rows share their key with others, so that it cannot be meant as one; `what` says so."""

    def __init__(self, key: Key, shared: int, rows: int) -> None:
        self.what = f"{', '.join(key)} is no key: {shared:,} of {rows:,} rows share theirs with another"
        super().__init__(self.what)


def pair_tables(old: Table, new: Table, key: Key) -> RowDifference:
    """The rows that differ. Without a key whole rows are compared: each came or went.

    Columns that one of the two lacks do not count.

    Raises:
        UnusableKey: Most rows share theirs.
    """
    names = common_names(list(old.columns), list(new.columns))
    if not key:
        return RowDifference(_beyond(new, old, names), _beyond(old, new, names))
    before, now = _by_key(old, key), _by_key(new, key)
    twice = {one for rows in (before, now) for one, held in rows.items() if len(held) > 1}
    shared = sum(len(held) for part in (before, now) for one, held in part.items() if one in twice)
    require_usable(key, shared, old.size + new.size)
    cells = old.columns, new.columns
    found = RowDifference()
    for one, at in now.items():
        if one in twice:
            continue
        if one not in before:
            found.added.append(new.row(at[0]))
        elif any(cells[0][name][before[one][0]] != cells[1][name][at[0]] for name in names):
            found.changed.append((old.row(before[one][0]), new.row(at[0])))
    found.removed = [old.row(at[0]) for one, at in before.items() if one not in now and one not in twice]
    for one in sorted(twice):
        was, are = before.get(one, []), now.get(one, [])
        differs = contents(map(old.row, was), names) != contents(map(new.row, are), names)
        found.duplicates.append(Duplicate(one, len(was), len(are), differs))
    return found


def contents(rows: Iterable[Row], names: Sequence[str]) -> Counter[Key]:
    """What stands in some rows, whatever their order."""
    return Counter(tuple(row[name] for name in names) for row in rows)


def require_usable(key: Key, shared: int, rows: int) -> None:
    """Raise `UnusableKey` when so many rows share their key with others."""
    if shared >= _AMBIGUOUS and shared * 2 > rows:
        raise UnusableKey(key, shared, rows)


def _by_key(table: Table, key: Key) -> Mapping[Key, list[int]]:
    found: dict[Key, list[int]] = {}
    for row, one in enumerate(table.rows(key)):
        found.setdefault(one, []).append(row)
    return found


def _beyond(table: Table, other: Table, names: Sequence[str]) -> list[Row]:
    """The rows of a table that another lacks, each as often as it lacks it."""
    left = Counter(other.rows(names))
    found: list[Row] = []
    for row, cells in enumerate(table.rows(names)):
        if left[cells]:
            left[cells] -= 1
        else:
            found.append(table.row(row))
    return found
