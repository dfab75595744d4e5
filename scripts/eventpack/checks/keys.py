"""Keys: primary and unique values occur once, foreign keys lead somewhere, parent chains end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eventpack.checks.keyvalues import Key, is_complete, key_text, key_values
from eventpack.finding import Finding, near_misses, shorten
from eventpack.schema import ForeignKey, Schema
from eventpack.subject import Subject
from eventpack.tables import Table


def check_primary_keys(subject: Subject) -> Iterator[Finding]:
    """No part of a primary key is missing, and no two rows have the same."""
    for table in subject.checked_tables:
        schema = subject.package.schemas[table.name]
        if not (key := schema.primary_key):
            continue
        for part in key:
            for row, text in enumerate(table.column(part)):
                if not text and subject.tally.takes("key/missing", table.name):
                    what = f"`{part}` is part of the primary key and missing"
                    yield Finding("key/missing", table.where(row, part), what)
        yield from _repeated(subject, table, key, "key/primary", "the primary key")


def check_unique_keys(subject: Subject) -> Iterator[Finding]:
    """Values under `unique` and `uniqueKeys` occur once; missing ones do not count."""
    for table in subject.checked_tables:
        schema = subject.package.schemas[table.name]
        single = [[field.name] for field in schema.fields if field.constraints.unique]
        for key in (*single, *schema.unique_keys):
            if key != schema.primary_key:
                yield from _repeated(subject, table, key, "key/unique", "the unique value of")


def _repeated(subject: Subject, table: Table, key: Sequence[str], code: str, say: str) -> Iterator[Finding]:
    keys = key_values(table, subject.package.schemas[table.name], key)
    if len(set(keys)) == len(keys):
        return
    first: dict[Key, int] = {}
    for row, values in enumerate(keys):
        if not is_complete(values):
            continue
        if values in first:
            if not subject.tally.takes(code, table.name):
                continue
            text = key_text(table, row, key)
            what = f"{say} `{', '.join(key)}` repeats: {shorten(text)}"
            other = table.where(first[values], key[-1])
            yield Finding(code, table.where(row, key[-1]), what, shorten(text), why=f"it stands first at {other}")
        else:
            first[values] = row


def check_foreign_keys(subject: Subject) -> Iterator[Finding]:
    """Every value of a foreign key occurs in the table it leads to; keys into unread tables are not judged."""
    for table in subject.checked_tables:
        for key in subject.package.schemas[table.name].foreign_keys:
            target = subject.tables.get(key.reference.resource or table.name)
            if target is not None and target.name not in subject.unread:
                yield from _dangling(subject, table, key, target)


def _dangling(subject: Subject, table: Table, key: ForeignKey, target: Table) -> Iterator[Finding]:
    schemas = subject.package.schemas
    if _are_texts(schemas[table.name], key.fields) and _are_texts(schemas[target.name], key.reference.fields):
        texts = set(table.column(key.fields[0])) - {""}
        if texts.issubset(target.column(key.reference.fields[0])):
            return
    known = set(key_values(target, schemas[target.name], key.reference.fields))
    keys = key_values(table, schemas[table.name], key.fields)
    if known.issuperset(keys):
        return
    single = len(key.fields) == 1
    meant = near_misses(target.column(key.reference.fields[0]) if single else ())
    fix = f"correct it, or add it to {target.name}"
    for row, values in enumerate(keys):
        if values in known or not is_complete(values) or not subject.tally.takes("key/foreign", table.name):
            continue
        text = key_text(table, row, key.fields)
        what = f"`{', '.join(key.fields)}` {shorten(text)} is not in {target.name}{meant(text)}"
        yield Finding("key/foreign", table.where(row, key.fields[0]), what, shorten(text), fix=fix)


def _are_texts(schema: Schema, names: Sequence[str]) -> bool:
    """Whether a key is one field whose texts are its values."""
    kind = schema.field(names[0]).value_type if len(names) == 1 else None
    return kind is not None and kind.text


def check_parent_chains(subject: Subject) -> Iterator[Finding]:
    """Nothing is its own ancestor: a foreign key from a table to its own primary key never runs in a circle."""
    for table in subject.checked_tables:
        schema = subject.package.schemas[table.name]
        for key in schema.foreign_keys:
            own = key.reference.resource in ("", table.name) and key.reference.fields == schema.primary_key
            if own and len(key.fields) == 1 and key.fields != schema.primary_key:
                yield from _circles(table, schema, schema.primary_key[0], key.fields[0])


def _circles(table: Table, schema: Schema, id_field: str, parent_field: str) -> Iterator[Finding]:
    ids, parents = key_values(table, schema, [id_field]), key_values(table, schema, [parent_field])
    row_of: dict[Key, int] = {}
    for row, own in enumerate(ids):
        row_of.setdefault(own, row)
    ended: set[Key] = {("",)}
    for start in row_of:
        chain: dict[Key, None] = {}
        at = start
        while at not in ended and at not in chain and at in row_of:
            chain[at] = None
            at = parents[row_of[at]]
        if at in chain:
            steps = list(chain)
            circle = [row_of[own] for own in steps[steps.index(at) :]]
            texts = [table.column(id_field)[row] for row in (*circle, circle[0])]
            what = f"`{parent_field}` runs in a circle: {shorten(' → '.join(texts), 200)}"
            found = shorten(table.column(parent_field)[circle[0]])
            yield Finding("key/cycle", table.where(circle[0], parent_field), what, found)
        ended.update(chain)
