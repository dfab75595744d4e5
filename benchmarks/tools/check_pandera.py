"""pandera with polars: a schema per table, all errors at once (`lazy=True`).

Types: pandera's own coercion gives up a whole table at its first bad cell, so texts are parsed by polars and what
cannot be read is a check of its own. Foreign keys are checks that look into the other frame; pandera has none.
All is checked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandera.polars as pa
import polars as pl
from benchmarks.tools.found import Found, main
from benchmarks.tools.frames import UNREAD, bound, known, ordered, typed_frame
from benchmarks.tools.tables import Field, Table
from pandera.errors import SchemaErrors
from pandera.polars import PolarsData

DTYPES: dict[str, Any] = {
    "string": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "boolean": pl.Boolean,
    "date": pl.Date,
    "datetime": pl.Datetime("us", "UTC"),
}


def asks(expression: pl.Expr) -> Callable[[PolarsData], pl.LazyFrame]:
    """A check function of one expression."""
    return lambda data: data.lazyframe.select(expression)


def column(table: Table, field: Field) -> pa.Column:
    """The column of a field."""
    checks = []
    if field.pattern:
        checks.append(pa.Check.str_matches(field.pattern))
    if "enum" in field.constraints:
        checks.append(pa.Check.isin(field.constraints["enum"]))
    low, high = field.bounds
    if low is not None:
        checks.append(pa.Check.ge(bound(field, low)))
    if high is not None:
        checks.append(pa.Check.le(bound(field, high)))
    if field.lengths != (None, None):
        checks.append(pa.Check.str_length(*field.lengths))
    # A bad text is null after parsing; it is told by the check of types, not as a missing value.
    nullable = not table.required(field) or field.type != "string"
    return pa.Column(DTYPES[field.type], checks, nullable=nullable, unique=(field.name,) in table.unique)


def schema(table: Table, frames: dict[str, pl.DataFrame]) -> pa.DataFrameSchema:
    """The schema of a table; rules and foreign keys are checks of the whole frame."""
    columns = {field.name: column(table, field) for field in table.fields}
    checks = []
    for field in table.fields:
        if field.type != "string":
            unread = pl.col(UNREAD + field.name)
            checks.append(pa.Check(asks(~unread), name=f"{field.name} type"))
            if table.required(field):
                there = pl.col(field.name).is_not_null() | unread
                checks.append(pa.Check(asks(there), name=f"{field.name} required"))
    for rule in table.orders:
        checks += [pa.Check(asks(ordered(pair)), name=f"{' '.join(pair)} order") for pair in rule.pairs]
    checks += [pa.Check(asks(known(lead, frames)), name=f"{lead.field} foreign") for lead in table.leads]
    several = [list(key) for key in table.unique if len(key) > 1]
    return pa.DataFrameSchema(columns, checks, unique=several[0] if several else None)


def check(tables: list[Table], found: Found) -> None:
    """Validate each frame."""
    frames = {table.name: typed_frame(table) for table in tables}
    for table in tables:
        try:
            schema(table, frames).validate(frames[table.name], lazy=True)
        except SchemaErrors as errors:
            cases = errors.failure_cases.with_columns(pl.col("column").fill_null(""))
            for (field, name), rows in cases.group_by("column", "check"):
                found.add(table.name, f"{field} {name}".strip(), (rows["index"] + 1).to_list())


if __name__ == "__main__":
    main(check)
