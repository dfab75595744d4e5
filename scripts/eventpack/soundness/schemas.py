"""What must hold of a schema: fields that can be judged, keys that lead somewhere, rules that can hold."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.characters import invisible, say_character
from eventpack.descriptor import Package
from eventpack.document import Document
from eventpack.finding import Finding, Severity, near_miss, shorten
from eventpack.judge import ConstraintError, compile_judge
from eventpack.resource import Resource
from eventpack.schema import Field, ForeignKey, Schema
from eventpack.soundness.patterns import pattern_findings
from eventpack.soundness.plain import plain_findings
from eventpack.soundness.rules import rules_findings
from eventpack.values import text_of


def schema_findings(package: Package, resource: Resource) -> Iterator[Finding]:
    """How a schema cannot be used: its fields, keys and rules."""
    schema, document = package.schemas[resource.name], package.documents[resource.name]
    names = schema.names
    for index, field in enumerate(schema.fields):
        here = document.inside("fields", index)
        if names.index(field.name) != index:
            yield Finding(
                "schema/duplicate-field", here.at("name"), f"the field `{field.name}` stands twice", field.name
            )
        yield from _hidden_in_name(field, here, package.foreign)
        yield from _field_findings(field, here, not package.foreign)
    if package.descriptor.profile_version is not None:
        yield from plain_findings(schema, document)
        yield from pattern_findings(schema, document)
    yield from _unknown_fields(schema, schema.primary_key, document.inside("primaryKey"), "primaryKey")
    for index, key in enumerate(schema.unique_keys):
        yield from _unknown_fields(schema, key, document.inside("uniqueKeys", index), "uniqueKeys")
    for index, foreign in enumerate(schema.foreign_keys):
        yield from _foreign_findings(package, schema, foreign, document.inside("foreignKeys", index))
    if schema.inside is not None and (problem := _inside_problem(package, resource.name, schema.inside)):
        yield Finding("schema/nesting", document.at("eventpack:inside"), problem, schema.inside)
    yield from rules_findings(package, resource.name, document.inside("eventpack:rules"))


def _hidden_in_name(field: Field, here: Document, foreign: bool) -> Iterator[Finding]:
    if char := invisible(field.name, name=True) or ("\n" if "\n" in field.name else ""):
        what = f"the name of a field holds {say_character(char)}, which nobody sees"
        severity: Severity = "warning" if foreign else "error"
        yield Finding("schema/property", here.at("name"), what, field.name, fix="rename it", severity=severity)


def _field_findings(field: Field, here: Document, canonical: bool) -> Iterator[Finding]:
    try:
        judge = compile_judge(field, canonical)
    except ConstraintError as error:
        code = "schema/unsupported" if error.name == "type" else "schema/constraint"
        yield Finding(code, here.at(*error.pointer), f"`{field.name}`: {error.what}")
        return
    if field.says_any:
        what = f"`{field.name}`: the type `{field.type}` has no format `any`, and is read in its default"
        severity: Severity = "error" if canonical else "warning"
        yield Finding("schema/unsupported", here.at("format"), what, "any", fix="remove it", severity=severity)
    if field.codes is not None and list(field.codes) != [text_of(code) for code in field.constraints.enum or []]:
        what = f"`{field.name}`: the codes defined and `constraints.enum` differ"
        yield Finding(
            "schema/codes", here.at("eventpack:codes"), what, fix="give both the same codes in the same order"
        )
    if field.example is not None:
        text = text_of(field.example)
        if field.value_type and field.value_type.text and not isinstance(field.example, str):
            yield Finding("schema/example", here.at("example"), "the example is no text, as the cells are", text)
        elif problem := judge(text):
            what = f"the example breaks its own field: {problem.what}"
            yield Finding("schema/example", here.at("example"), what, shorten(text), severity=problem.severity)


def _unknown_fields(schema: Schema, names: list[str], here: Document, key: str) -> Iterator[Finding]:
    for index, name in enumerate(names):
        if name not in schema.names:
            what = f"`{key}` names `{name}`, which is not a field{near_miss(name, schema.names)}"
            yield Finding("schema/key", here.at(index), what, name)


def _foreign_findings(package: Package, schema: Schema, key: ForeignKey, here: Document) -> Iterator[Finding]:
    yield from _unknown_fields(schema, key.fields, here.inside("fields"), "foreignKeys")
    names = [r.name for r in package.descriptor.resources]
    target = key.reference.resource
    if target and target not in names:
        what = f"`foreignKeys` leads to `{target}`, which is no resource{near_miss(target, names)}"
        yield Finding("schema/key", here.at("reference", "resource"), what, target)
        return
    if target and package.resource(target).schema_ is None:
        what = f"`foreignKeys` leads to `{target}`, which has no schema, so nobody knows its fields"
        yield Finding("schema/key", here.at("reference", "resource"), what, target, fix="give it a schema")
        return
    other = package.schemas.get(target) if target else schema
    if other is not None:
        yield from _unknown_fields(
            other, key.reference.fields, here.inside("reference", "fields"), f"reference to `{target or 'itself'}`"
        )
    if len(key.fields) != len(key.reference.fields):
        yield Finding("schema/key", here.at("reference"), "a foreign key needs as many fields on both sides")


def _inside_problem(package: Package, name: str, inside: str) -> str:
    """Why a table's rows cannot stand inside the records of another; its first foreign key there must name a record."""
    names = [r.name for r in package.descriptor.resources]
    if inside not in names:
        return f"there is no resource `{inside}`{near_miss(inside, names)}"
    if any(r.records for r in package.descriptor.resources) and not package.resource(inside).records:
        return f"`{inside}` has no record files that rows could stand in"
    schema, parent = package.schemas[name], package.schemas.get(inside)
    if parent and name in parent.names:
        return f"`{inside}` has a field `{name}`, so its records cannot hold a list of that name"
    keys = schema.foreign_keys_to(inside)
    if not keys:
        return f"rows inside `{inside}` need a foreign key that leads there"
    if len(keys[0].fields) != 1 or (parent and keys[0].reference.fields != parent.primary_key):
        return f"the first foreign key to `{inside}` must lead from one field to its primary key"
    return "" if schema.primary_key else "rows inside records need a primary key"
