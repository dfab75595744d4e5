"""What differs between the descriptors and schemas of two packages, each change with the step that it asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, fields, replace
from typing import Any

from eventpack.comparing.constraints import constraint_changes
from eventpack.comparing.difference import SchemaChange, Step
from eventpack.descriptor import Package
from eventpack.resource import Resource
from eventpack.schema import Field, ForeignKey, Rule, Schema
from eventpack.values import missing_texts

# What says how a file is written, or which edition it is; readers follow the descriptor, so nothing of it breaks them.
_EDITION = frozenset({"$schema", "version", "created", "resources", "bytes", "hash", "profile", "schema", "name", "id"})
_PLACES = frozenset({"path", "extrapaths"})  # relocated data are the same data, says the recipe
_FORM = ("format", "mediatype", "encoding", "dialect", "compression")
_DOI = re.compile(r"(https?://(dx\.)?doi\.org/|doi:)?10\.\d+/.+", re.IGNORECASE)
_STRUCTURE = frozenset({
    "name", "type", "format", "constraints", "missingValues", "fields", "primaryKey", "foreignKeys", "uniqueKeys",
    "eventpack:rules", "fieldsMatch", "categories", "$schema", *"decimalChar groupChar bareNumber trueValues".split(),
    *"falseValues itemType delimiter".split(),
})  # fmt: skip
_LONGEST = 300


def schema_changes(old: Package, new: Package, *, lone: str = "") -> list[SchemaChange]:
    """The changes of descriptor and schemas; of a `lone` table, which nobody describes, only those of the columns."""
    found: list[SchemaChange] = []
    if not lone:
        found += _package_changes(old, new)
    before = {resource.name: resource for resource in old.descriptor.resources}
    now = {resource.name: resource for resource in new.descriptor.resources}
    found += (SchemaChange(name, "", "resource-removed", name, "", "major") for name in before if name not in now)
    found += (SchemaChange(name, "", "resource-added", "", name, "minor") for name in now if name not in before)
    for name, resource in now.items():
        if name in before:
            found += _resource_changes(old, new, before[name], resource, bool(lone))
    return [replace(change, table=lone) for change in found] if lone else found


def _package_changes(old: Package, new: Package) -> Iterator[SchemaChange]:
    if old.descriptor.name != new.descriptor.name:
        yield SchemaChange("", "", "package-name", old.descriptor.name, new.descriptor.name, "major")
    if old.descriptor.id != new.descriptor.id:
        named = all(one and not _DOI.fullmatch(one) for one in (old.descriptor.id, new.descriptor.id))
        step: Step = "major" if named else "patch"  # a DOI names an edition
        yield SchemaChange("", "", "package-id", old.descriptor.id, new.descriptor.id, step)
    profiles = old.descriptor.profile_version or "", new.descriptor.profile_version or ""
    if profiles[0] != profiles[1]:
        yield SchemaChange("", "", "profile", *profiles, "minor")
    yield from _prose("", "", old.raw, new.raw, _EDITION)


def _resource_changes(
    old: Package, new: Package, before: Resource, now: Resource, lone: bool
) -> Iterator[SchemaChange]:
    if not lone:
        form = [_chosen(one.given, _FORM) for one in (before, now)]
        if form[0] != form[1]:
            yield SchemaChange(now.name, "", "file-form", _said(form[0]), _said(form[1]), "patch")
        yield from _prose(now.name, "", before.given, now.given, _EDITION | _PLACES | set(_FORM))
    was, are = old.schemas.get(before.name), new.schemas.get(now.name)
    if was is not None and are is not None:
        yield from _table_changes(now.name, was, are)
    elif (was is None) != (are is None):
        step: Step = "minor" if was is None else "major"
        yield SchemaChange(now.name, "", f"schema-{'added' if was is None else 'removed'}", "", "", step)


def _table_changes(table: str, old: Schema, new: Schema) -> Iterator[SchemaChange]:
    yield from _column_changes(table, old, new)
    for name in new.names:
        if name in old.names:
            yield from _field_changes(table, old, new, old.field(name), new.field(name))
    if old.primary_key != new.primary_key:
        yield _changed(table, "primary-key", old.primary_key, new.primary_key, "major")
    yield from _set_changes(table, "foreign-key", map(_lead, old.foreign_keys), map(_lead, new.foreign_keys), "major")
    uniques = [[", ".join(key) for key in schema.unique_keys] for schema in (old, new)]
    yield from _set_changes(table, "unique-key", uniques[0], uniques[1], "minor")
    if old.match_mode != new.match_mode:
        yield SchemaChange(table, "", "fields-match", old.match_mode, new.match_mode, "major")
    yield from _rule_changes(table, {rule.name: rule for rule in old.rules}, {rule.name: rule for rule in new.rules})
    yield from _prose(table, "", old.given, new.given, _STRUCTURE)


def _column_changes(table: str, old: Schema, new: Schema) -> Iterator[SchemaChange]:
    gone = [name for name in old.names if name not in new.names]
    come = [name for name in new.names if name not in old.names]
    for name in gone:
        other = next((one for one in come if _are_alike(old, name, new, one)), "")
        hint = f"perhaps renamed to {other}" if other else ""
        yield SchemaChange(table, name, "field-removed", name, "", "major", hint)
    yield from (SchemaChange(table, name, "field-added", "", name, "major") for name in come)
    stayed = [[name for name in one.names if name in other.names] for one, other in ((old, new), (new, old))]
    if stayed[0] != stayed[1]:
        yield _changed(table, "fields-reordered", stayed[0], stayed[1], "major")


def _are_alike(old: Schema, name: str, new: Schema, other: str) -> bool:
    """Whether two fields stand at the same place and are defined alike, but for their names and what describes them."""
    if old.names.index(name) != new.names.index(other):
        return False
    was, now = old.field(name), new.field(other)
    return (was.type, was.format, was.constraints) == (now.type, now.format, now.constraints)


def _field_changes(table: str, old: Schema, new: Schema, was: Field, now: Field) -> Iterator[SchemaChange]:
    if was.type != now.type:
        yield SchemaChange(table, now.name, "field-type", was.type, now.type, "major")
    elif (was.format, was.options) != (now.format, now.options):
        yield SchemaChange(table, now.name, "field-format", _form(was, now), _form(now, was), "major")
    texts = sorted(missing_texts(old, was)), sorted(missing_texts(new, now))
    if texts[0] != texts[1]:
        yield _changed(table, "missing-values", list(map(repr, texts[0])), list(map(repr, texts[1])), "major", now.name)
    yield from constraint_changes(table, was, now)
    yield from _prose(table, now.name, was.given, now.given, _STRUCTURE)


def _form(field: Field, other: Field) -> str:
    """How the texts of a field are written, as far as those of another one are written otherwise."""
    said = [field.format] if field.format != other.format else []
    pairs = zip(fields(field.options), astuple(field.options), astuple(other.options), strict=True)
    return ", ".join([*said, *(f"{option.name} {_said(one)}" for option, one, two in pairs if one != two)])


def _rule_changes(table: str, old: Mapping[str, Rule], new: Mapping[str, Rule]) -> Iterator[SchemaChange]:
    for name, rule in old.items():
        if name not in new:
            yield SchemaChange(table, "", "rule-removed", rule.say, "", "minor")
    for name, rule in new.items():
        if name not in old:
            yield SchemaChange(table, "", "rule-added", "", rule.say, "major")
        elif rule != old[name]:
            same = _without_prose(rule) == _without_prose(old[name])
            kind, step = ("prose-rule", "patch") if same else ("rule-changed", "major")
            yield SchemaChange(table, "", kind, old[name].say, rule.say, step)  # type: ignore[arg-type]  # of the four


def _without_prose(rule: Rule) -> Any:
    return {name: value for name, value in rule.given.items() if name not in ("say", "because")}


def _set_changes(
    table: str, what: str, old: Iterable[str], new: Iterable[str], step_when_gone: Step
) -> Iterator[SchemaChange]:
    was, now = list(old), list(new)
    yield from (SchemaChange(table, "", f"{what}-removed", one, "", step_when_gone) for one in was if one not in now)
    yield from (SchemaChange(table, "", f"{what}-added", "", one, "major") for one in now if one not in was)


def _lead(key: ForeignKey) -> str:
    return f"{', '.join(key.fields)} → {key.reference.resource or 'itself'} ({', '.join(key.reference.fields)})"


def _changed(
    table: str, kind: str, old: Sequence[str], new: Sequence[str], step: Step, field: str = ""
) -> SchemaChange:
    return SchemaChange(table, field, kind, ", ".join(old), ", ".join(new), step)


def _prose(
    table: str, field: str, old: Mapping[str, Any], new: Mapping[str, Any], structure: frozenset[str]
) -> Iterator[SchemaChange]:
    """What only tells people more: titles, descriptions, examples, equivalents."""
    for name in dict.fromkeys((*old, *new)):
        if name in structure or (name.startswith("eventpack:") and name != "eventpack:codes"):
            continue
        was, now = old.get(name), new.get(name)
        if was != now:
            yield SchemaChange(table, field, f"prose-{name}", _said(was), _said(now), "patch")


def _chosen(given: Mapping[str, Any], names: Sequence[str]) -> Mapping[str, Any]:
    return {name: given[name] for name in names if name in given}


def _said(value: Any) -> str:
    text = value if isinstance(value, str) else "" if value in (None, {}) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
