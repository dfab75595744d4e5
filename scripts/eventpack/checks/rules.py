"""The rules that Table Schema cannot say: `eventpack:rules`, one function per kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import InvalidOperation
from itertools import pairwise
from typing import Any

from eventpack.checks.keyvalues import is_complete, key_text, key_values
from eventpack.finding import Finding, Location, shorten
from eventpack.schema import Rule
from eventpack.subject import Subject
from eventpack.tables import Table
from eventpack.values import ValueType

_Broken = Iterator[tuple[Location | None, str, str]]
Kind = Callable[[Subject, Table, Rule], _Broken]


def check_rules(subject: Subject) -> Iterator[Finding]:
    """Each rule about rows; missing values satisfy a rule unless it is about their being missing."""
    yield from _broken(subject, _ROW_KINDS)


def check_expectations(subject: Subject) -> Iterator[Finding]:
    """Each rule about a table as a whole."""
    yield from _broken(subject, {"expect": _expect})


def _broken(subject: Subject, kinds: Mapping[str, Kind]) -> Iterator[Finding]:
    for table in subject.checked_tables:
        document = subject.package.documents[table.name]
        for index, rule in enumerate(subject.package.schemas[table.name].rules):
            if rule.kind not in kinds:
                continue
            why = f'{rule.say} ({document.path}, rule "{rule.name}")'
            for where, what, found in kinds[rule.kind](subject, table, rule):
                place = where or document.at("eventpack:rules", index)
                yield Finding(f"rule/{rule.kind}", place, what, found, why=why)


def _order(subject: Subject, table: Table, rule: Rule) -> _Broken:
    schema = subject.package.schemas[table.name]
    columns = [_values(table.column(name), schema.field(name).value_type) for name in rule.fields]
    last = len(columns) - 1
    for row, values in enumerate(zip(*columns, strict=True)):
        if values.count(None) >= last:
            continue  # fewer than two are given
        given = [(name, value) for name, value in zip(rule.fields, values, strict=True) if value is not None]
        for (name, value), (after, bound) in pairwise(given):
            if _is_above(value, bound):
                text, later = table.column(name)[row], table.column(after)[row]
                yield table.where(row, name), f"{name} {text} is above {after} {later}", text


def _is_above(value: Any, bound: Any) -> bool:
    try:
        return bool(value > bound)
    except (TypeError, InvalidOperation):  # one with a time zone and one without; or NaN
        return False


def _values(column: Sequence[str], kind: ValueType | None) -> list[Any]:
    """The values of a column, none where it is missing or cannot be read, which the check of cells reports."""
    values: dict[str, Any] = {"": None}
    for text in set(column) - {""}:
        with suppress(ValueError):
            values[text] = kind.read(text) if kind else text
    return [values.get(text) for text in column]


def _requires(subject: Subject, table: Table, rule: Rule) -> _Broken:
    assert rule.if_ is not None
    texts, needed = table.column(rule.if_), {name: table.column(name) for name in rule.then}
    given = f"is {rule.is_}" if rule.is_ is not None else "is given"
    for row in [row for row, text in enumerate(texts) if text and (rule.is_ is None or text == rule.is_)]:
        for name, column in needed.items():
            if not column[row]:
                yield table.where(row, rule.if_), f"`{rule.if_}` {given}, but `{name}` is missing", texts[row]


def _excludes(subject: Subject, table: Table, rule: Rule) -> _Broken:
    for row, texts in enumerate(table.rows(rule.fields)):
        given = [name for name, text in zip(rule.fields, texts, strict=True) if text]
        if len(given) > 1:
            yield table.where(row, given[1]), f"`{'` and `'.join(given)}` exclude each other", texts[0]


def _at_least_one(subject: Subject, table: Table, rule: Rule) -> _Broken:
    if rule.table is None:
        for row, texts in enumerate(table.rows(rule.fields)):
            if not any(texts):
                yield table.where(row, ""), f"one of `{'`, `'.join(rule.fields)}` must be given", ""
        return
    child, schemas = subject.tables.get(rule.table), subject.package.schemas
    if child is None or subject.unread.intersection((rule.table, table.name)):
        return
    key = schemas[rule.table].foreign_keys_to(table.name)[0]
    owners = set(filter(is_complete, key_values(child, schemas[rule.table], key.fields)))
    names = key.reference.fields
    for row, values in enumerate(key_values(table, schemas[table.name], names)):
        if values not in owners:
            what = f"{shorten(key_text(table, row, names))} has no row in {rule.table}"
            yield table.where(row, names[0]), what, ""


def _expect(subject: Subject, table: Table, rule: Rule) -> _Broken:
    if table.name in subject.unread:
        return  # a share of some rows says nothing of all
    if rule.field is None:
        measured, what = float(table.size), f"{table.name} has {table.size} rows"
    else:
        column = table.column(rule.field)
        counted = table.size - column.count("") if rule.is_ is None else column.count(rule.is_)
        measured = counted / table.size if table.size else 0.0
        what = f"`{rule.field}` is {'filled' if rule.is_ is None else rule.is_} in {counted} of {table.size} rows"
    # What is found is the rule, not the measure: that differs with every row, and the finding stays the same one.
    if rule.least is not None and measured < rule.least:
        yield None, f"{what}, at least {rule.least:g} expected: {rule.because}", rule.name
    if rule.most is not None and measured > rule.most:
        yield None, f"{what}, at most {rule.most:g} expected: {rule.because}", rule.name


_ROW_KINDS: Mapping[str, Kind] = {
    "order": _order,
    "requires": _requires,
    "excludes": _excludes,
    "at-least-one": _at_least_one,
}
