"""Records as tables and back: which child rows belong to which table follows from the schemas alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter

from eventpack.descriptor import Package
from eventpack.finding import Finding, Location, near_miss, shorten
from eventpack.frozen import Frozen
from eventpack.records import Record
from eventpack.soundness.unlisted import unlisted_schemas
from eventpack.tables import Table, table_from_rows

# The texts of a row, its record, and its place in the record's list; the record's own row has none.
_Owned = tuple[tuple[str, ...], Record, int]


class Shape(Frozen):
    """How a record of one table is written: per table its fields and primary key, the record's table first.

    `keys` names, per child table, the field that holds the record's id and is therefore not repeated inside.
    `unsound` are tables whose schema cannot be used or is not listed yet: what a record may hold of them is not judged.
    """

    table: str
    id_field: str
    headers: Mapping[str, tuple[str, ...]]
    primary: Mapping[str, tuple[str, ...]]
    keys: Mapping[str, str]
    unsound: frozenset[str] = frozenset()

    def inner(self, table: str) -> tuple[str, ...]:
        """The fields of a table as they are written inside a record."""
        return self._inner.get(table, ())

    @cached_property
    def _inner(self) -> Mapping[str, tuple[str, ...]]:
        return {
            table: tuple(name for name in names if name != self.keys.get(table))
            for table, names in self.headers.items()
        }

    @cached_property
    def known(self) -> Mapping[str, frozenset[str]]:
        """The same as sets."""
        return {table: frozenset(names) for table, names in self._inner.items()}


def record_shape(package: Package) -> Shape | None:
    """The shape of the package's record files; none when it has no records."""
    root = package.record_table
    if root is None:
        return None
    children = package.children(root.name)
    names = [root.name, *(child.name for child in children)]
    return Shape(
        root.name,
        package.schemas[root.name].primary_key[0],
        {name: tuple(package.schemas[name].names) for name in names},
        {name: tuple(package.schemas[name].primary_key) for name in names},
        {child.name: package.nesting_key(child) for child in children},
        package.unsound.union(schema.name for schema in unlisted_schemas(package)),
    )


def record_findings(record: Record, shape: Shape) -> Iterator[Finding]:
    """Fields and lists of a record that its schemas do not know, and a file name that is not its id."""
    record_id = record.row.get(shape.id_field, "")
    if not (record.row.keys() <= shape.known[shape.table] and record.children.keys() <= shape.keys.keys()):
        yield from _top_findings(record, shape, record_id)
    for table, rows in record.children.items():
        fields = shape.known.get(table)
        for index, row in enumerate(rows):
            if fields and not row.keys() <= fields:
                for name in [name for name in row if name not in fields]:
                    where = Location(
                        record.path, *record.place(name, table, index, key=True), table, 0, name, record_id
                    )
                    yield _unknown(where, name, shape.inner(table))
    stem = record.path.rpartition("/")[2].rpartition(".")[0]
    if record_id and stem != record_id:
        where = Location(record.path, *record.place(shape.id_field), shape.table, 0, shape.id_field, record_id)
        yield Finding(
            "record/file-name",
            where,
            f"the file is named {stem}, the record {record_id}",
            record_id,
            fix=f"rename the file to {record_id}.yaml, or correct the id",
        )


def _top_findings(record: Record, shape: Shape, record_id: str) -> Iterator[Finding]:
    known = [*shape.inner(shape.table), *shape.keys]
    for name in (*record.row, *record.children):
        where = Location(record.path, *record.place(name, key=True), shape.table, 0, name, record_id)
        if name in shape.unsound:
            continue
        if name not in known:
            yield _unknown(where, name, known)
        elif (name in shape.keys) != (name in record.children):
            wanted = "a list of rows" if name in shape.keys else "text"
            found = shorten(record.row.get(name, ""))
            if name in record.children or found:
                yield Finding("record/shape", where, f"`{name}` must hold {wanted}", found)


def _unknown(where: Location, name: str, known: Sequence[str]) -> Finding:
    return Finding(
        "record/unknown-field", where, f"`{name}` is not a field here{near_miss(name, known)}", name,
        fix="correct or remove it, or add it to the schema",
    )  # fmt: skip


def tables_from_records(records: Sequence[Record], shape: Shape) -> dict[str, Table]:
    """The record table and its child tables, each sorted by its primary key."""
    owned: dict[str, list[_Owned]] = {name: [] for name in shape.headers}
    for record in records:
        text_of, record_id = record.row.get, record.row.get(shape.id_field, "")
        owned[shape.table].append((tuple([text_of(name, "") for name in shape.headers[shape.table]]), record, -1))
        for table, rows in record.children.items():
            if (key := shape.keys.get(table)) is None:
                continue
            header, into = shape.headers[table], owned[table]
            for index, row in enumerate(rows):
                texts = tuple([record_id if name == key else row.get(name, "") for name in header])
                into.append((texts, record, index))
    return {name: _table(name, shape, rows) for name, rows in owned.items()}


def _table(name: str, shape: Shape, rows: list[_Owned]) -> Table:
    header = shape.headers[name]
    at = [header.index(field) for field in shape.primary[name]]
    if at:
        key_of = itemgetter(*at)
        rows.sort(key=lambda item: key_of(item[0]))

    def where(number: int, field: str) -> Location:
        texts, record, index = rows[number]
        place = record.place(field) if index < 0 else record.place(field, name, index)
        return Location(record.path, *place, name, number + 1, field, "|".join(texts[index] for index in at))

    return table_from_rows(name, header, [texts for texts, _, _ in rows], where)
