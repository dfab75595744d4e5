"""What is wrong with cells and rows, as expressions of the columnar engine that are true for suspects.

They are compiled from the schema that the kernel judges by. A suspect need not be wrong: the kernel decides. But what
is no suspect is right; `tests/laws/test_filter.py` tries to find an exception.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import polars as pl

from eventpack.filter.patterns import translate
from eventpack.judge import compile_judge
from eventpack.schema import Field, Rule, Schema
from eventpack.values import text_of

Masks = Iterator[pl.Expr]

# White space as Python sees it; the engine's own notion lacks the separators of files and groups.
_SPACES = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
_EXACT = 15  # so many characters of a number are always kept by a binary number
_COMPARABLE_INTEGER = "0|-?[1-9][0-9]{0,17}"  # those that 64 bits hold; longer ones are looked at
_AS_TEXT = ("date", "year", "string")  # their canonical texts compare as their values do


def field_masks(field: Field, canonical: bool) -> list[pl.Expr] | None:
    """The masks of one field but for its being required; none when the engine cannot judge it."""
    kind, limits, text = field.value_type, field.constraints, pl.col(field.name)
    if kind is None or kind.grammar is None:
        return None
    if limits.enum is not None:
        judge = compile_judge(field, canonical)
        return [~text.is_in([code for code in map(text_of, limits.enum) if not judge(code)])]
    if field.type == "boolean":
        return [~text.is_in(kind.grammar.split("|"))]
    grammar = _COMPARABLE_INTEGER if field.type == "integer" else kind.grammar
    patterns = [translate(one) for one in (grammar, limits.pattern) if one]
    if None in patterns:
        return None
    masks = [~text.str.contains(one) for one in patterns if one]
    if kind.text and canonical:
        masks.append(text.str.len_bytes() != text.str.strip_chars(_SPACES).str.len_bytes())
    return [*masks, *_length_masks(field), *_bound_masks(field)]


def required_mask(field: Field) -> pl.Expr:
    """Cells that are missing."""
    return _missing(field.name)


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
    bounds = (
        (limits.minimum, lambda bound: value < bound), (limits.exclusive_minimum, lambda bound: value <= bound),
        (limits.maximum, lambda bound: value > bound), (limits.exclusive_maximum, lambda bound: value >= bound),
    )  # fmt: skip
    for raw, beyond in bounds:
        if raw is not None:
            bound = _value(field, pl.lit(text_of(raw)))
            yield beyond(bound)
            if field.type == "number":  # what only seems to equal the bound may lie beyond it
                unclear = value == bound
                yield unclear if len(text_of(raw)) > _EXACT else unclear & _is_long(field)


def _value(field: Field, text: pl.Expr | None = None) -> pl.Expr:
    """What is compared: texts that order as their values do, or numbers."""
    text = pl.col(field.name) if text is None else text
    if field.type in _AS_TEXT:
        return text
    return text.cast(pl.Int64 if field.type == "integer" else pl.Float64, strict=False)


def _is_long(field: Field) -> pl.Expr:
    return pl.col(field.name).str.len_bytes() > _EXACT


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
    if any(field.type != first.type for field in fields) or first.type not in (*_AS_TEXT, "integer", "number"):
        return None
    masks = []
    for one, other in combinations(fields, 2):
        masks.append(_value(one) > _value(other))
        if first.type == "number":
            masks.append((_value(one) == _value(other)) & (_is_long(one) | _is_long(other)))
    return masks
