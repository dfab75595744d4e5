"""CSV files as polars frames, for the libraries that check frames.

Each cell is read as text first: a reader that guesses types, or is given them, stops at the first bad cell or turns it
into null. Then the text is parsed; what cannot be parsed is null and marked in a column of its own.
"""

from __future__ import annotations

import polars as pl
from benchmarks.tools.tables import Field, Leads, Table

ROW = "#row"
UNREAD = "#unread:"  # before the name of a field: a text stands there that is no value of its type
WORDS = {"true": True, "false": False}


def text_frame(table: Table) -> pl.DataFrame:
    """A table as text, empty cells as null, with row numbers from 1."""
    frame = pl.read_csv(table.path, infer_schema=False, row_index_name=ROW, row_index_offset=1)
    expected = [ROW, *(field.name for field in table.fields)]
    if frame.columns != expected:
        raise SystemExit(f"{table.path.name}: the header is {frame.columns[1:]}, not {expected[1:]}")
    return frame


def parsed(field: Field) -> pl.Expr:
    """The value of a cell; null where there is none."""
    text = pl.col(field.name)
    match field.type:
        case "integer":
            return text.cast(pl.Int64, strict=False)
        case "number":
            return text.cast(pl.Float64, strict=False)
        case "boolean":
            return text.replace_strict(WORDS, default=None, return_dtype=pl.Boolean)
        case "date":
            return text.str.to_date("%Y-%m-%d", strict=False)
        case "datetime":
            return text.str.to_datetime("%Y-%m-%dT%H:%M:%S%#z", time_zone="UTC", strict=False)
    return text


def typed_frame(table: Table) -> pl.DataFrame:
    """A table with its types, and a column `#unread:…` for each field that is not text."""
    others = [field for field in table.fields if field.type != "string"]
    frame = text_frame(table)
    return frame.with_columns(
        *(parsed(field).alias(field.name) for field in others),
        *(marked(field).alias(UNREAD + field.name) for field in others),
    )


def marked(field: Field) -> pl.Expr:
    """Whether a text cannot be read as its type."""
    return pl.col(field.name).is_not_null() & parsed(field).is_null()


def bound(field: Field, text: object) -> object:
    """A bound as a value that can be compared with the column."""
    if field.type in ("date", "datetime"):
        return pl.select(pl.lit(str(text)).alias(field.name)).select(parsed(field)).item()
    return text


def known(lead: Leads, frames: dict[str, pl.DataFrame]) -> pl.Expr:
    """Whether a foreign key leads to a row, or is empty."""
    keys = frames[lead.table].get_column(lead.there).drop_nulls().unique()
    return pl.col(lead.field).is_null() | pl.col(lead.field).is_in(keys.implode())


def ordered(pair: tuple[str, str]) -> pl.Expr:
    """Whether two fields of a row do not decrease; true where one is empty."""
    return (pl.col(pair[0]) <= pl.col(pair[1])).fill_null(True)
