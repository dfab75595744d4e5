"""Rows and columns of a table, chosen in the codebook's words: which rows, which columns, in which order, how many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from eventpack.errors import EventpackError
from eventpack.loading.eventwords import MAIN
from eventpack.loading.filtering import narrow
from eventpack.loading.reach import Reach
from eventpack.loading.tables import Tables
from eventpack.schema import Field


@dataclass(frozen=True, slots=True)
class Selection:
    """Some rows and columns of a table, with the field behind each column.

    `found` is how many rows keep the conditions, before the limit, of `size` that the table has.
    """

    table: str
    frame: pl.DataFrame
    fields: Mapping[str, Field]
    found: int
    size: int


def select(
    tables: Tables,
    table: str = "",
    where: Iterable[tuple[str, object]] = (),
    columns: Sequence[str] = (),
    sort: Sequence[str] = (),
    limit: int | None = None,
) -> Selection:
    """Rows of a table that keep all conditions, by default all columns in the order of the table.

    Columns are fields of the table or its companion, or paths over keys (`source_id.publisher`). `sort` names columns;
    a minus before one turns its order around, codes go in the order of their vocabulary, and missing values come last.

    Raises:
        EventpackError: There is no such table or field, or a condition cannot be meant.
    """
    table = table or main_table(tables)
    whole = tables.frame(table)
    rows = narrow(tables, table, whole, where)
    reach = Reach.of(tables, table)
    if sort:
        rows = _sorted(reach, rows, sort)
    kept = rows if limit is None else rows.head(limit)
    found = {path: reach.column(kept, path) for path in (columns or kept.columns)}
    frame = pl.DataFrame([values.alias(path) for path, (_, values) in found.items()])
    return Selection(table, frame, {path: field for path, (field, _) in found.items()}, rows.height, whole.height)


def main_table(tables: Tables) -> str:
    """The table that is meant when nobody names one.

    Raises:
        EventpackError: It could be any of several.
    """
    if MAIN in tables.names:
        return MAIN
    if len(tables.names) == 1:
        return tables.names[0]
    raise EventpackError("which table is meant is not said", f"name one with --table: {', '.join(tables.names)}")


def _sorted(reach: Reach, rows: pl.DataFrame, sort: Sequence[str]) -> pl.DataFrame:
    keys = [reach.column(rows, path.removeprefix("-"))[1].alias(str(at)) for at, path in enumerate(sort)]
    order = pl.DataFrame(keys).with_row_index("row")
    down = [path.startswith("-") for path in sort]
    at = order.sort([str(at) for at in range(len(sort))], descending=down, nulls_last=True, maintain_order=True)["row"]
    return rows[at]
