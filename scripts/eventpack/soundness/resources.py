"""What must hold of a table's entry in the descriptor."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.descriptor import Package, Resource
from eventpack.document import Document
from eventpack.finding import Finding

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
    marks = [mark for mark in (resource.records, package.inside(resource), resource.derivation) if mark]
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
