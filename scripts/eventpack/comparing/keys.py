"""Which columns could be the key of a table that has none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from eventpack.comparing.difference import Key
from eventpack.tables import Table

MOST = 6
"""So many candidates are offered."""


def common_names(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The columns that both have, in the new order."""
    if list(old) == list(new):
        return list(new)
    held = set(old)
    return [name for name in new if name in held]


def offer(offered: Sequence[Key], table: str = "") -> str:
    """The advice that names what could be a key; of a package, with the table."""
    lead = f"--key {table}=" if table else "--key "
    if not offered:
        return f"no column, and no two of them, tell all rows apart; name three or more: {lead}a,b,c"
    keys = " or ".join(f"{lead}{','.join(one)}" for one in offered)
    return f"name what tells rows apart: {keys}"


def candidates(old: Table, new: Table) -> list[Key]:
    """The columns, or else pairs of filled columns, that are unique in both tables; those without a gap first."""
    names = common_names(list(old.columns), list(new.columns))
    full = [name for name in names if all(old.column(name)) and all(new.column(name))]
    in_order = sorted(names, key=lambda name: name not in full)
    singles: list[Key] = [(name,) for name in in_order if all(_is_unique(table, (name,)) for table in (old, new))]
    if singles:
        return singles[:MOST]
    found: list[Key] = []
    for pair in combinations(full[:40], 2):
        if all(_is_unique(table, pair) for table in (old, new)):
            found.append(pair)
            if len(found) == MOST:
                break
    return found


def _is_unique(table: Table, key: Key) -> bool:
    seen: set[Key] = set()
    for one in table.rows(key):
        if one in seen:
            return False
        seen.add(one)
    return True
