"""Constraints of fields and rules of tables as conditions for CHECK, as far as plain SQL can say them.

A condition over a missing value is NULL, which CHECK lets pass: as our checks do, it judges what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from eventpack.derive.sqltext import quoted
from eventpack.schema import Field, Rule, Schema
from eventpack.values import Json, ValueType, text_of


def field_conditions(field: Field) -> Iterator[tuple[str, str]]:
    """Per constraint of a field that SQL can say: what it is called, and the condition."""
    kind, limits, column = field.value_type, field.constraints, quoted(field.name)
    if kind is None:
        return
    if limits.enum is not None and kind.sql.compares:
        codes = [_literal(kind, code) for code in limits.enum if "\0" not in text_of(code)]  # no cell holds a NUL
        yield "enum", f"{column} IN ({', '.join(codes)})" if codes else f"{column} IS NULL"
    else:
        yield "form", kind.sql.form.format(column)
    bounds = (
        ("minimum", ">=", limits.minimum), ("maximum", "<=", limits.maximum),
        ("above", ">", limits.exclusive_minimum), ("below", "<", limits.exclusive_maximum),
    )  # fmt: skip
    for name, sign, bound in bounds:
        if bound is not None and kind.sql.compares:
            yield name, f"{column} {sign} {_literal(kind, bound)}"
    for name, sign, size in (("shortest", ">=", limits.min_length), ("longest", "<=", limits.max_length)):
        if size is not None and kind.sql.compares:
            yield name, f"length({column}) {sign} {size}"


def _literal(kind: ValueType, raw: Json) -> str:
    return kind.sql.literal(text_of(raw))


def rule_condition(rule: Rule, schema: Schema) -> str:
    """A rule as a condition over one row; empty when SQL cannot say it."""
    make = _KINDS.get(rule.kind)
    return make(rule, schema) if make else ""


def _order(rule: Rule, schema: Schema) -> str:
    # Every pair, not only neighbours: a missing field in the middle must not separate its neighbours.
    names = map(quoted, dict.fromkeys(rule.fields))
    return " AND ".join(f"{before} <= {after}" for before, after in combinations(names, 2))


def _requires(rule: Rule, schema: Schema) -> str:
    if rule.if_ is None:
        return ""
    kind, column = schema.field(rule.if_).value_type, quoted(rule.if_)
    needed = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in rule.then)
    needed = f"({needed})" if len(rule.then) > 1 else needed
    if rule.is_ is None:
        return f"{column} IS NULL OR {needed}"
    if kind is None or kind.name == "number":
        return ""  # 1 and 1.0 are one number to SQL and two texts to the rule
    return f"{column} IS NULL OR {column} <> {kind.sql.literal(rule.is_)} OR {needed}"


def _excludes(rule: Rule, schema: Schema) -> str:
    names = list(map(quoted, dict.fromkeys(rule.fields)))
    return " AND ".join(f"({one} IS NULL OR {other} IS NULL)" for one, other in combinations(names, 2))


def _at_least_one(rule: Rule, schema: Schema) -> str:
    return " OR ".join(f"{quoted(name)} IS NOT NULL" for name in rule.fields) if rule.table is None else ""


_KINDS: Mapping[str, Callable[[Rule, Schema], str]] = {
    "order": _order,
    "requires": _requires,
    "excludes": _excludes,
    "at-least-one": _at_least_one,
}
