"""Which values of an older state are others now, or gone, without a revision that tells why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from eventpack.resource import Resource
from eventpack.revisions.rows import BOOKKEEPING, Change, redirects_of
from eventpack.subject import Subject
from eventpack.tables import Table

_Cell = tuple[str, str, str]


def unexplained(old: Subject, new: Subject, revisions: Iterable[Change]) -> list[Change]:
    """The changes from an older state, say the last release, that no revision explains.

    A changed cell is explained when revisions lead from its old value to its new one, in whatever order they stand, or
    when a redirect leads from the one id to the other; a row that is gone when a revision tells of it, or of the record
    in which it was written. Where revisions lead to a value that is not there either, the change from that one is not
    explained, also when the value is the older one again: what they tell was taken back. New rows, new fields and what
    is computed need no reason. Tables without primary key are not compared.
    """
    told = _Told(revisions)
    return [change for resource in new.package.tables for change in _of_table(old, new, resource, told)]


class _Told:
    """Revisions by the cell or row that they tell of."""

    def __init__(self, revisions: Iterable[Change]) -> None:
        self._steps: defaultdict[_Cell, list[tuple[str, str]]] = defaultdict(list)
        self._gone: set[tuple[str, str]] = set()
        self._touched: set[tuple[str, str]] = set()
        for one in revisions:
            if one.field:
                self._steps[one.table, one.key, one.field].append((one.old, one.new))
                self._touched.add((one.table, one.key))
            elif one.op != "added":
                self._gone.add((one.table, one.key))

    def of_row(self, table: str, key: str) -> bool:
        """Whether it is told that a row is gone."""
        return (table, key) in self._gone

    def touches(self, table: str, key: str) -> bool:
        """Whether something is told of cells of a row."""
        return (table, key) in self._touched

    def end(self, cell: _Cell, old: str, new: str) -> str:
        """The value at which the revisions of a cell end that lead on from its old one: the new one when they reach it.

        Their ids are random, so is their order.
        """
        steps, reached, last = self._steps.get(cell, []), {old}, old
        while more := {after for before, after in steps if before in reached} - reached:
            reached |= more
            last = min(more)
        came_back = any(after == old and before in reached for before, after in steps)
        return new if new in reached and (new != old or came_back or last == old) else last


def _of_table(old: Subject, new: Subject, resource: Resource, told: _Told) -> Iterator[Change]:
    name, schemas = resource.name, (old.package.schemas, new.package.schemas)
    there = name in old.tables and name in new.tables and not {name} & (old.unread | new.unread)
    if not there or resource.derivation or name in BOOKKEEPING:
        return
    key = schemas[1][name].primary_key
    if not key or schemas[0][name].primary_key != key:
        return
    tables = old.tables[name], new.tables[name]
    before, after = (_places(table, key) for table in tables)
    shared = [field for field in tables[0].columns if field in tables[1].columns]
    columns = [(field, tables[0].column(field), tables[1].column(field)) for field in shared]
    redirects = redirects_of(new)
    for row_key, was_at in before.items():
        is_at = after.get(row_key)
        if is_at is None:
            led = row_key in redirects and redirects[row_key].table == name and len(key) == 1
            if not (led or told.of_row(name, row_key) or _parent_told(new, resource, tables[0].row(was_at), told)):
                yield Change(name, row_key, "", "removed")
            continue
        touched = told.touches(name, row_key)
        for field, was_column, is_column in columns:
            was, now = was_column[was_at], is_column[is_at]
            if was == now and not touched:
                continue
            led = was in redirects and now in redirects[was].new
            if not led and (last := told.end((name, row_key, field), was, now)) != now:
                yield Change(name, row_key, field, "changed", last, now)


def _places(table: Table, key: list[str]) -> dict[str, int]:
    """The rows of a table by their keys."""
    return {"|".join(parts): row for row, parts in enumerate(table.rows(key))}


def _parent_told(new: Subject, resource: Resource, cells: Mapping[str, str], told: _Told) -> bool:
    """Whether a row without an id was written inside a record that is told to be gone."""
    package = new.package
    parent = package.inside(resource)
    if parent is None or len(package.schemas[resource.name].primary_key) == 1:
        return False
    return told.of_row(parent, cells.get(package.nesting_key(resource), ""))
