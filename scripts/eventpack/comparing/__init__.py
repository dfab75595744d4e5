"""Compare two states of a package, or of a table: every record and every cell that differs, and what that means.

Values are compared as text, as they stand in the tables; another spelling of one number is a difference. Tables that
are built from others are left out: what differs in them follows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from eventpack.comparing.difference import Difference
from eventpack.comparing.records import Described
from eventpack.comparing.schemas import schema_changes
from eventpack.comparing.sides import open_side
from eventpack.comparing.steps import reasons_of
from eventpack.errors import EventpackError
from eventpack.finding import near_miss

__all__ = ["Difference", "diff"]

Keys = str | Sequence[str] | Mapping[str, Sequence[str]]


def diff(
    old: str | Path,
    new: str | Path,
    *,
    key: Keys | None = None,
    tables: Sequence[str] = (),
    derived: bool = False,
    offline: bool = False,
) -> Difference:
    """What differs between two states of a package, or between two CSV files.

    `old` and `new` are folders, zips, published places (`PLACE@VERSION`), git revisions (`git:REV`, `git:REV:FOLDER`),
    or CSV files. `key` names the columns that tell the rows of CSV files apart, as a list or `"a,b"`; for packages,
    whose schemas say it, a mapping from tables to columns replaces what they say. `tables` limits the comparison to
    some, `derived` adds those that are built from others. Offline, only the cache is asked for what lies on the web.

    Raises:
        NotAPackage: There is nothing of the kind.
        EventpackError: A table cannot be read, there is no usable key, or no such table or commit.
    """
    with ExitStack() as until:
        before = open_side(old, until, beside=new, derived=derived, offline=offline)
        now = open_side(new, until, beside=old, derived=derived, offline=offline)
        if bool(before.lone) != bool(now.lone):
            package, table = (before, now) if now.lone else (now, before)
            what = f"{package.label} is a package, and {table.label} a table of its own"
            raise EventpackError(what, "name two packages, or two CSV files")
        described = Described(before, now)
        wanted = _wanted(described, tables)
        keys = _keys(described, key, wanted)
        found = {name: described.table(name, keys.get(name)) for name in wanted}
    changes = schema_changes(before.package, now.package, lone=now.lone)
    if tables:
        changes = [change for change in changes if change.table in tables]
    left_out = {
        resource.name for each in (before, now) for resource in each.package.descriptor.resources if resource.derivation
    }
    tables_found = found.values()
    return Difference(
        before.label, now.label, found, changes, reasons_of(tables_found, changes), () if derived else sorted(left_out),
        described.labels(tables_found), described.titles(tables_found),
    )  # fmt: skip


def _wanted(described: Described, tables: Sequence[str]) -> list[str]:
    for name in tables:
        if name not in described.names:
            what = f"neither has a table `{name}`{near_miss(name, described.names)}"
            raise EventpackError(what, f"name one of: {', '.join(described.names)}")
    return [name for name in described.names if not tables or name in tables]


def _keys(described: Described, key: Keys | None, wanted: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """The columns that somebody names as keys, by table."""
    if not key:
        return {}
    if isinstance(key, Mapping):
        unknown = next((name for name in key if name not in described.names), None)
        if unknown is not None:
            what = f"neither has a table `{unknown}`{near_miss(unknown, described.names)}"
            raise EventpackError(what, "name a table that both have")
        return {name: _names(columns) for name, columns in key.items()}
    if len(wanted) != 1:
        raise EventpackError("which table the key is meant for is not said", "write --key TABLE=a,b")
    return {wanted[0]: _names(key)}


def _names(key: str | Sequence[str]) -> tuple[str, ...]:
    names = key.split(",") if isinstance(key, str) else key
    return tuple(dict.fromkeys(name.strip() for name in names))
