"""The vocabularies of a package as Markdown: codes with their meaning and their equivalents.

The equivalents are in the tables that lead to a vocabulary and have the fields scheme, value and relation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from eventpack.cells import Cells, cells_of
from eventpack.derive.markdown import code, plain, table
from eventpack.resource import Resource
from eventpack.schema import Schema
from eventpack.subject import Subject
from eventpack.vocabularies import broader_field

_EQUIVALENT = ("scheme", "value", "relation")

Equivalents = Mapping[str, Sequence[str]]


def vocabulary_lines(subject: Subject, resource: Resource) -> Iterator[str]:
    """The Markdown lines of one vocabulary: a tree when its codes have broader ones, else a table."""
    schema = subject.package.schemas[resource.name]
    rows = sorted(cells_of(subject, resource.name), key=lambda row: row[schema.primary_key[0]])
    equivalents = _equivalents(subject, resource)
    parent = broader_field(schema)
    if parent:
        yield from _tree(rows, schema, parent, equivalents)
    elif rows:
        shown = [name for name in schema.names if any(row[name] for row in rows)]
        titles = [schema.field(name).title or name for name in shown]
        yield from table(titles, ([_cell(row, name, schema) for name in shown] for row in rows))


def _cell(row: Cells, name: str, schema: Schema) -> str:
    return code(row[name]) if name in schema.primary_key else plain(row[name])


def _equivalents(subject: Subject, resource: Resource) -> dict[str, list[str]]:
    """Per code what it is called in other schemes, from the tables that lead here and name a scheme."""
    found: dict[str, list[str]] = defaultdict(list)
    for other in subject.package.tables:
        schema = subject.package.schemas[other.name]
        keys = [key.fields[0] for key in schema.foreign_keys if key.reference.resource == resource.name]
        if keys and set(_EQUIVALENT) <= set(schema.names):
            for row in cells_of(subject, other.name):
                scheme, value, relation = (row[name] for name in _EQUIVALENT)
                condition = f", when {plain(row['condition'])}" if row.get("condition") else ""
                found[row[keys[0]]].append(f"{plain(scheme)} {code(value)} ({plain(relation)}{condition})")
    return found


def _tree(rows: Sequence[Cells], schema: Schema, parent: str, equivalents: Equivalents) -> Iterator[str]:
    key = schema.primary_key[0]
    known = {row[key] for row in rows}
    narrower: dict[str, list[Cells]] = defaultdict(list)
    for row in rows:
        narrower[row[parent] if row[parent] in known else ""].append(row)
    for index, top in enumerate(narrower[""]):
        yield from [""] if index else []
        yield from (f"**{code(top[key])} {plain(top.get('label', ''))}**", "")
        yield _meaning(top, schema, parent, equivalents)
        branch = list(_branch(top[key], narrower, key, 0))
        if branch:
            yield ""
        for depth, row in branch:
            label = f" {plain(row['label'])}." if row.get("label") else ""
            yield f"{'  ' * depth}- {code(row[key])}{label} {_meaning(row, schema, parent, equivalents)}"


def _branch(top: str, narrower: Mapping[str, Sequence[Cells]], key: str, depth: int) -> Iterator[tuple[int, Cells]]:
    for row in narrower.get(top, ()):
        yield depth, row
        yield from _branch(row[key], narrower, key, depth + 1)


def _meaning(row: Cells, schema: Schema, parent: str, equivalents: Equivalents) -> str:
    """The definition, then every other filled field by its title, then the equivalents."""
    told = {*schema.primary_key, parent, "label", "definition"}
    parts = [plain(row.get("definition", ""))]
    others = [(schema.field(name).title or name, text) for name, text in row.items() if text and name not in told]
    parts += [f"{title}: {plain(text).rstrip('.')}." for title, text in others]
    if same := equivalents.get(row[schema.primary_key[0]]):
        parts.append(f"Equivalents: {'; '.join(same)}.")
    return " ".join(part for part in parts if part)
