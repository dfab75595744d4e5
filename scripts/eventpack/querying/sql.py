"""SQL over the tables of a dataset: a DuckDB in memory that can neither reach anything else nor be changed.

What is locked, and why that is enough: one statement only, and it must be a SELECT; no file, network, extension or
other database can be reached (`enable_external_access`), no variable of the Python program
(`python_enable_replacements`), and none of it can be switched on again (`lock_configuration`). Reading a statement can
already look at files, so it is read by a locked connection, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

import polars as pl

from eventpack.derive.sqltext import quoted
from eventpack.errors import EventpackError
from eventpack.loading.as_duckdb import duckdb_connection
from eventpack.loading.tables import Tables

if TYPE_CHECKING:
    import duckdb

_LOCKS = (
    "SET enable_progress_bar = false",  # it would write beside the answer
    "SET python_enable_replacements = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET enable_progress_bar = false",  # after two seconds DuckDB would draw it into the answer
    "SET temp_directory = ''",  # too large for memory is an error, not a file beside somebody's data
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
# What frames hold; values of other types become text.
_SCALARS = frozenset(
    "boolean tinyint smallint integer bigint hugeint utinyint usmallint uinteger ubigint float double decimal varchar "
    "enum date time timestamp timestamp_s timestamp_ms timestamp_ns uuid blob".split()
) | {"timestamp with time zone"}
_NESTED = frozenset({"list", "array", "struct", "tuple"})
_DAY = 86_400_000  # milliseconds
_FIRST, _LAST = -719_162, 2_932_897  # days from 1970 to those years' first day, and to the day behind the last
_ODD = re.compile(r"\b(?:INTERVAL|UNION|BIGNUM|VARINT|BIT|MAP|GEOMETRY|VARIANT|UHUGEINT|TIME WITH TIME ZONE)\b")


def answer(tables: Tables, statement: str, limit: int | None = None) -> tuple[pl.DataFrame, int]:
    """What a SELECT finds, and how many rows that are; of those no more than the limit are in the frame.

    Raises:
        EventpackError: duckdb is not installed, a table cannot be read, the statement is no SELECT, or it cannot be
            answered; DuckDB's own words say why.
    """
    asked, names = _read(statement, tables)
    connection = duckdb_connection(tables, None, names)
    _lock(connection)
    import duckdb

    try:
        frame = _run(connection, asked)
    except duckdb.Error as error:
        raise _refusal(error, tables) from None
    frame = frame.with_columns(_narrowed(column) for column in frame)
    return frame if limit is None else frame.head(limit), frame.height


def _run(connection: duckdb.DuckDBPyConnection, asked: str) -> pl.DataFrame:
    """What is found, in a thread of its own.

    This one looks up again and again whether somebody wants to stop: a signal that another thread of DuckDB gets
    would not wake it.
    """
    with ThreadPoolExecutor(1) as one:
        found = one.submit(lambda: pl.DataFrame(_readable(connection.sql(asked))))
        try:
            while not found.done():
                wait([found], 0.1)
        except KeyboardInterrupt:
            while not found.done():
                connection.interrupt()
                wait([found], 0.1)
            raise
        return found.result()


def _lock(connection: duckdb.DuckDBPyConnection) -> None:
    for lock in _LOCKS:
        connection.execute(lock)


def _read(text: str, tables: Tables) -> tuple[str, Sequence[str]]:
    """The one SELECT that a text is, and the tables that it names.

    All tables are named when it names others, too, such as those of the catalogue, or none.
    """
    try:
        import duckdb  # 100 ms
    except ImportError:
        raise EventpackError("duckdb is not installed", 'run `pip install ".[duckdb]"` in the checkout') from None
    if any("\ud800" <= char <= "\udfff" for char in text):  # bytes of standard input or of an argument
        raise EventpackError("the SQL is not UTF-8", "write it in UTF-8")
    with duckdb.connect() as reader:
        _lock(reader)
        try:
            statements = reader.extract_statements(text)
        except duckdb.Error as error:
            raise EventpackError(f"the SQL cannot be read: {_first(error)}", "write one SELECT") from None
        _require_question([statement.type.name for statement in statements])
        try:
            named = {name.casefold() for name in reader.get_table_names(statements[0].query)}
        except duckdb.Error:  # the answer will say it, with all tables at hand
            named = set()
    known = {name.casefold(): name for name in tables.names}
    whole = not named or named - set(known)
    return statements[0].query, tables.names if whole else [known[name] for name in sorted(named)]


def _require_question(kinds: Sequence[str]) -> None:
    if len(kinds) != 1:
        raise EventpackError(
            f"the SQL holds {len(kinds)} statements" if kinds else "the SQL is empty", "write one SELECT"
        )
    if kinds[0] == "MULTI":
        raise EventpackError("the SQL stands for several statements", "write PIVOT … ON … IN (…), or one SELECT")
    if kinds[0] != "SELECT":
        what = f"the SQL is no question but {kinds[0].replace('_', ' ')}; nothing can be changed, or reached outside"
        raise EventpackError(what, "write one SELECT; `to_duckdb()` in Python gives a database of your own")


def _readable(found: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """The columns that were found under names that differ, values of odd types as text."""
    names, parts = set[str](), []
    for at, (name, kind) in enumerate(zip(found.columns, found.types, strict=True), 1):
        own, count = name, 1
        while own.casefold() in names:
            own, count = f"{name}_{count}", count + 1
        names.add(own.casefold())
        plain = kind.id in _SCALARS or (kind.id in _NESTED and not _ODD.search(str(kind)))
        quoted = own.replace('"', '""')
        parts.append(f'{f"#{at}" if plain else f"CAST(#{at} AS VARCHAR)"} AS "{quoted}"')
    return found.project(", ".join(parts))


def _narrowed(column: pl.Series) -> pl.Series:
    """Whole numbers of 128 bits, which sums have, as such of 64 bits when all of them fit."""
    if column.dtype == pl.Date or isinstance(column.dtype, pl.Datetime):
        return _on_calendar(column)
    if not isinstance(column.dtype, pl.Decimal) or column.dtype.scale:
        return column
    narrow = column.cast(pl.Int64, strict=False)
    return narrow if narrow.null_count() == column.null_count() else column


def _on_calendar(column: pl.Series) -> pl.Series:
    """Days and times of the years 1 to 9999; no object of Python holds others."""
    unit = getattr(column.dtype, "time_unit", "")
    steps = {"": 1, "ms": _DAY, "us": _DAY * 1000, "ns": _DAY * 1_000_000}[unit]
    if column.to_physical().is_between(_FIRST * steps, _LAST * steps - 1).all():
        return column
    what = f"`{column.name}` holds a day outside of the years 1 to 9999"
    raise EventpackError(f"the question cannot be answered: {what}", "ask for it as text, `CAST(… AS VARCHAR)`")


def _refusal(error: Exception, tables: Tables) -> EventpackError:
    """What DuckDB says, in one line, and what there is to ask."""
    fix = f"tables: {', '.join(tables.names)}; `DESCRIBE {quoted(tables.names[0])}` shows the columns of one"
    return EventpackError(f"the question cannot be answered: {_first(error)}", fix)


def _first(error: Exception) -> str:
    """The message of an error without the part that repeats the statement."""
    lines = str(error).partition("\n\nLINE ")[0].splitlines()
    return " ".join(line.strip() for line in lines if line.strip())
