"""What is wrong with cells and rows, as expressions of the columnar engine that are true for suspects.

They are compiled from the schema that the kernel judges by. A suspect need not be wrong: the kernel decides. But what
is no suspect is right; `tests/laws/test_filter.py` tries to find an exception.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import combinations
from operator import and_

import polars as pl

from eventpack.checks.formulas import BEGINS
from eventpack.filter.domains import all_texts, inside
from eventpack.filter.patterns import translate
from eventpack.judge import compile_judge
from eventpack.schema import Constraints, Field, Rule, Schema
from eventpack.values import Scalar, text_of

Masks = Iterator[pl.Expr]

# White space as Python sees it; the engine's own notion lacks the separators of files and groups.
_SPACES = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
_NUMBER = "\x00number "  # before the name of a field: the column of its numbers; no field has such a name
_EXACT = 15  # so many characters of a number are always kept by a binary number
_FEW, _IN_PLACE = 8, 12  # texts, and bytes of one
_INTEGER_DIGITS = 18  # those that 64 bits hold; longer ones are looked at
_AS_TEXT = ("date", "year", "yearmonth", "string")  # their canonical texts compare as their values do


def field_masks(field: Field, canonical: bool) -> list[pl.Expr] | None:
    """The masks of one field but for its being required; none when the engine cannot judge it."""
    kind, limits, text = field.value_type, field.constraints, pl.col(field.name)
    if kind is None or kind.grammar is None or not field.is_plain or (_bounds(field) and not _compares(field)):
        return None
    if (texts := _only_texts(field, canonical)) is not None:
        return [_is_none_of(text, texts)]
    within = inside(field) if limits.pattern is None else None
    grammar = within or ("" if field.type == "integer" else kind.grammar)
    patterns = [translate(one) for one in (grammar or None, limits.pattern) if one is not None]
    if None in patterns:
        return None
    masks = [~text.str.contains(one) for one in patterns if one is not None]
    if kind.text and canonical:
        masks.append(text.str.len_bytes() != text.str.strip_chars(_SPACES).str.len_bytes())
    if field.type == "integer":
        masks.append(_odd_integer(field))
    return [*masks, *(() if within else _bound_masks(field)), *_length_masks(field)]


def _only_texts(field: Field, canonical: bool) -> Sequence[str] | None:
    """The texts that a field can hold, when they are few."""
    limits, kind = field.constraints, field.value_type
    if limits.enum is not None:
        judge = compile_judge(field, canonical)
        return [code for code in map(text_of, limits.enum) if not judge(code)]
    if field.type == "boolean" and kind is not None and kind.grammar is not None:
        return kind.grammar.split("|")
    only_bounds = replace(limits, required=False, unique=False, minimum=None, maximum=None) == Constraints()
    return all_texts(field) if only_bounds else None


def _is_none_of(text: pl.Expr, texts: Sequence[str]) -> pl.Expr:
    """Texts that are none of some. The engine holds short ones in place, and compares a few faster than it looks up."""
    if 0 < len(texts) <= _FEW and all(len(one.encode()) <= _IN_PLACE for one in texts):
        return reduce(and_, (text != one for one in texts))
    return ~text.is_in(pl.Series([texts], dtype=pl.List(pl.String)))


def _odd_integer(field: Field) -> pl.Expr:
    """Texts of whole numbers that have other digits than their number: a plus, leading zeros, or too many."""
    text, value = pl.col(field.name), _value(field)
    size, minus = text.str.len_bytes(), (value < 0).cast(pl.UInt32)
    least = pl.lit(10, pl.Int64).pow(size - 1 - minus)
    plain = (size <= _INTEGER_DIGITS) & ((size == 1) | (value.abs() >= least))
    return text.is_not_null() & (value.is_null() | ~plain)


def grammar_mask(field: Field) -> pl.Expr:
    """Texts that are not canonical, although they may have a value."""
    kind = field.value_type
    assert kind is not None and kind.grammar is not None
    return ~pl.col(field.name).str.contains(f"^(?:{kind.grammar})$")


def required_mask(field: Field) -> pl.Expr:
    """Cells that are missing."""
    return _missing(field.name)


def formula_mask(field: Field) -> pl.Expr:
    """Text that a spreadsheet would run."""
    return pl.any_horizontal(pl.col(field.name).str.starts_with(begin) for begin in BEGINS)


def _missing(name: str) -> pl.Expr:
    return pl.col(name).is_null()


def _length_masks(field: Field) -> Masks:
    limits, length = field.constraints, pl.col(field.name).str.len_chars()
    if limits.min_length is not None:
        yield length < limits.min_length
    if limits.max_length is not None:
        yield length > limits.max_length


def _bound_masks(field: Field) -> Masks:
    limits, value = field.constraints, _value(field)
    beyond = [
        is_beyond(value, _constant(field, raw))
        for raw, is_beyond in (
            (limits.minimum, pl.Expr.__lt__), (limits.exclusive_minimum, pl.Expr.__le__),
            (limits.maximum, pl.Expr.__gt__), (limits.exclusive_maximum, pl.Expr.__ge__),
        )
        if raw is not None
    ]  # fmt: skip
    if field.type == "number":  # what only seems to equal a bound may lie beyond it
        beyond += [(value == _constant(field, raw)) & _is_long(field, text_of(raw)) for raw in _bounds(field)]
    if beyond:
        yield pl.any_horizontal(beyond)


def _bounds(field: Field) -> list[Scalar]:
    limits = field.constraints
    bounds = (limits.minimum, limits.maximum, limits.exclusive_minimum, limits.exclusive_maximum)
    return [bound for bound in bounds if bound is not None]


def _compares(field: Field) -> bool:
    """Whether the engine can order the values of a field."""
    return field.type in _AS_TEXT or is_number(field)


def is_number(field: Field) -> bool:
    """Whether the values of a field are compared as numbers."""
    return field.type in ("integer", "number") and field.is_plain


def number_column(field: Field) -> pl.Expr:
    """The numbers of a field, those of cells that hold none missing."""
    return pl.col(field.name).cast(_number_type(field), strict=False).alias(_NUMBER + field.name)


def _number_type(field: Field) -> pl.DataType:
    return pl.Int64() if field.type == "integer" else pl.Float64()


def _value(field: Field) -> pl.Expr:
    """What is compared: texts that order as their values do, or numbers."""
    return pl.col(_NUMBER + field.name if is_number(field) else field.name)


def _constant(field: Field, raw: Scalar) -> pl.Expr:
    if field.type == "integer":  # longer numbers are looked at, so that a bound beyond them may be as well the nearest
        beyond = 10**_INTEGER_DIGITS
        return pl.lit(max(-beyond, min(beyond, int(text_of(raw)))), pl.Int64)
    text = pl.lit(text_of(raw))
    return text.cast(pl.Float64) if is_number(field) else text


def _is_long(field: Field, bound: str = "") -> pl.Expr:
    """Whether a number, or the bound that it is compared with, has more digits than a binary number keeps."""
    return pl.lit(True) if len(bound) > _EXACT else pl.col(field.name).str.len_bytes() > _EXACT


def rule_masks(schema: Schema, rule: Rule) -> list[pl.Expr] | None:
    """The masks of a rule about single rows; none when it is not such a rule, or the engine cannot judge it."""
    if rule.kind == "order":
        return _order_masks([schema.field(name) for name in rule.fields])
    if rule.kind == "requires" and rule.if_ is not None:
        given = ~_missing(rule.if_) if rule.is_ is None else pl.col(rule.if_) == rule.is_
        return [given & _missing(name) for name in rule.then]
    if rule.kind == "excludes":
        return [~_missing(one) & ~_missing(other) for one, other in combinations(rule.fields, 2)]
    if rule.kind == "at-least-one" and rule.table is None:
        return [pl.all_horizontal(_missing(name) for name in rule.fields)]
    return None


def _order_masks(fields: list[Field]) -> list[pl.Expr] | None:
    """Values in order, two by two: what holds of all that are given holds of each pair."""
    first = fields[0]
    if any(field.type != first.type or not field.is_plain or not _compares(field) for field in fields):
        return None
    masks = []
    for one, other in combinations(fields, 2):
        masks.append(_value(one) > _value(other))
        if first.type == "number":
            masks.append((_value(one) == _value(other)) & (_is_long(one) | _is_long(other)))
    if first.type == "integer":  # codes may be longer than what the engine compares
        masks += [~_missing(one.name) & _value(one).is_null() for one in fields]
    return masks
