"""DuckDB: all constraints as SQL over the text of each cell.

One query per table counts what fails each condition; only conditions that failed are asked again, for the rows. All is
checked; dates like `2021-1-2` and numbers like `1e5` pass, since DuckDB casts them.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
from benchmarks.tools.found import MOST, Found, main
from benchmarks.tools.tables import Field, Table

TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMPTZ",
}


def name(text: str) -> str:
    """An identifier."""
    return '"' + text.replace('"', '""') + '"'


def text(value: object) -> str:
    """A literal."""
    return "'" + str(value).replace("'", "''") + "'"


def value(field: Field) -> str:
    """A cell as its type; NULL where it is not."""
    return name(field.name) if field.type == "string" else f"TRY_CAST({name(field.name)} AS {TYPES[field.type]})"


def cell_faults(table: Table, field: Field) -> Iterator[tuple[str, str]]:
    """What may be wrong in the cells of a field: a word, and the condition of the fault."""
    cell, typed, wanted = name(field.name), value(field), field.constraints
    if table.required(field):
        yield "required", f"{cell} IS NULL"
    if field.type != "string":
        yield "type", f"{cell} IS NOT NULL AND {typed} IS NULL"
    if field.pattern:
        yield "pattern", f"NOT regexp_full_match({cell}, {text(field.pattern)})"
    if "enum" in wanted:
        yield "enum", f"{cell} NOT IN ({', '.join(text(one) for one in wanted['enum'])})"
    for sign, limit in zip("<>", field.bounds, strict=True):
        if limit is not None:
            yield "bound", f"{typed} {sign} {text(limit)}::{TYPES[field.type]}"
    for sign, length in zip("<>", field.lengths, strict=True):
        if length is not None:
            yield "length", f"length({cell}) {sign} {length}"


def faults(table: Table) -> Iterator[tuple[str, str]]:
    """What may be wrong in a row: words, and the condition of the fault."""
    values = {field.name: value(field) for field in table.fields}
    for field in table.fields:
        for what, condition in cell_faults(table, field):
            yield f"{field.name} {what}", condition
    for rule in table.orders:
        for low, high in rule.pairs:
            yield f"{low} {high} order", f"{values[low]} > {values[high]}"


def key_faults(table: Table) -> Iterator[tuple[str, str]]:
    """What may be wrong with keys: words, and a query of row numbers."""
    for key in table.unique:
        cells = ", ".join(name(one) for one in key)
        again = (
            f"SELECT {cells} FROM {name(table.name)} WHERE {name(key[0])} IS NOT NULL GROUP BY ALL HAVING count(*) > 1"
        )
        yield (
            f"{' '.join(key)} unique",
            f"SELECT n FROM {name(table.name)} JOIN ({again}) USING ({cells})",
        )
    for lead in table.leads:
        cell, there = name(lead.field), name(lead.there)
        yield (
            f"{lead.field} foreign",
            f"SELECT n FROM {name(table.name)} a ANTI JOIN {name(lead.table)} b ON a.{cell} = b.{there} "
            f"WHERE a.{cell} IS NOT NULL",
        )


def check(tables: list[Table], found: Found) -> None:
    """Read each table once as text, keeping what keys need; then join the keys."""
    duckdb.execute("SET enable_progress_bar = false")
    wanted = {(table.name, one) for table in tables for key in table.unique for one in key}
    for table in tables:
        wanted |= {(table.name, lead.field) for lead in table.leads} | {
            (lead.table, lead.there) for lead in table.leads
        }
    for table in tables:
        check_cells(table, found)
        keys = [name(field.name) for field in table.fields if (table.name, field.name) in wanted]
        if keys:
            duckdb.execute(
                f"CREATE TABLE {name(table.name)} AS SELECT {', '.join(['n', *keys])} FROM ({numbered(table)})"
            )
    for table in tables:
        for what, query in key_faults(table):
            rows = [row for (row,) in duckdb.execute(query).fetchall()]
            found.add(table.name, what, rows)


def numbered(table: Table) -> str:
    """The rows of a table as text, with their numbers from 1."""
    return f"SELECT row_number() OVER () AS n, * FROM {reader(table)}"


def reader(table: Table) -> str:
    """The file as text, with strict quotes and widths."""
    columns = "{" + ", ".join(f"{text(field.name)}: 'VARCHAR'" for field in table.fields) + "}"
    return f"read_csv({text(table.path)}, header = true, columns = {columns}, nullstr = '')"


def check_cells(table: Table, found: Found) -> None:
    """Count all faults of cells and rows in one pass; look for the rows of those that occur in a second one."""
    conditions = dict(faults(table))
    counts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in conditions.values())
    (row,) = duckdb.execute(f"SELECT {counts} FROM {reader(table)}").fetchall()
    counted = {what: count for what, count in zip(conditions, row, strict=True) if count}
    if not counted:
        return
    failed = [f"coalesce({conditions[what]}, false)" for what in counted]
    query = f"SELECT n, [{', '.join(failed)}] FROM ({numbered(table)}) WHERE {' OR '.join(failed)} ORDER BY n"
    rows = duckdb.execute(f"{query} LIMIT {MOST * len(failed)}").fetchall()
    for at, (what, count) in enumerate(counted.items()):
        found.add(table.name, what, [number for number, marks in rows if marks[at]], count)


if __name__ == "__main__":
    main(check)
