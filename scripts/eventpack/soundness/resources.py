"""What must hold of a table's entry in the descriptor."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.descriptor import Package, Resource
from eventpack.document import Document
from eventpack.finding import Finding, near_miss

_DIALECT = {
    "delimiter": (",",), "lineTerminator": ("\n",), "quoteChar": ('"',), "doubleQuote": (True,), "header": (True,),
    "skipInitialSpace": (False,), "caseSensitiveHeader": (True, False), "csvddfVersion": (1.0, 1.2, "1.0", "1.2"),
}  # fmt: skip


def resource_findings(package: Package, resource: Resource, here: Document) -> Iterator[Finding]:
    """How an entry asks for what is not supported, or for a table that cannot be built."""
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
    yield from _mark_findings(package, resource, here)


def _mark_findings(package: Package, resource: Resource, here: Document) -> Iterator[Finding]:
    marks = [mark for mark in (resource.records, resource.inside, resource.derivation) if mark]
    if len(marks) > 1:
        yield Finding("descriptor/nesting", here.at(), f"`{resource.name}` is built in more than one way")
    if resource.records:
        where = here.at_key("eventpack:records")
        first = next(r for r in package.descriptor.resources if r.records)
        if first.name != resource.name:
            what = f"only one table has record files, and that is `{first.name}`"
            yield Finding("descriptor/nesting", where, what, resource.records)
        if len(package.schemas[resource.name].primary_key) != 1:
            what = "a table of records needs a primary key of one field"
            yield Finding("descriptor/nesting", where, what, resource.records)
    if resource.inside and (problem := _inside_problem(package, resource, resource.inside)):
        yield Finding("descriptor/nesting", here.at("eventpack:inside"), problem, resource.inside)


def _inside_problem(package: Package, resource: Resource, inside: str) -> str:
    """Why rows cannot stand inside the records of a table; the first foreign key to it must lead to its own key."""
    names = [r.name for r in package.descriptor.resources]
    if inside not in names:
        return f"there is no resource `{inside}`{near_miss(inside, names)}"
    if any(r.records for r in package.descriptor.resources) and not package.resource(inside).records:
        return f"`{inside}` has no record files that rows could stand in"
    schema, parent = package.schemas[resource.name], package.schemas.get(inside)
    keys = schema.foreign_keys_to(inside)
    if not keys:
        return f"rows inside `{inside}` need a foreign key that leads there"
    if len(keys[0].fields) != 1 or (parent and keys[0].reference.fields != parent.primary_key):
        return f"the first foreign key to `{inside}` must lead from one field to its primary key"
    return "" if schema.primary_key else "rows inside records need a primary key"
