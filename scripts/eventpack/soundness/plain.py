"""What a schema of our own profile must not say, because readers of such data would differ on what it means."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.document import Document
from eventpack.finding import Finding, shorten
from eventpack.schema import Field, Schema

_FIX = "remove it, and write the cells in their plain form"
# Properties of fields that change how a text is read; not every program knows them.
_READINGS = (
    "missingValues decimalChar groupChar bareNumber trueValues falseValues itemType delimiter categoriesOrdered".split()
)
_MOMENTS = ("date", "time", "datetime")


def plain_findings(schema: Schema, document: Document) -> Iterator[Finding]:
    """Types and properties that other packages may use, and packages of the profile may not."""
    if schema.missing_values != [""]:
        found = shorten(str(schema.given.get("missingValues", "")))
        what = "missing values other than the empty cell are not for packages of the profile"
        yield Finding("schema/unsupported", document.at("missingValues"), what, found, fix="leave such cells empty")
    for index, field in enumerate(schema.fields):
        yield from _field_findings(field, document.inside("fields", index))


def _field_findings(field: Field, here: Document) -> Iterator[Finding]:
    for name in _READINGS:
        if name in field.given:
            what = f"`{field.name}`: `{name}` is not for packages of the profile"
            yield Finding("schema/unsupported", here.at_key(name), what, fix=_FIX)
    if field.type in ("any", "list"):
        what = f"`{field.name}`: type `{field.type}` is not for packages of the profile"
        whole = "give the one type that all cells have", "write the values in a table of their own"
        fix = whole[field.type == "list"]
        yield Finding("schema/unsupported", here.at("type"), what, field.type, fix=fix)
    if field.type in _MOMENTS and field.format != "default":
        what = f"`{field.name}`: formats of one's own are not for packages of the profile"
        yield Finding("schema/unsupported", here.at("format"), what, field.format, fix=_FIX)
    if field.categories is not None and field.category_values != field.constraints.enum:
        what = f"`{field.name}`: few programs know `categories`, and `constraints.enum` says something else"
        fix = "give `constraints.enum` the same values in the same order"
        yield Finding("schema/unsupported", here.at("categories"), what, fix=fix)
