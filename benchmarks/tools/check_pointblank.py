"""pointblank with polars: a validation plan per table, a step for each constraint, rule and key.

The steps look at typed frames, so texts are parsed by polars, and what cannot be read is a step of its own.
All is checked.
"""

from __future__ import annotations

import pointblank as pb
import polars as pl
from benchmarks.tools.found import MOST, Found, main
from benchmarks.tools.frames import UNREAD, bound, ordered, typed_frame
from benchmarks.tools.tables import Field, Table


class Plan:
    """A validation with a name for each step."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.validation = pb.Validate(data=frame)
        self.names: list[str] = []

    def step(self, name: str, method: str, *given: object, **words: object) -> None:
        """Add a step."""
        self.validation = getattr(self.validation, method)(*given, **words)
        self.names.append(name)


def plan_cells(plan: Plan, table: Table, field: Field) -> None:
    """The steps of one field; empty cells pass all but the first."""
    name = field.name
    if table.required(field):
        there = pl.col(name).is_not_null()
        if field.type != "string":  # a bad text is null after parsing
            there |= pl.col(UNREAD + name)
        plan.step(f"{name} required", "col_vals_expr", expr=there)
    if field.type != "string":
        plan.step(f"{name} type", "col_vals_expr", expr=~pl.col(UNREAD + name))
    if field.pattern:
        plan.step(f"{name} pattern", "col_vals_regex", name, field.pattern, na_pass=True)
    if "enum" in field.constraints:
        allowed = field.constraints["enum"]
        plan.step(f"{name} enum", "col_vals_in_set", name, allowed if table.required(field) else [*allowed, None])
    low, high = field.bounds
    if low is not None:
        plan.step(f"{name} minimum", "col_vals_ge", name, bound(field, low), na_pass=True)
    if high is not None:
        plan.step(f"{name} maximum", "col_vals_le", name, bound(field, high), na_pass=True)
    if field.lengths != (None, None):
        plan.step(f"{name} length", "col_vals_str_len", name, *field.lengths, na_pass=True)


def plan_table(table: Table, frames: dict[str, pl.DataFrame]) -> Plan:
    """All steps of one table."""
    plan = Plan(frames[table.name])
    for field in table.fields:
        plan_cells(plan, table, field)
    for key in table.unique:
        plan.step(f"{' '.join(key)} unique", "rows_distinct", list(key))
    for rule in table.orders:
        for pair in rule.pairs:
            plan.step(f"{' '.join(pair)} order", "col_vals_expr", expr=ordered(pair))
    for lead in table.leads:
        there = frames[lead.table].select(lead.there)
        plan.step(f"{lead.field} foreign", "col_vals_in_table", lead.field, there, lead.there, na_pass=True)
    return plan


def check(tables: list[Table], found: Found) -> None:
    """Interrogate each frame."""
    frames = {table.name: typed_frame(table) for table in tables}
    for table in tables:
        plan = plan_table(table, frames)
        done = plan.validation.interrogate(collect_tbl_checked=False, extract_limit=MOST)
        failed = done.n_failed()
        for number, name in enumerate(plan.names, 1):
            if failed[number]:
                rows = done.get_data_extracts(i=number, frame=True)["_row_num_"]
                found.add(table.name, name, rows, failed[number])


if __name__ == "__main__":
    main(check)
