"""All tables in a DuckDB database: typed columns, enums of the codes, primary keys, and what each field means.

Rows travel in Parquet files, which polars writes and duckdb reads without a third library; no text is parsed again.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from eventpack.errors import DiskError, EventpackError
from eventpack.loading.tables import Tables
from eventpack.loading.texts import refuse

if TYPE_CHECKING:
    import duckdb

_TYPES: Mapping[type[pl.DataType], str] = {
    pl.String: "VARCHAR", pl.Int64: "BIGINT", pl.Int16: "SMALLINT", pl.Float64: "DOUBLE", pl.Boolean: "BOOLEAN",
    pl.Date: "DATE",
}  # fmt: skip


def duckdb_connection(
    tables: Tables, path: str | Path | None, names: Sequence[str] | None = None
) -> duckdb.DuckDBPyConnection:
    """A connection to a new database with all tables, or some, in memory or at a path where nothing is yet.

    Raises:
        EventpackError: duckdb is not installed, there is something at the path, or a table cannot be read.
        DiskError: The database cannot be written.
    """
    try:
        import duckdb  # 100 ms
    except ImportError:
        raise EventpackError("duckdb is not installed", 'run `pip install ".[duckdb]"` in the checkout') from None
    if path is None:
        connection = duckdb.connect()
        _fill(connection, tables, tables.names if names is None else names)
        return connection
    if os.path.lexists(path):
        raise EventpackError(f"{path} is there already", "name a new file, or remove the old one")
    try:
        with tempfile.TemporaryDirectory(prefix=".eventpack-", dir=Path(path).parent) as folder:
            made = Path(folder, "made.duckdb")
            with duckdb.connect(made) as connection:
                _fill(connection, tables, tables.names if names is None else names)
            made.rename(path)
        return duckdb.connect(path)
    except (OSError, duckdb.IOException) as error:
        raise DiskError(f"cannot write {path}: {error}", "check the folder, its mode and free space") from error


def _fill(connection: duckdb.DuckDBPyConnection, tables: Tables, names: Sequence[str]) -> None:
    import duckdb

    connection.execute("SET enable_progress_bar = false")  # it would be drawn on standard output
    with tempfile.TemporaryDirectory(prefix="eventpack-") as folder:
        for name in names:
            rows = Path(folder, "rows.parquet")
            tables.frame(name).write_parquet(rows)
            for statement in _definition(tables, name):
                connection.execute(statement)
            try:
                connection.execute(f"INSERT INTO {_name(name)} SELECT * FROM read_parquet(?)", [str(rows)])
            except duckdb.ConstraintException as error:
                raise refuse(tables.package, name, f"its primary key does not hold ({error})") from error
    connection.execute("RESET enable_progress_bar")


def _definition(tables: Tables, name: str) -> list[str]:
    """CREATE TABLE and the comments; the description of a field is its comment."""
    schema, dtypes = tables.schema(name), tables.frame(name).schema
    parts = [f"{_name(field.name)} {_type(dtypes[field.name])}" for field in schema.fields]
    if schema.primary_key:
        parts.append(f"PRIMARY KEY ({', '.join(map(_name, schema.primary_key))})")
    statements = [f"CREATE TABLE {_name(name)} ({', '.join(parts)})"]
    if schema.description:
        statements.append(f"COMMENT ON TABLE {_name(name)} IS {_text(schema.description)}")
    return statements + [
        f"COMMENT ON COLUMN {_name(name)}.{_name(field.name)} IS {_text(field.description)}"
        for field in schema.fields
        if field.description
    ]


def _type(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Enum):
        return _enum(dtype.categories.to_list()) if len(dtype.categories) else "VARCHAR"
    return _TYPES[type(dtype)]


def _enum(codes: Sequence[str]) -> str:
    return f"ENUM ({', '.join(map(_text, codes))})"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
