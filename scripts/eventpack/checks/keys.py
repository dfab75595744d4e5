"""Keys: primary and unique values occur once, foreign keys lead somewhere, parent chains end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eventpack.finding import Finding, near_miss
from eventpack.schema import ForeignKey
from eventpack.subject import Subject
from eventpack.tables import Table


def check_primary_keys(subject: Subject) -> Iterator[Finding]:
    """No part of a primary key is missing, and no two rows have the same."""
    for table in subject.checked_tables:
        key = subject.package.schemas[table.name].primary_key
        if not key:
            continue
        for part in key:
            for row, text in enumerate(table.columns[part]):
                if not text:
                    what = f"`{part}` is part of the primary key and missing"
                    yield Finding("key/missing", table.where(row, part), what)
        yield from _repeated(table, key, "key/primary", "the primary key")


def check_unique_keys(subject: Subject) -> Iterator[Finding]:
    """Values under `unique` and `uniqueKeys` occur once; missing ones do not count."""
    for table in subject.checked_tables:
        schema = subject.package.schemas[table.name]
        single = [[field.name] for field in schema.fields if field.constraints.unique]
        for key in (*single, *schema.unique_keys):
            if key != schema.primary_key:
                yield from _repeated(table, key, "key/unique", "the unique value of")


def _repeated(table: Table, key: Sequence[str], code: str, say: str) -> Iterator[Finding]:
    rows = list(table.rows(key))
    if len(set(rows)) == len(rows):
        return
    first: dict[tuple[str, ...], int] = {}
    for row, values in enumerate(rows):
        if not all(values):
            continue
        if values in first:
            text = ", ".join(values)
            what = f"{say} `{', '.join(key)}` repeats: {text}"
            other = table.where(first[values], key[-1])
            yield Finding(code, table.where(row, key[-1]), what, text, why=f"it stands first at {other}")
        else:
            first[values] = row


def check_foreign_keys(subject: Subject) -> Iterator[Finding]:
    """Every value of a foreign key occurs in the table it leads to; keys into unread tables are not judged."""
    for table in subject.checked_tables:
        for key in subject.package.schemas[table.name].foreign_keys:
            target = subject.tables.get(key.reference.resource or table.name)
            if target is not None and target.name not in subject.unread:
                yield from _dangling(table, key, target)


def _dangling(table: Table, key: ForeignKey, target: Table) -> Iterator[Finding]:
    known = set(target.rows(key.reference.fields))
    rows = list(table.rows(key.fields))
    if set(rows) <= known:
        return
    for row, values in enumerate(rows):
        if values in known or not all(values):
            continue
        text = ", ".join(values)
        meant = near_miss(values[0], sorted(value[0] for value in known)) if len(values) == 1 else ""
        what = f"`{', '.join(key.fields)}` {text} is not in {target.name}{meant}"
        fix = f"correct it, or add it to {target.name}"
        yield Finding("key/foreign", table.where(row, key.fields[0]), what, text, fix=fix)


def check_parent_chains(subject: Subject) -> Iterator[Finding]:
    """Nothing is its own ancestor: a foreign key from a table to its own primary key never runs in a circle."""
    for table in subject.checked_tables:
        schema = subject.package.schemas[table.name]
        for key in schema.foreign_keys:
            own = key.reference.resource in ("", table.name) and key.reference.fields == schema.primary_key
            if own and len(key.fields) == 1 and key.fields != schema.primary_key:
                yield from _circles(table, schema.primary_key[0], key.fields[0])


def _circles(table: Table, id_field: str, parent_field: str) -> Iterator[Finding]:
    ids = table.columns[id_field]
    parent = dict(zip(ids, table.columns[parent_field], strict=True))
    ended: set[str] = {""}
    for start in ids:
        chain: dict[str, None] = {}
        at = start
        while at not in ended and at not in chain and at in parent:
            chain[at] = None
            at = parent[at]
        if at in chain:
            circle = list(chain)[list(chain).index(at) :]
            what = f"`{parent_field}` runs in a circle: {' → '.join([*circle, at])}"
            yield Finding("key/cycle", table.where(ids.index(at), parent_field), what, parent[at])
        ended.update(chain)
