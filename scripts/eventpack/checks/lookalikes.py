"""Keys that differ, and that nobody can tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eventpack.characters import difference, plain_forms, seen_form
from eventpack.checks.keyvalues import Key, is_complete, key_text, key_values
from eventpack.finding import Finding, Severity, shorten, visible
from eventpack.schema import Schema
from eventpack.subject import Subject
from eventpack.tables import Table


def check_near_duplicates(subject: Subject) -> Iterator[Finding]:
    """No two keys of a table differ in case, white space, normal form or look-alike letters alone."""
    severity: Severity = "warning" if subject.package.descriptor.profile_version is None else "error"
    for table in subject.checked_tables:
        schema = subject.package.schemas[table.name]
        single = [[field.name] for field in schema.fields if field.constraints.unique]
        for key in dict.fromkeys(map(tuple, (schema.primary_key, *single, *schema.unique_keys))):
            kinds = [schema.field(name).value_type for name in key]
            if any(kind is not None and kind.text for kind in kinds):
                yield from _near(table, schema, key, severity)


def _near(table: Table, schema: Schema, key: Sequence[str], severity: Severity) -> Iterator[Finding]:
    rows: dict[Key, int] = {}
    for row, values in enumerate(key_values(table, schema, key)):
        rows.setdefault(values, row)
    keys = [values for values in rows if is_complete(values)]
    plain = _forms(keys)
    if len(set(plain)) == len(keys) and all(map(_is_ascii, zip(*plain, strict=True))):
        return
    first_plain: dict[Key, Key] = {}
    first_seen: dict[Key, Key] = {}
    for values, form in zip(keys, plain, strict=True):
        look = tuple(seen_form(value) if isinstance(value, str) else value for value in values)
        other = first_plain.setdefault(form, first_seen.setdefault(look, values))
        if other != values:
            yield _finding(table, key, rows[values], rows[other], severity)


def _forms(keys: Sequence[Key]) -> list[Key]:
    columns = []
    for column in zip(*keys, strict=True):
        texts = [value for value in column if isinstance(value, str)]
        columns.append(plain_forms(texts) if len(texts) == len(column) else column)
    return list(zip(*columns, strict=True))


def _is_ascii(column: Sequence[object]) -> bool:
    return "".join([value for value in column if isinstance(value, str)]).isascii()


def _finding(table: Table, key: Sequence[str], row: int, first: int, severity: Severity) -> Finding:
    text, other = key_text(table, row, key), key_text(table, first, key)
    name = next(name for name in reversed(key) if table.column(name)[row] != table.column(name)[first])
    way = difference(text, other)
    what = f"the key `{', '.join(key)}` differs from another one in {way} alone: {visible(shorten(text))}"
    why = f"{visible(shorten(other))} stands at {table.where(first, name)}"
    fix = "if both mean the same, give both rows one key; if not, make the difference plain"
    return Finding("key/near-duplicate", table.where(row, name), what, shorten(text), why, fix, severity)
