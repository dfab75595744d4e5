"""The codebook as a table, and what a dataset is, for formats that can carry both beside the data."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.derive.citation import citation_text
from eventpack.material import Material

CODEBOOK_HEADER = ("table", "field", "title", "type", "unit", "description", "code", "label", "definition")
Row = tuple[str, ...]


def codebook_rows(material: Material) -> Iterator[Row]:
    """One row for each field, and one for each code that may stand in it; codes of a vocabulary stand with its key."""
    for table in material:
        for column in table.columns:
            field = column.field
            own = (table.name, column.name, column.title)
            yield (*own, column.kind, field.unit, field.description, "", "", "")
            leads = any(key.fields == [column.name] for key in table.schema.foreign_keys)
            for code, label in ({} if leads else column.labels or {}).items():
                yield (*own, "", "", "", code, label, column.definitions.get(code, ""))


def about_rows(material: Material) -> Iterator[tuple[str, str]]:
    """Title, version, licences, citation, and which table holds what."""
    descriptor = material.package.descriptor
    told = {
        "title": descriptor.title, "name": material.name, "version": material.version, "created": descriptor.created,
        "description": descriptor.description,
        "licence": ", ".join(each.name or each.path for each in descriptor.licenses),
        "cite as": citation_text(descriptor, material.version, descriptor.created),
        "SHA-256 of the data": material.core,
    }  # fmt: skip
    yield from ((name, text) for name, text in told.items() if text)
    yield from ((f"table {table.name}", table.title) for table in material)
