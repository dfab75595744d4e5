"""Which tables are vocabularies, and how their codes lie under each other."""

from __future__ import annotations

from eventpack.descriptor import Package
from eventpack.resource import Resource
from eventpack.schema import Schema

_EXPLAINING = {"label", "definition", "wording"}


def vocabularies(package: Package) -> list[Resource]:
    """The vocabularies in the descriptor's order: tables edited by hand with a single key field and a field label,
    definition or wording.
    """
    return [r for r in package.tables if not package.built(r) and _explains(package.schemas[r.name])]


def _explains(schema: Schema) -> bool:
    return len(schema.primary_key) == 1 and not _EXPLAINING.isdisjoint(schema.names)


def broader_field(schema: Schema) -> str:
    """The field of a vocabulary that names the broader code: its first key into itself; empty when it has none."""
    return next((k.fields[0] for k in schema.foreign_keys if not k.reference.resource and len(k.fields) == 1), "")
