"""What must hold of a descriptor and its schemas before tables can be read; a table that fails is not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from eventpack.descriptor import Package, Resource
from eventpack.document import Document
from eventpack.finding import Finding, Location, near_miss, shorten
from eventpack.jsontext import Pointer
from eventpack.judge import ConstraintError, compile_judge
from eventpack.schema import Field, ForeignKey, Rule, Schema

# What a rule of each kind needs beside name, kind and say; one of the alternatives suffices.
_RULE_NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "order": (("fields",),),
    "requires": (("if_", "then"),),
    "excludes": (("fields",),),
    "at-least-one": (("fields",), ("table",)),
    "expect": (("least", "because"), ("most", "because")),
}
_DIALECT = {
    "delimiter": (",",), "lineTerminator": ("\n",), "quoteChar": ('"',), "doubleQuote": (True,), "header": (True,),
    "skipInitialSpace": (False,), "caseSensitiveHeader": (True, False), "csvddfVersion": (1.0, 1.2, "1.0", "1.2"),
}  # fmt: skip


def keep_sound(package: Package) -> tuple[Package, list[Finding]]:
    """The package without the tables that cannot be read as they are described, and why."""
    findings: list[Finding] = []
    unsound: set[str] = set()
    seen: set[str] = set()
    for index, resource in enumerate(package.descriptor.resources):
        here = package.document.inside("resources", index)
        if resource.name in seen:
            what = f"two resources are named `{resource.name}`"
            findings.append(
                Finding("descriptor/duplicate-name", here.at("name"), what, resource.name, fix="rename one")
            )
            continue
        seen.add(resource.name)
        if resource.name not in package.schemas:
            unsound.add(resource.name)
            continue
        problems = [*_resource_findings(package, resource, here), *_schema_findings(package, resource)]
        findings += [replace(f, where=replace(f.where, table=resource.name)) for f in problems]
        if any(f.severity == "error" for f in problems):
            unsound.add(resource.name)
    schemas = {name: schema for name, schema in package.schemas.items() if name not in unsound}
    return replace(package, schemas=schemas), findings


def _resource_findings(package: Package, resource: Resource, here: Document) -> Iterator[Finding]:
    if resource.encoding.lower() not in ("utf-8", "utf8"):
        what = f"encoding `{resource.encoding}` is not supported"
        yield Finding("descriptor/unsupported", here.at("encoding"), what, resource.encoding, fix="convert to UTF-8")
    if resource.format.lower() not in ("", "csv"):
        what = f"the format `{resource.format}` is not supported"
        yield Finding("descriptor/unsupported", here.at("format"), what, resource.format, fix="convert the file to CSV")
    for name, value in resource.dialect.items():
        if name not in _DIALECT or value not in _DIALECT[name]:
            what = f"the dialect `{name}: {value}` is not supported"
            yield Finding("descriptor/unsupported", here.at("dialect", name), what, str(value))
    marks = [m for m in (resource.records, resource.inside, resource.derivation) if m]
    if len(marks) > 1:
        yield Finding("descriptor/nesting", here.at(), f"`{resource.name}` is built in more than one way")
    if resource.records and len(package.schemas[resource.name].primary_key) != 1:
        yield Finding(
            "descriptor/nesting",
            here.at_key("eventpack:records"),
            "a table of records needs a primary key of one field",
        )
    if resource.inside:
        yield from _inside_findings(package, resource, here)


def _inside_findings(package: Package, resource: Resource, here: Document) -> Iterator[Finding]:
    where = here.at("eventpack:inside")
    names = [r.name for r in package.descriptor.resources]
    if resource.inside not in names:
        what = f"there is no resource `{resource.inside}`{near_miss(str(resource.inside), names)}"
        yield Finding("descriptor/nesting", where, what, str(resource.inside))
    elif not any(k.reference.resource == resource.inside for k in package.schemas[resource.name].foreign_keys):
        what = f"rows inside `{resource.inside}` need a foreign key that leads there"
        yield Finding("descriptor/nesting", where, what, str(resource.inside))
    elif not package.schemas[resource.name].primary_key:
        yield Finding("descriptor/nesting", where, "rows inside records need a primary key", str(resource.inside))


def _schema_findings(package: Package, resource: Resource) -> Iterator[Finding]:
    schema, document = package.schemas[resource.name], package.documents[resource.name]
    for index, field in enumerate(schema.fields):
        here = document.inside("fields", index)
        if schema.names.index(field.name) != index:
            yield Finding(
                "schema/duplicate-field", here.at("name"), f"the field `{field.name}` stands twice", field.name
            )
        yield from _field_findings(field, here)
    if schema.missing_values != [""]:
        what = "missing values other than the empty cell are not supported"
        yield Finding("schema/unsupported", document.at("missingValues"), what, str(schema.missing_values))
    yield from _unknown_fields(schema, schema.primary_key, document.at("primaryKey"), "primaryKey")
    for index, key in enumerate(schema.unique_keys):
        yield from _unknown_fields(schema, key, document.at("uniqueKeys", index), "uniqueKeys")
    for index, foreign in enumerate(schema.foreign_keys):
        yield from _foreign_findings(package, schema, foreign, document.inside("foreignKeys", index))
    for index, rule in enumerate(schema.rules):
        yield from _rule_findings(package, resource.name, rule, document.inside("eventpack:rules", index))


def _field_findings(field: Field, here: Document) -> Iterator[Finding]:
    try:
        judge = compile_judge(field)
    except ConstraintError as error:
        pointer: Pointer = (error.name,) if error.name == "type" else ("constraints", error.name)
        code = "schema/unsupported" if error.name == "type" else "schema/constraint"
        yield Finding(code, here.at(*pointer), f"`{field.name}`: {error.what}")
        return
    if field.codes is not None and list(field.codes) != [str(c) for c in field.constraints.enum or []]:
        what = f"`{field.name}`: the codes defined and `constraints.enum` differ"
        yield Finding(
            "schema/codes", here.at("eventpack:codes"), what, fix="give both the same codes in the same order"
        )
    if field.example is not None:
        text = str(field.example).lower() if isinstance(field.example, bool) else str(field.example)
        if problem := judge(text):
            what = f"the example breaks its own field: {problem.what}"
            yield Finding("schema/example", here.at("example"), what, shorten(text))


def _unknown_fields(schema: Schema, names: list[str], where: Location, key: str) -> Iterator[Finding]:
    for name in names:
        if name not in schema.names:
            what = f"`{key}` names `{name}`, which is not a field{near_miss(name, schema.names)}"
            yield Finding("schema/key", where, what, name)


def _foreign_findings(package: Package, schema: Schema, key: ForeignKey, here: Document) -> Iterator[Finding]:
    yield from _unknown_fields(schema, key.fields, here.at("fields"), "foreignKeys")
    names = [r.name for r in package.descriptor.resources]
    where, target = here.at("reference"), key.reference.resource
    if target and target not in names:
        yield Finding(
            "schema/key",
            where,
            f"`foreignKeys` leads to `{target}`, which is no resource{near_miss(target, names)}",
            target,
        )
        return
    other = package.schemas.get(target) if target else schema
    if other is not None:
        yield from _unknown_fields(other, key.reference.fields, where, f"reference to `{target or 'itself'}`")
    if len(key.fields) != len(key.reference.fields):
        yield Finding("schema/key", where, "a foreign key needs as many fields on both sides")


def _rule_findings(package: Package, table: str, rule: Rule, here: Document) -> Iterator[Finding]:
    schema = package.schemas[table]
    if not any(all(getattr(rule, need) not in (None, [], "") for need in needs) for needs in _RULE_NEEDS[rule.kind]):
        wanted = " or ".join("`" + "`, `".join(n.rstrip("_") for n in needs) + "`" for needs in _RULE_NEEDS[rule.kind])
        yield Finding(
            "schema/rule", here.at(), f"the rule `{rule.name}` of kind `{rule.kind}` needs {wanted}", rule.kind
        )
    named = [*rule.fields, *rule.then, *([rule.if_] if rule.if_ else []), *([rule.field] if rule.field else [])]
    for name in named:
        if name not in schema.names:
            what = f"the rule `{rule.name}` names `{name}`, which is not a field{near_miss(name, schema.names)}"
            yield Finding("schema/rule", here.at(), what, name)
    if rule.kind == "order" and len({_scale(schema, name) for name in rule.fields if name in schema.names}) > 1:
        yield Finding(
            "schema/rule", here.at("fields"), f"the rule `{rule.name}` orders fields that cannot be compared", rule.kind
        )
    if rule.table:
        child = package.schemas.get(rule.table)
        if child is None or all(key.reference.resource != table for key in child.foreign_keys):
            what = f"the rule `{rule.name}` names `{rule.table}`, which has no foreign key to `{table}`"
            yield Finding("schema/rule", here.at("table"), what, rule.table)


def _scale(schema: Schema, name: str) -> str:
    """Fields of one scale can be compared."""
    kind = schema.field(name).value_type
    return "number" if kind is None or kind.name in ("integer", "number", "year") else kind.name
