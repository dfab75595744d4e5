"""A large table as a frame, column by column: the columnar engine reads it, its bytes prove that it was read right.

What comes out is what `columns` makes of the same file cell by cell. Wherever that is not certain, nothing comes out,
and the file is read cell by cell, which also tells what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from eventpack.descriptor import Package
from eventpack.large import LargeCsv, large_tables
from eventpack.schema import Field

if TYPE_CHECKING:
    import polars as pl

    from eventpack.structure.beside import Structures

_MOST_TEXTS = 200_000  # distinct texts of a column that are turned into values one by one


def bulk_frame(package: Package, name: str, codes: Mapping[str, Sequence[str]]) -> pl.DataFrame | None:
    """A large CSV file as a frame with the schema's fields; none when it is not large, or must be read cell by cell.

    A field with `codes` becomes an enum of them.
    """
    table = large_tables(package, ()).get(name)
    if table is None:
        return None
    from eventpack.structure.beside import read_beside  # 10 ms, which small tables need not pay for

    with read_beside([table]) as structures:  # a process of its own, as long as polars is not imported
        from polars.exceptions import PolarsError

        try:
            texts = _texts(package, table, structures)
            return None if texts is None else _typed(package, name, texts, codes)
        except (PolarsError, OSError):
            return None


def _texts(package: Package, table: LargeCsv, structures: Structures) -> pl.DataFrame | None:
    """The cells as text, what is missing null; none when the file may be another than the reader took it for."""
    import polars as pl

    from eventpack.filter.plan import plain_plan, scan

    plan = plain_plan(package, table)
    if plan is None:
        return None
    names = plan.schema.names
    texts = scan(plan).select(names).collect(engine="streaming")
    form = structures.of(table)
    content = sum(int(texts[name].str.len_bytes().cast(pl.UInt64).sum()) for name in names)
    if not form.holds(table, texts.height, len(names), content) or (plan.canonical and form.returns):
        return None
    blank = texts.select(pl.all_horizontal(pl.all().is_null()).any()).item()
    return None if blank else texts


def _typed(package: Package, name: str, texts: pl.DataFrame, codes: Mapping[str, Sequence[str]]) -> pl.DataFrame | None:
    import polars as pl

    canonical, columns = not package.foreign, []
    for field in package.schemas[name].fields:
        column = _column(field, texts[field.name], codes.get(field.name), canonical)
        if column is None:
            return None
        columns.append(column)
    return pl.DataFrame(columns)


def _column(field: Field, texts: pl.Series, codes: Sequence[str] | None, canonical: bool) -> pl.Series | None:
    """The values of a column; none when one of its texts is none, or would need another look."""
    import polars as pl

    from eventpack.filter.patterns import translate
    from eventpack.loading.columns import dtype_of

    kind, dtype = field.value_type, dtype_of(field, codes)
    assert kind is not None  # other fields make a table unsound
    if codes is not None:
        return texts.cast(dtype)  # raises at another text
    if kind.grammar is not None and (kind.name not in ("boolean", "year")):
        pattern = translate(kind.grammar) if kind.grammar else ""
        if pattern is None or (pattern and not texts.str.contains(pattern).all()):
            return _one_by_one(field, texts, dtype, canonical)
        values = texts.str.to_date("%Y-%m-%d") if isinstance(dtype, pl.Date) else texts.cast(dtype)  # or they raise
        return None if isinstance(dtype, pl.Float64) and values.is_infinite().any() else values
    return _one_by_one(field, texts, dtype, canonical)


def _one_by_one(field: Field, texts: pl.Series, dtype: pl.DataType, canonical: bool) -> pl.Series | None:
    """The values of a column whose distinct texts are few, each by the kernel."""
    import polars as pl

    from eventpack.loading.columns import value_of

    distinct = texts.drop_nulls().unique()
    if distinct.len() > _MOST_TEXTS:
        return None
    try:
        values: list[Any] = [value_of(field, text, canonical) for text in distinct]
    except ValueError:
        return None
    if isinstance(dtype, pl.String):
        return texts
    return texts.replace_strict(distinct, pl.Series(values, dtype=dtype), default=None, return_dtype=dtype)
