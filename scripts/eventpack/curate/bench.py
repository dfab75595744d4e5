"""The rows of a package laid out to be changed, wherever they are written, with a list of what was changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path

from eventpack.csvtext import sorted_csv
from eventpack.curate.row import Row
from eventpack.curate.source import open_source, read_tables, root_of
from eventpack.drafts import Entry, Part, read_draft
from eventpack.errors import EventpackError, TextError
from eventpack.files import decode
from eventpack.listing import SUMS
from eventpack.opening import Target, find_target
from eventpack.recordtext import Form, draft_text, record_form
from eventpack.revisions.rows import Change
from eventpack.together import PENDING, alone, finish_pending

_NEEDED = "give the descriptor `eventpack:profile`, and the package the tables revisions and redirects"


class Bench:
    """The rows of all tables that people edit. What is changed here is written by nobody but `files`.

    Raises:
        NotAPackage, EventpackError: As `open_source`, or the package does not follow the profile.
        DiskError: What an interrupted run had begun cannot be finished.
    """

    def __init__(self, path: str | Path) -> None:
        self.package = open_source(path)
        self.root = root_of(self.package)
        if self.package.foreign:
            raise EventpackError(f"{self.root} is no event data package, so it keeps no revisions", _NEEDED)
        if self.package.tree.has(SUMS):
            raise EventpackError(f"{self.root} is packaged and never changed", "name the source tree")
        if (self.root / PENDING).exists():
            with alone(self.root):
                finish_pending(self.root)
            self.package = open_source(path)
        self.target: Target = find_target(self.root)
        self.form: Form | None = record_form(self.package)
        self.subject = read_tables(self.package)
        self.changes: list[Change] = []
        self._rows: dict[str, list[Row]] = {}
        self._drafts: dict[str, Part] = {}
        self._in_file: dict[str, list[Row]] = {}  # as they were laid out
        self._touched: set[str] = set()
        self._gone: set[str] = set()
        if self.form:
            self._lay_out_records(self.form)

    def _lay_out_records(self, form: Form) -> None:
        shape = form.shape
        self._rows |= {table: [] for table in shape.headers}
        for record in self.subject.records:
            names, record_id = shape.headers[shape.table], record.row.get(shape.id_field, "")
            own = Row(shape.table, {name: record.row.get(name, "") for name in names}, record.path)
            self._rows[shape.table].append(own)
            inside = self._in_file[record.path] = [own]
            for table in shape.keys.keys() & record.children.keys():
                for number, texts in enumerate(record.children[table]):
                    cells = {name: texts.get(name, "") for name in shape.headers[table]}
                    row = Row(table, cells | {shape.keys[table]: record_id}, record.path, number)
                    self._rows[table].append(row)
                    inside.append(row)

    @property
    def tables(self) -> list[str]:
        """The tables that people edit, those of records first."""
        return [*self._nested, *(r.name for r in self.package.tables if not self.package.built(r))]

    @property
    def _nested(self) -> list[str]:
        return list(self.form.shape.headers) if self.form else []

    def rows(self, table: str) -> list[Row]:
        """The rows of a table, as they are now; raises `EventpackError` when not all of them can be read."""
        if table in self.subject.unread:
            raise EventpackError(
                f"not all rows of `{table}` can be read", "run `eventpack validate`, mend what it finds"
            )
        if table not in self._rows:
            held, path = self.subject.tables[table], self.package.resource(table).path
            self._rows[table] = [Row(table, held.row(index), path) for index in range(held.size)]
        return self._rows[table]

    def key_of(self, row: Row) -> str:
        """The primary key of a row, its parts joined by a vertical bar."""
        return "|".join(row.cells[name] for name in self.package.schemas[row.table].primary_key)

    def id_field(self, table: str) -> str:
        """The one field of a table's primary key; empty when the key has several."""
        key = self.package.schemas[table].primary_key
        return key[0] if len(key) == 1 else ""

    def children(self, row: Row) -> Iterator[Row]:
        """The rows that are written inside the record of a row."""
        if self.form and row.table == self.form.shape.table:
            for table in self.form.shape.keys:
                yield from (child for child in self.rows(table) if child.path == row.path)

    def set(self, row: Row, cells: Mapping[str, str], *, tell: bool = True) -> None:
        """Give some fields of a row other values; another key makes it another row, one gone and one new.

        With another record's id in the field that names its record, the row is moved there. Without `tell` it is no
        change of the data.
        """
        old, old_key = dict(row.cells), self.key_of(row)
        nesting = self.form.shape.keys.get(row.table) if self.form else None
        row.cells |= cells
        self._touch(row)
        if row.part is not None:
            if nesting and row.cells[nesting] != old[nesting]:
                self._move(row, row.cells[nesting])
            for name, text in cells.items():
                if name != nesting:
                    _put(row.part, name, text)
        if not tell:
            return
        key = self.key_of(row)
        if key != old_key:
            self.changes += [Change(row.table, old_key, "", "removed"), Change(row.table, key, "", "added")]
            return
        names = (name for name in self.package.schemas[row.table].names if row.cells[name] != old[name])
        self.changes += [Change(row.table, key, name, "changed", old[name], row.cells[name]) for name in names]

    def remove(self, row: Row, op: str = "removed", *, tell: bool = True) -> None:
        """Take a row away; a record goes with its file, and whoever removes it has moved its rows before."""
        self._touch(row)
        self._rows[row.table] = [other for other in self.rows(row.table) if other is not row]
        if row.part is not None and row.number < 0:
            self._gone.add(row.path)
        elif row.part is not None:
            _take(self._drafts[row.path], row)
        if tell:
            self.changes.append(Change(row.table, self.key_of(row), "", op))

    def add(self, table: str, cells: Mapping[str, str], *, like: Row | None = None, tell: bool = True) -> Row:
        """A new row, in its record when the table's rows are written inside records; a new record gets a file.

        It takes over the comments of the row that it is `like`.
        """
        names = self.package.schemas[table].names
        row = Row(table, {name: cells.get(name, "") for name in names}, self.package.resource(table).path)
        held = self.rows(table)
        if self.form and table in self.form.shape.headers:
            shape, row.part = self.form.shape, self._twin(like)
            for name in shape.inner(table):
                _put(row.part, name, row.cells[name])
            if table == shape.table:
                row.path = f"{self.package.resource(table).records}/{row.cells[shape.id_field]}.yaml"
                self._drafts[row.path] = row.part
            else:
                row.number = len(held)
                self._move(row, row.cells[shape.keys[table]])
        held.append(row)
        self._touched.add(row.path)
        if tell:
            self.changes.append(Change(table, self.key_of(row), "", "added"))
        return row

    def _twin(self, row: Row | None) -> Part:
        """A draft with the comments of a row, and without the lists of rows inside it."""
        if row is None:
            return Part()
        self._touch(row)
        assert row.part is not None  # it is of a table whose rows are written in records
        entries = [entry for entry in row.part.entries if isinstance(entry.value, str)]
        return deepcopy(Part(entries, row.part.before, row.part.tail))

    def files(self) -> dict[str, bytes | None]:
        """The files that differ now, by path; nothing stands for a record file that is to go."""
        found: dict[str, bytes | None] = dict.fromkeys(sorted(self._gone))
        for path in sorted(self._touched - self._gone):
            if path in self._drafts:
                assert self.form is not None
                found[path] = draft_text(self._drafts[path], self.form).encode("utf-8")
                continue
            table = next(r.name for r in self.package.tables if r.path == path)
            schema = self.package.schemas[table]
            rows = [tuple(row.cells[name] for name in schema.names) for row in self.rows(table)]
            found[path] = sorted_csv(schema.names, schema.primary_key, rows)
        return {path: data for path, data in found.items() if data != self._held(path)}

    def _held(self, path: str) -> bytes | None:
        return self.package.tree.read(path) if self.package.tree.has(path) else None

    def _touch(self, row: Row) -> None:
        """Read the record of a row as a draft, and give all its rows their parts."""
        self._touched.add(row.path)
        if row.table not in self._nested or row.path in self._drafts:
            return
        try:
            draft = read_draft(decode(self.package.tree.read(row.path), "record"), row.path)
        except TextError as error:
            what = f"{row.path}:{error.line}: {error.what}"
            raise EventpackError(what, error.fix or "run `eventpack validate`") from error
        self._drafts[row.path] = draft
        for other in self._in_file.get(row.path, ()):
            if other.number < 0:
                other.part = draft
            elif (entry := draft.entry(other.table)) and isinstance(entry.value, list):
                other.part = entry.value[other.number]

    def _move(self, row: Row, owner: str) -> None:
        """Put a row into the record of another owner, with its comments."""
        assert self.form is not None and row.part is not None
        shape = self.form.shape
        record = next(r for r in self.rows(shape.table) if r.cells[shape.id_field] == owner)
        self._touch(record)
        if row.path in self._drafts:
            _take(self._drafts[row.path], row)
        draft = self._drafts[record.path]
        entry = draft.entry(row.table)
        if entry is None:
            draft.entries.append(entry := Entry(row.table, []))
        if not isinstance(entry.value, list):
            entry.value = []
        entry.value.append(row.part)
        row.path = record.path


def _put(part: Part, name: str, text: str) -> None:
    entry = part.entry(name)
    if entry is None:
        part.entries.append(Entry(name, text))
    else:
        entry.value = text


def _take(draft: Part, row: Row) -> None:
    entry = draft.entry(row.table)
    if entry and isinstance(entry.value, list):
        entry.value = [part for part in entry.value if part is not row.part]
