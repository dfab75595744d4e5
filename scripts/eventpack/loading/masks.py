"""Masks of one field: `field=code`, `field=[codes]`, as polars expressions; generic for any table.

A word that cannot be meant is refused, since a filter that silently finds nothing would be believed.
"""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import polars as pl

from eventpack.errors import EventpackError
from eventpack.finding import near_miss, shorten
from eventpack.judge import compile_judge
from eventpack.loading.columns import code_problem, dtype_of, value_of
from eventpack.loading.tables import Tables
from eventpack.schema import Field
from eventpack.values import text_of

_MOST_CODES = 50  # in a message
_SIGNS: Mapping[str, Callable[[pl.Expr, Any], pl.Expr]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


_ORDERED = (pl.Int64, pl.Int16, pl.Float64, pl.Date)


@dataclass(frozen=True, slots=True)
class Compared:
    """What a field is asked otherwise than for being equal: `sign` is `!=`, `<`, `<=`, `>` or `>=`."""

    sign: str
    value: object


def field_mask(tables: Tables, table: str, field: Field, wanted: object) -> pl.Expr:
    """The rows whose field holds one of the values wanted; None stands for a missing one.

    A code of a vocabulary with broader codes takes the narrower ones along; a frame stands for its keys. What is
    missing is not equal to anything, and neither less nor more.

    Raises:
        EventpackError: A value can never stand in the field, or is not among the ids that it leads to.
    """
    if isinstance(wanted, Compared):
        if wanted.sign == "!=":
            return ~field_mask(tables, table, field, wanted.value).fill_null(False)
        return _bound(field, wanted)
    chosen = list(_values(tables, table, field, wanted))
    texts = [_text(field, value) for value in chosen if value is not None]
    codes = tables.codes(table, field)
    _refuse_unknown(tables, table, field, codes, texts)
    if vocabulary := tables.vocabulary(table, field.name):
        texts = sorted(tables.narrower(vocabulary, texts).intersection(codes or ()))
    column = pl.col(field.name)
    try:
        values = pl.Series([value_of(field, text) for text in texts], dtype=dtype_of(field, codes))
    except ValueError as error:
        raise EventpackError(f"`{field.name}`: {error}", "ask for a smaller number") from None
    found = column.is_in(values.implode())
    return (found.fill_null(False) | column.is_null()) if len(texts) < len(chosen) and None in chosen else found


def _bound(field: Field, wanted: Compared) -> pl.Expr:
    """The rows whose field is less, or more, than a value."""
    kind = field.value_type
    if kind is None or not isinstance(dtype_of(field, None), _ORDERED):
        what = f"`{field.name}` has no order, so nothing is `{wanted.sign}` in it"
        raise EventpackError(what, f"write {field.name}=…; numbers, days and years have an order")
    values = list(wanted.value) if isinstance(wanted.value, (list, tuple)) else [wanted.value]
    if len(values) != 1 or values[0] is None:
        raise EventpackError(
            f"`{field.name}` {wanted.sign} takes one value", f"write it once: {field.name}{wanted.sign}…"
        )
    try:
        value = value_of(field, _text(field, values[0]))
    except ValueError as error:
        raise EventpackError(f"`{field.name}` {wanted.sign}: {error}", f"write {field.name}{wanted.sign}…") from None
    return _SIGNS[wanted.sign](pl.col(field.name), pl.lit(value, dtype_of(field, None))).fill_null(False)


def _values(tables: Tables, table: str, field: Field, wanted: object) -> Iterator[Any]:
    """The values that were given, one by one; of a frame the column that the field leads to or shares."""
    if isinstance(wanted, pl.LazyFrame):
        wanted = wanted.collect()
    if hasattr(wanted, "columns"):
        names = [key for _, key in tables.leads_to(table, field.name)] + [field.name]
        held: Any = wanted
        name = next((name for name in names if name in held.columns), "")
        if not name:
            what = f"the frame for `{field.name}` has no column `{names[0]}`"
            raise EventpackError(what, f"give a frame of {_target(tables, table, field)}, or a list of ids")
        yield from dict.fromkeys(held[name])
    elif isinstance(wanted, (str, bytes)) or not isinstance(wanted, Iterable):
        yield wanted
    else:
        yield from wanted


def _target(tables: Tables, table: str, field: Field) -> str:
    return next((f"`{target}`" for target, _ in tables.leads_to(table, field.name)), f"`{table}`")


def _text(field: Field, value: Any) -> str:
    """A value as it would stand in a cell."""
    if hasattr(value, "item") and not isinstance(value, pl.Series):
        value = value.item()  # a scalar of numpy
    if isinstance(value, str):
        text = value
    elif isinstance(value, datetime.date):
        text = value.isoformat()
    elif isinstance(value, (bool, int, float)):
        text = text_of(value)
    elif isinstance(value, Decimal):
        text = format(value, "f")
    else:
        what = f"`{field.name}` cannot be {shorten(repr(value))}"
        raise EventpackError(what, "give a text, number or date, None for missing, or a list of them")
    if not text:
        raise EventpackError(f"`{field.name}` is never the empty text", "give None for what is missing")
    return text


def _refuse_unknown(
    tables: Tables, table: str, field: Field, codes: Sequence[str] | None, texts: Sequence[str]
) -> None:
    judge = compile_judge(replace(field, constraints=replace(field.constraints, required=False)))
    known = None if codes is not None else _known_ids(tables, table, field)
    for text in texts:
        if codes is not None:
            if text not in codes:
                raise EventpackError(code_problem(field.name, text, codes), _one_of(codes))
        elif problem := judge(text):
            raise EventpackError(f"`{field.name}` is never `{shorten(text)}`: {problem.what}", problem.fix)
        elif known is not None and text not in known[1]:
            meant = near_miss(text, known[1])
            raise EventpackError(f"there is no `{shorten(text)}` in `{known[0]}`{meant}", f"look into `{known[0]}`")


def _known_ids(tables: Tables, table: str, field: Field) -> tuple[str, frozenset[str]] | None:
    """The table in which the ids that a text field can hold stand, and the ids; none when the field holds no ids."""
    key = tables.schema(table).primary_key
    targets = [*tables.leads_to(table, field.name), *([(table, field.name)] if key == [field.name] else [])]
    if not targets or field.value_type is None or not field.value_type.text:
        return None
    target, column = targets[0]
    return target, frozenset(tables.frame(target)[column].drop_nulls())


def _one_of(codes: Sequence[str]) -> str:
    if len(codes) > _MOST_CODES:
        return f"one of the {len(codes)} codes: {', '.join(codes[:_MOST_CODES])}, …"
    return f"one of: {', '.join(codes)}" if codes else "the vocabulary holds no codes"
