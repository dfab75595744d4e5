"""What the keys of judged rows lead to in large tables, so that the checks of keys see what they need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from eventpack.descriptor import Package
from eventpack.filter.keys import JOIN, Key
from eventpack.filter.rows import columns_of
from eventpack.filter.scan import Scan
from eventpack.finding import Location
from eventpack.schema import ForeignKey, Schema
from eventpack.subject import Subject
from eventpack.tables import Table, table_from_rows
from eventpack.values import ValueType

_HINTS = 2_000  # a table with no more rows is held whole, since a hint may name any of its keys

_Wanted = Mapping[Key, set[tuple[str, ...]]]


def required_children(package: Package, name: str) -> Iterator[tuple[str, ForeignKey]]:
    """The tables that must have a row for each row of a table, with the key that leads from them to it."""
    for rule in package.schemas[name].rules:
        if rule.kind == "at-least-one" and rule.table is not None:
            yield rule.table, package.schemas[rule.table].foreign_keys_to(name)[0]


def supporting_rows(
    whole: Subject, judged: Mapping[str, Table], scans: Mapping[str, Scan], seed: int
) -> dict[str, Table]:
    """Every table with the keys that judged rows ask for and that it has; tables that are not large are whole."""
    wanted = _wanted(whole.package, judged)
    return {
        name: _found(scans[name], wanted[name], seed) if name in scans else table
        for name, table in whole.tables.items()
    }


def _wanted(package: Package, judged: Mapping[str, Table]) -> Mapping[str, _Wanted]:
    """Per table and key the texts that judged rows ask for."""
    wanted: dict[str, dict[Key, set[tuple[str, ...]]]] = defaultdict(lambda: defaultdict(set))
    for name, table in judged.items():
        for key in package.schemas[name].foreign_keys:
            asked = canonical_keys(package.schemas[name], key.fields, table)
            wanted[key.reference.resource or name][tuple(key.reference.fields)].update(asked)
        for child, key in required_children(package, name):
            wanted[child][tuple(key.fields)].update(canonical_keys(package.schemas[name], key.reference.fields, table))
    return wanted


def canonical_keys(schema: Schema, names: Sequence[str], table: Table) -> Iterator[tuple[str, ...]]:
    """The complete keys of a table, each value as its canonical text, so that equal values are equal texts."""
    kinds = [schema.field(name).value_type for name in names]
    for texts in filter(all, table.rows(names)):
        yield tuple(_canonical(kind, text) for kind, text in zip(kinds, texts, strict=True))


def _canonical(kind: ValueType | None, text: str) -> str:
    if kind is None or kind.text:
        return text
    try:
        return kind.format(kind.read(text))
    except ValueError:
        return text


def _found(scan: Scan, wanted: _Wanted, seed: int) -> Table:
    """A table of the keys asked for that the large table has; all of its keys when it is not that large."""
    table, names = scan.plan.table, sorted({name for key in wanted for name in key})
    if any(wanted.values()) and scan.rows <= _HINTS:
        return columns_of(scan.plan, names)
    rows = [
        [texts[key.index(name)] if name in key else "" for name in names]
        for key, asked in wanted.items()
        if asked  # else all keys would be hashed for nothing
        for texts in _held(sorted(asked), scan.keys[key], seed)
    ]
    return table_from_rows(table.name, names, rows, lambda row, field: Location(table.path, table=table.name))


def _held(asked: list[tuple[str, ...]], known: pl.Series, seed: int) -> Iterable[tuple[str, ...]]:
    hashes = pl.Series([JOIN.join(texts) for texts in asked], dtype=pl.String).hash(seed)
    return [texts for texts, held in zip(asked, hashes.is_in(known.implode()), strict=True) if held]
