"""A new record: what must be filled in, with the meaning of each field and its codes as comments."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from eventpack.curate.ids import fresh_id
from eventpack.curate.rows import judge_cells
from eventpack.curate.source import open_source, read_tables, root_of
from eventpack.errors import EventpackError
from eventpack.files import write_atomically
from eventpack.finding import shorten
from eventpack.recordtext import Form, format_record, record_form
from eventpack.schema import Field, Schema
from eventpack.subject import Subject
from eventpack.values import text_of
from eventpack.vocabularies import vocabularies
from eventpack.yamltext import WIDTH, scalar

_CODES_SHOWN = 24  # a longer vocabulary is summed up


def add_record(cells: Mapping[str, str], path: str | Path = ".") -> tuple[str, str]:
    """Write the skeleton of a new record into the records folder; return its id and the file's path.

    Raises:
        EventpackError: The package has no records, or a cell given is not allowed; nothing was written.
    """
    package = open_source(path)
    form, root = record_form(package), package.record_table
    if form is None or root is None:
        raise EventpackError("the package has no records", "mark a table with `eventpack:records` in its descriptor")
    subject = read_tables(package, root.name)
    judge_cells(subject, root.name, cells, complete=False)
    record_id = cells.get(form.shape.id_field) or fresh_id(subject, root.name)
    file = root_of(package) / str(root.records) / f"{record_id}.yaml"
    if file.exists() or record_id in subject.tables[root.name].columns[form.shape.id_field]:
        raise EventpackError(f"there is a record {record_id} already", "leave the id out; a fresh one is made")
    text = skeleton(subject, form, {**cells, form.shape.id_field: record_id})
    write_atomically(file, text.encode("utf-8"))
    return record_id, file.as_posix()


def skeleton(subject: Subject, form: Form, cells: Mapping[str, str]) -> str:
    """The canonical text of a record in which some cells are given and the required others wait to be filled in."""
    shape, schemas = form.shape, subject.package.schemas
    schema = schemas[shape.table]
    lines = list(_field_lines(subject, form, shape.table, {**_defaults(subject, schema), **cells}, 0))
    needed = {rule.table for rule in schema.rules if rule.kind == "at-least-one"}
    for child in shape.keys:
        if child in needed:
            key = next((name for name in shape.primary[child] if name != shape.keys[child]), "")
            rows = list(_field_lines(subject, form, child, {key: fresh_id(subject, child)} if key else {}, 4))
            lines += [f"{child}:", f"  - {rows[0][4:]}", *rows[1:]] if rows else []
    more = [field.name for field in schema.fields if not field.constraints.required and field.name not in cells]
    lines += _comment(f"More fields: {', '.join(more)}.", 0) if more else []
    others = [f"{name} ({', '.join(shape.inner(name))})" for name in shape.keys if name not in needed]
    lines += _comment(f"More lists: {'; '.join(others)}.", 0) if others else []
    return format_record("\n".join(lines) + "\n", "", form)


def _defaults(subject: Subject, schema: Schema) -> dict[str, str]:
    """What a new event starts with: a draft, coded today, by the codebook that was used last."""
    books = (
        [text for text in subject.tables["events"].columns.get("codebook", ()) if text]
        if "events" in subject.tables
        else []
    )
    values = {"review": "draft", "coded_on": date.today().isoformat(), "codebook": max(books, default="")}
    return {name: text for name, text in values.items() if name in schema.names}


def _field_lines(subject: Subject, form: Form, table: str, cells: Mapping[str, str], indent: int) -> Iterator[str]:
    """The lines of one mapping: given cells, and the required others empty below their explanation."""
    schema = subject.package.schemas[table]
    margin = " " * indent
    names = form.shape.inner(table)
    first = next(iter(form.shape.primary[table]), "")
    for name in sorted(names, key=lambda name: name != first):
        field, text = schema.field(name), cells.get(name, "")
        if text:
            yield f"{margin}{name}: {scalar(text, field.value_type)}"
        elif field.constraints.required:
            yield from _explain(subject, table, field, indent)
            yield f"{margin}{name}:"


def _explain(subject: Subject, table: str, field: Field, indent: int) -> Iterator[str]:
    yield from _comment(field.description, indent)
    for code, meaning in (field.codes or {}).items():
        yield f"{' ' * indent}#   {shorten(f'{code}: {meaning.definition}', WIDTH - indent - 4)}"
    if field.constraints.enum and not field.codes:
        yield from _comment(f"One of: {', '.join(map(text_of, field.constraints.enum))}.", indent)
    for key in subject.package.schemas[table].foreign_keys:
        if key.fields == [field.name]:
            yield from _explain_key(subject, key.reference.resource or table, indent)


def _explain_key(subject: Subject, target: str, indent: int) -> Iterator[str]:
    """Where the values of a field come from; the codes of a short vocabulary, the roots of a long one."""
    resource = subject.package.resource(target)
    if target not in subject.tables or resource not in vocabularies(subject.package):
        yield from _comment(f"An id of {target} ({resource.path}).", indent)
        return
    schema, rows = subject.package.schemas[target], subject.tables[target]
    codes = rows.columns[schema.primary_key[0]]
    parent = next((key.fields[0] for key in schema.foreign_keys if not key.reference.resource), "")
    if len(codes) <= _CODES_SHOWN or not parent:
        yield from _comment(f"One of {target}: {', '.join(codes)}.", indent)
        return
    roots = [code for code, broader in zip(codes, rows.columns[parent], strict=True) if not broader]
    yield from _comment(
        f"One of the {len(codes)} codes of {target} ({resource.path}), below {', '.join(roots)}.", indent
    )


def _comment(text: str, indent: int) -> list[str]:
    """Text as comment lines that end by the usual column."""
    start = " " * indent + "# "
    lines = textwrap.wrap(" ".join(text.split()), WIDTH - len(start), break_long_words=False, break_on_hyphens=False)
    return [start + line for line in lines]
