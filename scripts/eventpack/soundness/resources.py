"""What must hold of a table's entry in the descriptor."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.descriptor import Package
from eventpack.dialect import FORMS, PACKINGS, encoding_problem, read_dialect
from eventpack.document import Document
from eventpack.finding import Finding
from eventpack.remote import path_fault
from eventpack.resource import Resource

_DIALECT = {
    "delimiter": (",",), "lineTerminator": ("\n",), "quoteChar": ('"',), "doubleQuote": (True,), "header": (True,),
    "skipInitialSpace": (False,), "caseSensitiveHeader": (True, False), "csvddfVersion": (1.0, 1.2, "1.0", "1.2"),
}  # fmt: skip


def resource_findings(package: Package, resource: Resource, here: Document) -> Iterator[Finding]:
    """How an entry asks for what is not supported, or for a table that cannot be built."""
    yield from (
        _foreign_findings(package, resource, here) if package.foreign else _strict_findings(package, resource, here)
    )
    yield from _mark_findings(package, resource, here)


def undescribed_findings(package: Package) -> Iterator[Finding]:
    """What cannot be read of the tables that have no schema in a package that does not follow our profile."""
    for index, resource in enumerate(package.descriptor.resources):
        if resource.undescribed:
            yield from _foreign_findings(package, resource, package.document.inside("resources", index))


def _strict_findings(package: Package, resource: Resource, here: Document) -> Iterator[Finding]:
    """What our profile does not allow: each table is one plain CSV file."""
    if resource.encoding.lower() not in ("utf-8", "utf8"):
        what = f"encoding `{resource.encoding}` is not supported"
        yield Finding("descriptor/unsupported", here.at("encoding"), what, resource.encoding, fix="convert to UTF-8")
    if resource.format.lower() not in ("", "csv"):
        what = f"the format `{resource.format}` is not supported"
        yield Finding("descriptor/unsupported", here.at("format"), what, resource.format, fix="convert the file to CSV")
    for name in ("data", "compression", "innerpath", "extrapaths"):
        if name in resource.given:
            what = f"`{name}` is not supported and would change what is read"
            yield Finding("descriptor/unsupported", here.at_key(name), what, fix="write the table as one CSV file")
    if len(resource.paths) > 1:
        what = "a table of several files is not supported"
        yield Finding("descriptor/unsupported", here.at("path"), what, fix="join the files")
    if isinstance(resource.given.get("dialect"), str):
        what, fix = "a dialect in a file of its own is not supported", "remove it: tables are plain CSV"
        yield Finding("descriptor/unsupported", here.at("dialect"), what, fix=fix)
        return
    for name, value in resource.dialect_object.items():
        if name not in _DIALECT or value not in _DIALECT[name]:
            what = f"the dialect `{name}: {value}` is not supported"
            yield Finding("descriptor/unsupported", here.at("dialect", name), what, str(value))
    if package.schemas[resource.name].fields_match:
        what, where = "`fieldsMatch` is not supported", package.documents[resource.name].at_key("fieldsMatch")
        yield Finding("schema/unsupported", where, what, fix="remove it: the header has the fields in their order")


def _foreign_findings(package: Package, resource: Resource, here: Document) -> Iterator[Finding]:
    """What of the standard cannot be read."""
    if problem := encoding_problem(resource.encoding):
        what = f"the encoding `{resource.encoding}` {problem}"
        yield Finding("descriptor/unsupported", here.at("encoding"), what, resource.encoding, fix="convert to UTF-8")
    if resource.form not in FORMS.values() and not any(path_fault(package.tree, path) for path in resource.paths):
        what = f"the format `{resource.form}` is not supported" if resource.form else "the format is not told"
        yield Finding(
            "descriptor/unsupported", here.at("format"), what, resource.form,
            fix="convert the file to CSV" if resource.form else "say it in `format`",
        )  # fmt: skip
    if resource.packed not in ("", *PACKINGS.values()):
        what = f"the compression `{resource.packed}` is not supported"
        yield Finding("descriptor/unsupported", here.at("compression"), what, resource.packed, fix="use gz or zip")
    if len(resource.paths) > 1 and (problem := _unjoinable(resource)):
        what = f"several files {problem} are not supported"
        yield Finding("descriptor/unsupported", here.at("path"), what, fix="join the files")
    if isinstance(resource.dialect, dict):
        for refusal in read_dialect(resource.dialect, resource.form)[1]:
            certain = refusal.severity == "error"
            code = "descriptor/unsupported" if certain else "descriptor/unknown-property"
            where = here.at("dialect", *refusal.steps)
            yield Finding(code, where, refusal.what, refusal.found, severity=refusal.severity)


def _unjoinable(resource: Resource) -> str:
    """What about a resource keeps its files from being read as one table."""
    if resource.packed:
        return "that are compressed"
    if resource.form not in ("csv", "tsv"):
        return "of JSON"
    dialect = read_dialect(resource.dialect_object, resource.form)[0]
    return "" if dialect.header_rows == (1,) or not dialect.header else "with other header rows than the first"


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
