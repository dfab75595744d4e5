"""dataframely: a schema per table, and `filter`, so that bad rows come back with the rules they break.

Types: dataframely casts by polars, which does not cast text to dates, so texts are parsed by polars before, and what
cannot be read is a rule of its own. Collections compare tables by a primary key that they share, so foreign keys are
rules that look into the other frame. All is checked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import dataframely as dy
import polars as pl
from benchmarks.tools.found import Found, main
from benchmarks.tools.frames import ROW, UNREAD, bound, known, ordered, typed_frame
from benchmarks.tools.tables import Field, Table

NUMBERS = {"integer": dy.Int64, "number": dy.Float64}
TIMES: dict[str, Callable[..., dy.Column]] = {
    "date": dy.Date,
    "datetime": lambda **words: dy.Datetime(time_zone="UTC", **words),
}


def column(table: Table, field: Field) -> dy.Column:
    """The column of a field."""
    # A bad text is null after parsing; it is told by the rule of types, not as a missing value.
    words: dict[str, Any] = {"nullable": not table.required(field) or field.type != "string"}
    low, high = (None if one is None else bound(field, one) for one in field.bounds)
    if field.type in NUMBERS:
        return NUMBERS[field.type](min=low, max=high, **words)
    if field.type in TIMES:
        return TIMES[field.type](min=low, max=high, **words)
    if field.type == "boolean":
        return dy.Bool(**words)
    if "enum" in field.constraints:
        allowed = field.constraints["enum"]
        words["check"] = {"enum": lambda cell: cell.is_in(allowed)}
    return dy.String(regex=field.pattern, min_length=field.lengths[0], max_length=field.lengths[1], **words)


def rule(condition: pl.Expr, name: str, **words: Any) -> Any:
    """A rule of a schema."""

    def holds(cls: type[dy.Schema]) -> pl.Expr:
        return condition

    holds.__name__ = name
    return dy.rule(**words)(holds)


def schema(table: Table, frames: dict[str, pl.DataFrame]) -> type[dy.Schema]:
    """The schema of a table, with its rules."""
    body: dict[str, Any] = {ROW: dy.UInt32()}
    body |= {field.name: column(table, field) for field in table.fields}
    for field in table.fields:
        if field.type != "string":
            unread = pl.col(UNREAD + field.name)
            body[UNREAD + field.name] = dy.Bool()
            body[f"{field.name} type"] = rule(~unread, f"{field.name} type")
            if table.required(field):
                there = pl.col(field.name).is_not_null() | unread
                body[f"{field.name} required"] = rule(there, f"{field.name} required")
    for key in table.unique:
        name = f"{' '.join(key)} unique"
        body[name] = rule(pl.struct(key).is_unique() if len(key) > 1 else pl.col(key[0]).is_unique(), name)
    for order in table.orders:
        body |= {f"{' '.join(pair)} order": rule(ordered(pair), f"{' '.join(pair)} order") for pair in order.pairs}
    for lead in table.leads:
        body[f"{lead.field} foreign"] = rule(known(lead, frames), f"{lead.field} foreign")
    return type(table.name, (dy.Schema,), body)


def check(tables: list[Table], found: Found) -> None:
    """Filter each frame."""
    frames = {table.name: typed_frame(table) for table in tables}
    for table in tables:
        _, failure = schema(table, frames).filter(frames[table.name])
        details = failure.details()
        for name in failure.counts():
            found.add(table.name, name.replace("|", " "), details.filter(pl.col(name) == "invalid")[ROW])


if __name__ == "__main__":
    main(check)
