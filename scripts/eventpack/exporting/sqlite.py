"""SQLite: all tables in one file with types, keys and checks, full-text search, and what Datasette shows of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from eventpack.derive.sql import sql_bytes, table_order
from eventpack.derive.sqltext import listed, quoted
from eventpack.errors import EventpackError
from eventpack.exporting.database import database, insert, nan_notes, sql_frame
from eventpack.files import write_atomically
from eventpack.jsontext import json_bytes
from eventpack.material import Material, TypedTable

# What full-text search takes for itself, as names of its columns.
_TAKEN = frozenset({"rank", "rowid"})


def write_sqlite(material: Material, folder: Path) -> list[str]:
    """Write `<name>.sqlite`, and `metadata.json` for Datasette beside it.

    The tables are those of the SQL that `eventpack build` writes: a missing value is NULL, days are text, `2026-03-01`,
    truth values `true` and `false`. Foreign keys were checked. `<table>_fts` searches the texts of a table.

    Raises:
        EventpackError: The data do not keep types, keys or checks; `validate` tells all that is wrong.
    """
    definitions = sql_bytes(material.package)
    if definitions is None:
        raise EventpackError("a table has a schema that cannot be used", "run `eventpack validate`")
    notes: list[str] = []
    with database(folder / f"{material.label}.sqlite", "the tables") as connection:
        for statement in _statements(definitions.decode("utf-8")):
            connection.execute(statement)
        for name in table_order(material.package):
            table = material.table(name)
            insert(connection, name, table.frame.columns, sql_frame(table, booleans=False).iter_rows())
            notes += nan_notes(table)
        _require_keys(connection)
        for name in table_order(material.package):
            _index_keys(connection, material.table(name), material.names)
            _index_texts(connection, material.table(name), material.names)
    write_atomically(folder / "metadata.json", json_bytes(_metadata(material)))
    return notes


def _statements(text: str) -> Iterable[str]:
    """The statements of a script one by one, since a script as a whole would end the transaction."""
    held = ""
    for line in text.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""


def _require_keys(connection: sqlite3.Connection) -> None:
    """Refuse rows whose keys lead nowhere."""
    for table, row, target, _ in connection.execute("PRAGMA foreign_key_check"):
        what = f"row {row} of `{table}` has a key into `{target}` that leads nowhere"
        raise EventpackError(what, "run `eventpack validate`")


def _index_keys(connection: sqlite3.Connection, table: TypedTable, taken: Iterable[str]) -> None:
    """An index for each foreign key that the primary key does not serve, so that looking back is quick."""
    own, done = table.schema.primary_key, set[tuple[str, ...]]()
    for key in table.schema.foreign_keys:
        fields = tuple(key.fields)
        if list(fields) != own[: len(fields)] and fields not in done:
            done.add(fields)
            name = _free("_".join((table.name, *fields, "index")), taken)
            connection.execute(f"CREATE INDEX {quoted(name)} ON {quoted(table.name)} {listed(fields)}")


def _index_texts(connection: sqlite3.Connection, table: TypedTable, taken: Iterable[str]) -> None:
    """Full-text search in what people wrote: texts that are neither codes nor keys nor of a fixed form."""
    names = [name for name in _prose(table) if name.lower() not in _TAKEN]
    if not names or not table.frame.height:
        return
    name = _free(f"{table.name}_fts", taken)
    parts = [*map(quoted, names), f"content={quoted(table.name)}", "tokenize='unicode61 remove_diacritics 2'"]
    connection.execute(f"CREATE VIRTUAL TABLE {quoted(name)} USING fts5({', '.join(parts)})")
    connection.execute(f"INSERT INTO {quoted(name)} ({quoted(name)}) VALUES ('rebuild')")


def _prose(table: TypedTable) -> list[str]:
    schema = table.schema
    keys = {name for key in schema.foreign_keys for name in key.fields}.union(schema.primary_key, *schema.unique_keys)
    return [
        column.name
        for column in table.columns
        if column.kind == "string"
        and column.field.format == "default"
        and column.labels is None
        and column.field.constraints.pattern is None
        and column.name not in keys
    ]


def _free(name: str, taken: Iterable[str]) -> str:
    """A name with which no table's begins: search keeps tables of its own, `<name>_data` and so on."""
    while any(each.lower().startswith(name.lower()) for each in taken):
        name += "_"
    return name


def _metadata(material: Material) -> dict[str, object]:
    """What Datasette shows: titles, descriptions of tables and columns, licence and source."""
    descriptor = material.package.descriptor
    licence = descriptor.licenses[0] if descriptor.licenses else None
    told = {
        "title": f"{descriptor.title or material.label} {material.version}".strip(),
        "description": descriptor.description,
        "license": (licence.title or licence.name) if licence else "",
        "license_url": licence.path if licence and "://" in licence.path else "",
        "source_url": descriptor.homepage,
    }
    tables = {table.name: _table_metadata(table) for table in material}
    return {
        **{key: text for key, text in told.items() if text},
        "databases": {material.label: {"tables": tables}},
    }


def _table_metadata(table: TypedTable) -> dict[str, object]:
    columns = {column.name: column.description for column in table.columns if column.description}
    label = next((name for name in ("label", "name", "title") if name in table.frame.columns), "")
    return {
        "title": table.title,
        **({"description": table.description} if table.description else {}),
        **({"label_column": label} if label else {}),
        "columns": columns,
    }
