"""The records that differ, told for readers: with labels, parents and what became of ids that are gone."""

from __future__ import annotations

import filecmp
from collections.abc import Iterable, Iterator
from functools import cached_property

from eventpack.comparing.difference import CellChange, Fate, Key, RecordChange, Redirect, Row, TableDifference
from eventpack.comparing.names import Names
from eventpack.comparing.pairing import RowDifference, candidates, common_names, offer, pair_tables
from eventpack.comparing.redirects import BOOKKEEPING, redirects_of
from eventpack.comparing.sides import LONE, Side
from eventpack.errors import EventpackError
from eventpack.finding import Finding, near_miss
from eventpack.subject import read_large
from eventpack.tables import Table
from eventpack.values import missing_texts


class Described:
    """Two states, and what differs between their tables."""

    def __init__(self, old: Side, new: Side) -> None:
        self._old, self._new = old, new
        self._names = Names(old.subject), Names(new.subject)
        self._both = tuple(zip(self._names, (old, new), strict=True))
        self._redirects = redirects_of(new.subject)

    @cached_property
    def names(self) -> list[str]:
        """The tables of either state, in the order of the new one; lone ones have the name of the new file."""
        if self._new.lone:
            return [self._new.lone]
        held = [resource.name for side in (self._new, self._old) for resource in side.subject.package.tables]
        return list(dict.fromkeys(held))

    def table(self, name: str, key: Key | None = None) -> TableDifference:
        """What differs in the records of a table; a table that one state lacks has lost, or got, all of them."""
        wanted = self._key(name) if key is None else key
        self._require_columns(name, wanted)
        if self._new.lone and not wanted:
            offered = candidates(self._text(self._old, name), self._text(self._new, name))
            raise EventpackError(f"{name} is a table without a key, so its rows cannot be told apart", offer(offered))
        rows = self._rows(name, wanted)
        changes = sorted(self._changes(name, wanted, rows), key=lambda change: change.key)
        offered = [] if wanted or not changes else candidates(self._text(self._old, name), self._text(self._new, name))
        relation = any(self._names[1].leads(name, part) for part in wanted) or not wanted
        return TableDifference(
            name, wanted, changes, rows.duplicates, offered, relation, self._is_referenced(name), name in BOOKKEEPING
        )

    def _is_referenced(self, name: str) -> bool:
        """Whether keys of other tables lead to a table in either state."""
        return any(names.is_referenced(self._local(side, name)) for names, side in self._both)

    def _key(self, name: str) -> Key:
        """The primary key that both have, be it of one state alone; none when there is no such key."""
        for side in (self._new, self._old):
            schema = side.subject.package.schemas.get(self._local(side, name))
            if schema and schema.primary_key and all(set(schema.primary_key) <= set(held) for held in self._held(name)):
                return tuple(schema.primary_key)
        return ()

    def _held(self, name: str) -> Iterator[list[str]]:
        """The columns of each state that has the table."""
        for side in (self._old, self._new):
            schema = side.subject.package.schemas.get(self._local(side, name))
            if schema is not None:
                yield schema.names

    def _require_columns(self, name: str, key: Key) -> None:
        for columns in self._held(name):
            lacking = next((part for part in key if part not in columns), None)
            if lacking is not None:
                fix = f"name columns that both have, such as: {', '.join(columns[:8])}"
                raise EventpackError(f"{name} has no column `{lacking}`{near_miss(lacking, columns)}", fix)

    def _local(self, side: Side, name: str) -> str:
        return LONE if side.lone else name

    def _rows(self, name: str, key: Key) -> RowDifference:
        old, new = (side.subject.large.get(self._local(side, name)) for side in (self._old, self._new))
        if old and new and key:
            if self._same_meaning(name) and filecmp.cmp(old.file, new.file, shallow=False):
                return RowDifference()
            from eventpack.comparing.columnar import pair_large  # polars: 170 ms
            from eventpack.comparing.rowhash import LargeSide

            sides = []
            for side, table in ((self._old, old), (self._new, new)):
                schema = side.subject.package.schemas[table.name]
                null = table.dialect.null_sequence
                also = frozenset(() if null is None else (null,))
                missing = [missing_texts(schema, field) | also for field in schema.fields]
                sides.append(LargeSide(table, schema.names, missing))
            found = pair_large(sides[0], sides[1], key)
            if found is not None:
                return found
        return pair_tables(self._text(self._old, name), self._text(self._new, name), key)

    def _same_meaning(self, name: str) -> bool:
        """Whether the same bytes are the same rows in both states."""
        sides = [(side, self._local(side, name)) for side in (self._old, self._new)]
        schemas = [side.subject.package.schemas[local] for side, local in sides]
        dialects = [side.subject.large[local].dialect for side, local in sides]
        texts = [[(field.name, missing_texts(schema, field)) for field in schema.fields] for schema in schemas]
        return texts[0] == texts[1] and dialects[0] == dialects[1]

    def _text(self, side: Side, name: str) -> Table:
        """A table as text; an empty one with the other's columns when a state lacks it."""
        local = self._local(side, name)
        if local in side.subject.tables:
            return side.subject.tables[local]
        if local in side.subject.large:
            findings: list[Finding] = []
            table = read_large(side.subject.package, side.subject.large[local], findings)
            for finding in findings:
                if finding.severity == "error":
                    raise EventpackError(f"{side.label}: {finding.where}: {finding.what}", finding.fix)
            assert table is not None
            return table
        other = self._new if side is self._old else self._old
        columns = other.subject.package.schemas[self._local(other, name)].names
        nowhere = self._text(other, name).where
        return Table(name, dict.fromkeys(columns, ()), 0, nowhere)

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
        return tuple(row[part] for part in key) if key else tuple(row.values())

    def _follow(self, name: str, key: Key, own: Key) -> Key:
        """A key whose ids are those that their redirects lead to."""
        return tuple(self._target(self._names[1].leads(name, part), id) for part, id in zip(key, own, strict=True))

    def _target(self, table: str, id: str) -> str:
        found = self._redirects.get((table, id))
        return found.to[0] if found and len(found.to) == 1 else id

    def titles(self, tables: Iterable[TableDifference]) -> dict[tuple[str, str], str]:
        """What the fields are called that changed, where it says more than their names."""
        return {
            (table.name, field): title
            for table in tables
            for field in dict.fromkeys(name for change in table.changes for name in _told(change))
            if (title := self._names[1].title(table.name, field))
        }

    def labels(self, tables: Iterable[TableDifference]) -> dict[tuple[str, str], str]:
        """What the records are called inside which those that differ are written."""
        parents = dict.fromkeys(change.parent for table in tables for change in table.changes if change.parent)
        return {place: self._label_of(*place) for place in parents}

    def _label_of(self, table: str, id: str) -> str:
        """What the record of an id is called now, or was called."""
        return self._names[1].of_id(table, id) or self._names[0].of_id(table, id)


def _told(change: RecordChange) -> Iterable[str]:
    """The fields of which something is told."""
    return (cell.field for cell in change.cells) if change.cells else change.row
