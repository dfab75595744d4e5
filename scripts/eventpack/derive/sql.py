"""The tables of a package as SQL: one file of definitions that SQLite and PostgreSQL both take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eventpack.derive.conditions import field_conditions, rule_condition
from eventpack.derive.editor import FOLDER
from eventpack.derive.sentences import rule_phrase
from eventpack.derive.sqltext import Names, comment, listed, quoted, statement
from eventpack.descriptor import Package
from eventpack.schema import Field, ForeignKey, Schema

SQL = f"{FOLDER}/tables.sql"
_ABOUT = """\
Written by `eventpack build` from the schemas. SQLite and PostgreSQL take it as it is.

A missing value is NULL: empty cells of the CSV files must become NULL when they are loaded. Keys between tables are
checked when a transaction ends; SQLite checks them after PRAGMA foreign_keys = ON.

Constraints whose names end in _form say to SQLite, whose columns take any text, what PostgreSQL knows from the type.
SQLite has no booleans: there, true and false are text. Nor has it a calendar: it takes 2026-02-30. PostgreSQL compares
the form of days in its usual DateStyle, ISO.

What is left to `eventpack validate`: what an event dataset must keep, white space at the ends of a text, text that a
spreadsheet would run, and all that is marked `not checked` below.
"""
_DEFERRED = "DEFERRABLE INITIALLY DEFERRED"

_Item = tuple[Sequence[str], str]


def sql_bytes(package: Package) -> bytes | None:
    """The definitions as a file; none while some schema cannot be used."""
    if package.unsound:
        return None
    lines = comment(f"{package.descriptor.name}: {package.descriptor.title}".rstrip(": "))
    for paragraph in _ABOUT.split("\n\n"):
        lines += ["--", *comment(paragraph)]
    order = table_order(package)
    names = Names(order)
    for index, name in enumerate(order):
        lines += ["", *_table(package, name, {*order[: index + 1]}, names)]
    return ("\n".join(lines) + "\n").encode("utf-8")


def table_order(package: Package) -> list[str]:
    """The tables, each after those that its keys lead to; of a circle, that one first which leads to the fewest."""
    order: list[str] = []
    waiting = {table.name: _targets(package, table.name) for table in package.tables}

    def cost(name: str) -> tuple[int, int]:
        reached, found = set[str](), {name}
        while found:
            found = {other for table in found for other in waiting[table] if other in waiting} - reached
            reached |= found
        return len(reached | {name}), len(waiting[name] & waiting.keys())

    while waiting:
        order.append(min(waiting, key=cost))
        del waiting[order[-1]]
    return order


def _targets(package: Package, name: str) -> set[str]:
    return {key.reference.resource for key in package.schemas[name].foreign_keys} - {"", name}


def _table(package: Package, name: str, known: set[str], names: Names) -> Iterator[str]:
    resource, schema = package.resource(name), package.schemas[name]
    for text in (schema.title or resource.title or name, schema.description):
        yield from comment(text)
    notes: list[str] = []
    items = [_column(field, schema) for field in schema.fields]
    items += _keys(name, schema, names)
    items += _foreign_keys(package, name, known, names, notes)
    items += _checks(name, schema, names, notes)
    yield from statement(f"CREATE TABLE {quoted(name)}", items)
    for note in notes:
        yield from comment(f"not checked: {note}")


def _column(field: Field, schema: Schema) -> _Item:
    kind = field.value_type
    filled = field.constraints.required or field.name in schema.primary_key
    unit = f" Unit: {field.unit}." if field.unit else ""
    lines = comment(f"{field.title or field.name}: {field.description}".rstrip(": ") + unit, "  ")
    if field.format != "default" and kind:
        lines += comment(f"not checked: must be {kind.say}", "  ")
    if kind and not kind.sql.compares:
        lines += comment("not checked: kept as text, so its constraints are not compared", "  ")
    if field.constraints.pattern is not None:
        lines += comment(f"not checked: of the form {field.constraints.pattern}", "  ")
    type_name = kind.sql.name if kind else "TEXT"
    column = f"{quoted(field.name)} {type_name}{' NOT NULL' if filled else ''}"
    return lines, column


def _keys(table: str, schema: Schema, names: Names) -> Iterator[_Item]:
    if schema.primary_key:
        yield (), f"CONSTRAINT {names.give(table, 'key')} PRIMARY KEY {listed(schema.primary_key)}"
    for key in _unique_keys(schema):
        yield (), f"CONSTRAINT {names.give(table, *key, 'unique')} UNIQUE {listed(key)}"


def _unique_keys(schema: Schema) -> list[list[str]]:
    keys = [*([f.name] for f in schema.fields if f.constraints.unique), *schema.unique_keys]
    return [key for index, key in enumerate(keys) if key != schema.primary_key and key not in keys[:index]]


def _foreign_keys(package: Package, table: str, known: set[str], names: Names, notes: list[str]) -> Iterator[_Item]:
    schema = package.schemas[table]
    for key in schema.foreign_keys:
        target = key.reference.resource or table
        leads = f"{listed(key.fields)} REFERENCES {quoted(target)} {listed(key.reference.fields)}"
        if problem := _key_problem(schema, key, package.schemas.get(target), target in known):
            notes.append(f"FOREIGN KEY {leads}, because {problem}")
        else:
            name = names.give(table, *key.fields, "in", target)
            yield (), f"CONSTRAINT {name} FOREIGN KEY {leads} {_DEFERRED}"


def _key_problem(schema: Schema, key: ForeignKey, target: Schema | None, known: bool) -> str:
    """Why a foreign key cannot be one of a database, or nothing."""
    if target is None:
        return "that table has no schema"
    if not known:
        return "the tables lead to each other in a circle"
    fields = key.reference.fields
    if all(set(unique) != set(fields) for unique in (target.primary_key, *_unique_keys(target))):
        return f"{listed(fields)} is not said to be unique there"
    pairs = zip(key.fields, fields, strict=True)
    if any(_sql_name(schema.field(own)) != _sql_name(target.field(other)) for own, other in pairs):
        return "the types differ"
    return ""


def _sql_name(field: Field) -> str:
    return field.value_type.sql.name if field.value_type else "TEXT"


def _checks(table: str, schema: Schema, names: Names, notes: list[str]) -> Iterator[_Item]:
    for field in schema.fields:
        for kind, condition in field_conditions(field):
            yield (), f"CONSTRAINT {names.give(table, field.name, kind)} CHECK ({condition})"
    for rule in schema.rules:
        if condition := rule_condition(rule, schema):
            name = names.give(table, "rule", rule.name)
            yield comment(rule.say, "  "), f"CONSTRAINT {name} CHECK ({condition})"
        else:
            notes.append(f"{rule.say} (`{rule.name}`: {rule_phrase(rule)})")
