"""A SQLite file that is written once: the same bytes from the same data by one version of SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventpack.derive.sqltext import listed, quoted
from eventpack.errors import DiskError, EventpackError
from eventpack.material import TypedTable

if TYPE_CHECKING:
    import polars as pl

# What the disk has to do with; the others say that the data or the tool are at fault.
_DISK = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")


@contextmanager
def database(path: Path, what: str) -> Iterator[sqlite3.Connection]:
    """A new database at a path; `what` names in messages that which is written.

    Raises:
        EventpackError: The data do not keep what the tables demand.
        DiskError: The disk refuses.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")  # a file that is not whole is thrown away
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if str(getattr(error, "sqlite_errorname", "")).startswith(_DISK):
            raise DiskError(f"cannot write {path.name}: {error}", "check permissions and free space") from error
        raise EventpackError(f"{what} cannot be written: {error}", "run `eventpack validate`") from error
    finally:
        connection.close()


def insert(connection: sqlite3.Connection, table: str, names: Sequence[str], rows: Iterator[Sequence[Any]]) -> None:
    """Insert rows into some columns of a table."""
    marks = ", ".join("?" * len(names))
    connection.executemany(f"INSERT INTO {quoted(table)} {listed(names)} VALUES ({marks})", rows)


def sql_frame(table: TypedTable, booleans: bool) -> pl.DataFrame:
    """The frame with values that SQLite stores: codes and days as text, and truth values as the text that the schema
    gives them, or, with `booleans`, as 1 and 0. NaN becomes null, as SQLite has none."""
    import polars as pl

    frame = table.frame
    changed = []
    for column in table.columns:
        dtype, name = frame.schema[column.name], column.name
        if isinstance(dtype, (pl.Enum, pl.Date)):
            changed.append(pl.col(name).cast(pl.String))
        elif isinstance(dtype, pl.Boolean):
            kind = column.field.value_type
            assert kind is not None  # other fields make a table unsound
            words = {value: int(value) if booleans else kind.format(value) for value in (True, False)}
            changed.append(pl.col(name).replace_strict(words))
        elif isinstance(dtype, pl.Float64):
            changed.append(pl.col(name).fill_nan(None))
    return frame.with_columns(changed)


def nan_notes(table: TypedTable) -> list[str]:
    """What a user must be told of numbers that SQLite does not have."""
    import polars as pl

    floats = [name for name, dtype in table.frame.schema.items() if isinstance(dtype, pl.Float64)]
    return [
        f"{table.name}.{name}: {count} NaN became NULL, since SQLite has no NaN"
        for name in floats
        if (count := int(table.frame[name].is_nan().sum() or 0))
    ]
