"""Conformance: a dataset may add to the profile's core tables and tighten them, never loosen or retype them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from eventpack.descriptor import Package
from eventpack.document import Document
from eventpack.finding import Finding, near_miss
from eventpack.schema import Field, Schema
from eventpack.subject import Subject
from eventpack.values import text_of

VERSIONS = ("0.1",)
REQUIRED_TABLES = ("sources", "events", "claims")
_FOLDER = Path(__file__).parent.parent / "profile"
Core = Mapping[str, Any]
# Bounds of either end, and where the allowed values begin: at the value, or a step inward.
_LOWER = (("minimum", 0), ("exclusiveMinimum", 1))
_UPPER = (("maximum", 0), ("exclusiveMaximum", -1))


@cache
def core_schemas() -> Mapping[str, Core]:
    """The profile's core schemas as JSON, by table; package data of the tool."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(_FOLDER.glob("*.json"))}


def check_profile(subject: Subject) -> Iterator[Finding]:
    """Every core table and field is there as the profile defines it, or tighter."""
    package = subject.package
    version = package.descriptor.profile_version
    if version is None or not subject.whole:
        return
    if version not in VERSIONS:
        what = f"the profile version `{version}` is not known; this tool knows {', '.join(VERSIONS)}"
        yield Finding("profile/version", package.document.at("eventpack:profile"), what, version)
        return
    names = [r.name for r in package.descriptor.resources]
    for name in REQUIRED_TABLES:
        if name not in names:
            what = f"the table `{name}` is missing; every event data package has it{near_miss(name, names)}"
            yield Finding("profile/table", package.document.at("resources"), what, name)
    for index, resource in enumerate(package.descriptor.resources):
        if resource.name in core_schemas() and resource.schema_ is None:
            what = f"the table `{resource.name}` has no schema, so nothing of it is checked"
            where = package.document.at("resources", index, "name")
            yield Finding("profile/table", where, what, resource.name, fix="name its schema, as `schema`")
    for name, core in core_schemas().items():
        if name in package.schemas:
            for finding in _compare(package, name, core):
                yield replace(finding, where=replace(finding.where, table=name))


def _compare(package: Package, name: str, core: Core) -> Iterator[Finding]:
    schema, document = package.schemas[name], package.documents[name]
    for wanted in core["fields"]:
        if wanted["name"] not in schema.names:
            what = f"the core field `{wanted['name']}` is missing{near_miss(wanted['name'], schema.names)}"
            yield Finding("profile/field", document.at("fields"), what, wanted["name"])
            continue
        at = schema.names.index(wanted["name"])
        yield from _compare_field(schema.fields[at], wanted, document.inside("fields", at))
    if schema.primary_key != core.get("primaryKey", []):
        what = f"the primary key must be {', '.join(core.get('primaryKey', []))}"
        yield Finding("profile/key", document.at("primaryKey"), what, ", ".join(schema.primary_key))
    yield from _compare_foreign_keys(package, schema, core, document)
    rules = {rule.name: _meaning(rule.given) for rule in schema.rules}
    for rule in core.get("eventpack:rules", []):
        if rules.get(rule["name"]) != _meaning(rule):
            state = "changed" if rule["name"] in rules else "missing"
            what = f"the core rule `{rule['name']}` is {state}: {rule['say']}"
            yield Finding("profile/rule", document.at("eventpack:rules"), what, rule["name"])


def _meaning(rule: Core) -> dict[str, Any]:
    """A rule without its sentence, which may be said in other words."""
    return {name: value for name, value in rule.items() if name != "say"}


def _compare_foreign_keys(package: Package, schema: Schema, core: Core, document: Document) -> Iterator[Finding]:
    present = {r.name for r in package.descriptor.resources} | {""}
    held = [(key.fields, key.reference.resource, key.reference.fields) for key in schema.foreign_keys]
    for key in core.get("foreignKeys", []):
        target = key["reference"]["resource"]
        if target in present and (key["fields"], target, key["reference"]["fields"]) not in held:
            what = f"the core foreign key from `{', '.join(key['fields'])}` to `{target or 'itself'}` is missing"
            yield Finding("profile/key", document.at("foreignKeys"), what, target)


def _compare_field(field: Field, wanted: Core, here: Document) -> Iterator[Finding]:
    name, kind = wanted["name"], (wanted["type"], wanted.get("format", "default"))
    if (field.type, field.format) != kind:
        what = f"the core field `{name}` must be of type {kind[0]}, format {kind[1]}"
        yield Finding("profile/type", here.at("type"), what, f"{field.type}, {field.format}")
        return
    own, core = field.constraints.given, wanted.get("constraints", {})
    for constraint, bound in core.items():
        if not _as_tight(field, constraint, own, core):
            what = f"the core field `{name}` loosens `{constraint}`"
            fix = f"keep `{constraint}: {json.dumps(bound)}`" + ("" if constraint == "enum" else ", or a tighter one")
            found = str(own.get(constraint, ""))
            yield Finding("profile/constraint", here.at("constraints", constraint), what, found, fix=fix)


def _as_tight(field: Field, constraint: str, own: Core, core: Core) -> bool:
    """Whether a constraint allows no more than the core's; codes may be added, patterns must be kept."""
    if constraint in ("required", "unique"):
        return own.get(constraint) is True or core[constraint] is False
    if constraint == "enum":
        return constraint in own
    if constraint == "pattern":
        return bool(own.get(constraint) == core[constraint])
    lower = constraint.lower().endswith(("minimum", "minlength"))
    held, wanted = _end(field, constraint, own, lower), _end(field, constraint, core, lower)
    return held is not None and bool(held >= wanted if lower else held <= wanted)


def _end(field: Field, constraint: str, constraints: Core, lower: bool) -> Any:
    """The end of the interval that constraints of one kind allow, to be compared; none when that end is open.

    It is a value, and how far inward of it the allowed values begin when it is not whole and itself excluded.
    """
    if constraint in ("minLength", "maxLength"):
        return constraints.get(constraint)
    kind, ends = field.value_type, []
    for name, step in _LOWER if lower else _UPPER:
        if kind is not None and name in constraints:
            value = kind.parse(text_of(constraints[name]))
            ends.append((value + step, 0) if isinstance(value, int) else (value, step))
    return max(ends, default=None) if lower else min(ends, default=None)
