"""Two tables that are held as text, compared by key: which rows came, went or changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from eventpack.comparing.difference import Duplicate, Key, Row
from eventpack.errors import EventpackError
from eventpack.tables import Table

_AMBIGUOUS, _MOST_CANDIDATES = 20, 6


@dataclass(slots=True)
class RowDifference:
    """Rows that differ between two tables, as mappings from field to text."""

    added: list[Row] = field(default_factory=list)
    removed: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, Row]] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)


def common_names(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The columns that both have, in the new order."""
    if list(old) == list(new):
        return list(new)
    held = set(old)
    return [name for name in new if name in held]


def pair_tables(old: Table, new: Table, key: Key) -> RowDifference:
    """The rows that differ. Without a key whole rows are compared: each came or went.

    Columns that one of the two lacks do not count.

    Raises:
        EventpackError: The key is none, since most rows share theirs.
    """
    names = common_names(list(old.columns), list(new.columns))
    if not key:
        return RowDifference(_beyond(new, old, names), _beyond(old, new, names))
    before, now = _by_key(old, key), _by_key(new, key)
    twice = {one for rows in (before, now) for one, held in rows.items() if len(held) > 1}
    rows = old.size + new.size
    shared = sum(len(held) for part in (before, now) for one, held in part.items() if one in twice)
    if is_unusable(shared, rows):
        raise unusable(key, shared, rows, candidates(old, new))
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


def is_unusable(shared: int, rows: int) -> bool:
    """Whether so many rows share their key with others that it cannot be meant as one."""
    return shared >= _AMBIGUOUS and shared * 2 > rows


def unusable(key: Key, shared: int, rows: int, offered: Sequence[Key]) -> EventpackError:
    """What is said of a key that is none."""
    what = f"{', '.join(key)} is no key: {shared:,} of {rows:,} rows share theirs with another"
    return EventpackError(what, offer(offered))


def offer(offered: Sequence[Key]) -> str:
    """The advice that names what could be a key."""
    if not offered:
        return "no column, and no two of them, tell all rows apart; name three or more: --key a,b,c"
    keys = " or ".join(f"--key {','.join(one)}" for one in offered)
    return f"name what tells rows apart: {keys}"


def candidates(old: Table, new: Table) -> list[Key]:
    """The columns, or else pairs of filled columns, that are unique in both tables; those without a gap first."""
    names = common_names(list(old.columns), list(new.columns))
    full = [name for name in names if all(old.column(name)) and all(new.column(name))]
    in_order = sorted(names, key=lambda name: name not in full)
    singles: list[Key] = [(name,) for name in in_order if all(_is_unique(table, (name,)) for table in (old, new))]
    if singles:
        return singles[:_MOST_CANDIDATES]
    found: list[Key] = []
    for pair in combinations(full[:40], 2):
        if all(_is_unique(table, pair) for table in (old, new)):
            found.append(pair)
            if len(found) == _MOST_CANDIDATES:
                break
    return found


def _is_unique(table: Table, key: Key) -> bool:
    seen: set[Key] = set()
    for one in table.rows(key):
        if one in seen:
            return False
        seen.add(one)
    return True


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
