"""The records that differ, told for readers: with labels, parents and what became of ids that are gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from eventpack.comparing.difference import CellChange, Fate, Key, RecordChange, Redirect, Row, TableDifference
from eventpack.comparing.keys import common_names, offer
from eventpack.comparing.names import Names
from eventpack.comparing.pairing import RowDifference
from eventpack.comparing.redirects import BOOKKEEPING, redirects_of
from eventpack.comparing.sides import Side
from eventpack.comparing.states import States
from eventpack.errors import EventpackError

_WHOLE: tuple[Fate, ...] = ("added", "removed")


class Described:
    """Two states, and what differs between their tables."""

    def __init__(self, old: Side, new: Side) -> None:
        self._states = States(old, new)
        self._names = Names(old.subject), Names(new.subject)
        self._redirects = redirects_of(new.subject)

    @property
    def names(self) -> list[str]:
        """The tables of either state."""
        return self._states.names

    def table(self, name: str, wanted: Key | None = None) -> TableDifference:
        """What differs in the records of a table; a table that one state lacks has lost, or got, all of them.

        Raises:
            EventpackError: There is no usable key, or a table cannot be read.
        """
        key = self._states.key(name, wanted)
        if self._states.new.lone and not key:
            what = f"{name} is a table without a key, so its rows cannot be told apart"
            raise EventpackError(what, offer(self._states.candidates(name)))
        rows = self._states.rows(name, key)
        changes = sorted(self._changes(name, key, rows), key=lambda change: change.key)
        offered = [] if key or not changes else self._states.candidates(name)
        relation = any(self._names[1].leads(name, part) for part in key) or not key
        referenced = any(names.is_referenced(name) for names in self._names)
        return TableDifference(name, key, changes, rows.duplicates, offered, relation, referenced, name in BOOKKEEPING)

    def _changes(self, name: str, key: Key, rows: RowDifference) -> Iterator[RecordChange]:
        names = self._names
        added = {self._key_of(key, row): row for row in rows.added} if key else {}
        followed: set[Key] = set()
        for before, now in rows.changed:
            yield self._changed(name, key, before, now)
        for row in rows.removed:
            own = self._key_of(key, row)
            redirect = self._redirect(name, key, own, row)
            target = self._follow(name, key, own) if key else own
            if target != own and target in added and target not in followed:
                followed.add(target)  # the same row, under the id that its record has now
                yield self._changed(name, key, row, added[target], redirect)
                continue
            fate: Fate = "changed" if redirect and redirect.to else "removed"
            label, parent = names[0].of_row(name, row), names[0].parent(name, row)
            yield RecordChange(name, own, fate, row, (), label, redirect, parent, names[0].of_leads(name, row))
        for row in rows.added:
            own = self._key_of(key, row)
            if own not in followed:
                label, parent = names[1].of_row(name, row), names[1].parent(name, row)
                yield RecordChange(name, own, "added", row, (), label, None, parent, names[1].of_leads(name, row))

    def _changed(self, name: str, key: Key, before: Row, now: Row, redirect: Redirect | None = None) -> RecordChange:
        names = self._names
        cells = tuple(
            CellChange(
                field, before[field], now[field],
                names[0].of_cell(name, field, before[field]), names[1].of_cell(name, field, now[field]),
            )
            for field in common_names(list(before), list(now))
            if before[field] != now[field]
        )  # fmt: skip
        label, parent = names[1].of_row(name, now), names[1].parent(name, now)
        return RecordChange(name, self._key_of(key, now), "changed", now, cells, label, redirect, parent)

    def _redirect(self, name: str, key: Key, own: Key, row: Row) -> Redirect | None:
        """What became of a record that is gone: of its own id, of those in its key, or of the record around it."""
        places = [(name, own[0])] if len(own) == 1 else []
        places += [(self._names[0].leads(name, part), id) for part, id in zip(key, own, strict=False)]
        places += [parent] if (parent := self._names[0].parent(name, row)) else []
        return next((self._redirects[place] for place in places if place in self._redirects), None)

    def _key_of(self, key: Key, row: Row) -> Key:
        return tuple([row[part] for part in key]) if key else tuple(row.values())

    def _follow(self, name: str, key: Key, own: Key) -> Key:
        """A key whose ids are those that their redirects lead to."""
        own_table = name if len(key) == 1 else ""
        tables = (self._names[1].leads(name, part) or own_table for part in key)
        return tuple(self._target(table, id) for table, id in zip(tables, own, strict=True))

    def _target(self, table: str, id: str) -> str:
        found = self._redirects.get((table, id))
        return found.to[0] if found and len(found.to) == 1 else id

    def titles(self, tables: Iterable[TableDifference]) -> dict[tuple[str, str], str]:
        """What the fields are called that changed, where it says more than their names."""
        return {
            (table.name, field): title
            for table in tables
            for field in _told(table)
            if (title := self._names[1].title(table.name, field))
        }

    def labels(self, tables: Iterable[TableDifference]) -> dict[tuple[str, str], str]:
        """What the records are called inside which those that differ are written."""
        parents = dict.fromkeys(change.parent for table in tables for change in table.changes if change.parent)
        return {place: self._label_of(*place) for place in parents}

    def _label_of(self, table: str, id: str) -> str:
        """What the record of an id is called now, or was called."""
        return self._names[1].of_id(table, id) or self._names[0].of_id(table, id)


def _told(table: TableDifference) -> Iterable[str]:
    """The fields of which something is told: those that changed, and those of whole rows."""
    rows = {fate: change.row for fate in _WHOLE for change in table.of(fate)[:1]}
    return dict.fromkeys((*table.fields, *(name for row in rows.values() for name in row)))
