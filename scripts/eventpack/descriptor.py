"""A data package: its descriptor and schemas as models, each with its place in the files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from eventpack.document import Document
from eventpack.files import DESCRIPTOR
from eventpack.frozen import Frozen
from eventpack.model import NAMED, Model, in_form, not_empty, prop
from eventpack.resource import License, LooseResource, Resource, Source
from eventpack.schema import Schema
from eventpack.trees import Tree
from eventpack.values import type_of

LEDGER = "data/verification.json"  # what became of each claim's passage (`eventpack.ledger`)
DESCRIPTORS = (DESCRIPTOR, "datapackage.yaml", "datapackage.yml")  # the first that is there

_is_time = in_form(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", "a date and time like 2026-03-01T12:00:00Z"
)


def _is_loose_time(value: Any) -> str:
    """The check of a time in any form of ISO 8601."""
    kind = type_of("datetime")
    try:
        if kind is None or kind.read(value) is None:
            return ""
    except ValueError:
        return "must be a date and time like 2026-03-01T12:00:00Z"
    return ""


def _are_formats(value: list[str]) -> str:
    """The check of names of export formats; which there are is known to `export`."""
    if not all(isinstance(name, str) and re.fullmatch(r"[a-z][a-z0-9-]*", name) for name in value):
        return "must name formats, such as parquet or sqlite"
    return "must not name a format twice" if len(set(value)) < len(value) else ""


class Contributor(Model):
    """Who made the data."""

    title: str = ""
    path: str = ""
    email: str = ""
    role: str = ""
    organization: str = ""
    organisation: str = ""
    given_name: str = prop(default="", name="givenName")
    family_name: str = prop(default="", name="familyName")
    roles: list[str] = prop(default=[])


class Descriptor(Model):
    """The descriptor of a package."""

    ignored: ClassVar[frozenset[str]] = frozenset({"$schema", "profile"})
    elsewhere: ClassVar[Mapping[str, str]] = dict.fromkeys(("missingValues", "fields"), "move it into a table's schema")
    name: str = prop(check=NAMED)
    resources: list[Resource] = prop(check=not_empty)
    title: str = ""
    description: str = ""
    version: str = ""
    created: str = prop(default="", check=_is_time)
    id: str = ""
    homepage: str = ""
    image: str = ""
    sources: list[Source] = prop(default=[])
    keywords: list[str] = prop(default=[])
    licenses: list[License] = prop(default=[])
    contributors: list[Contributor] = prop(default=[])
    profile_version: str | None = prop(default=None, name="eventpack:profile")
    exports: list[str] = prop(default=[], name="eventpack:exports", check=_are_formats)


class LooseDescriptor(Descriptor):
    """The descriptor of a package that does not follow our profile."""

    name: str = ""
    created: str = prop(default="", check=_is_loose_time)
    resources: list[LooseResource] = prop(check=not_empty)  # type: ignore[assignment]


class Package(Frozen):
    """A package whose descriptor could be read.

    `schemas` holds the schema of each table by resource name, `documents` where each of them stands.
    """

    tree: Tree
    document: Document
    raw: Mapping[str, Any]
    descriptor: Descriptor
    schemas: Mapping[str, Schema]
    documents: Mapping[str, Document]

    @property
    def tables(self) -> Iterator[Resource]:
        """The resources that are tables with a readable schema, in the descriptor's order."""
        return (r for r in self.descriptor.resources if r.name in self.schemas)

    @cached_property
    def references(self) -> Mapping[str, Sequence[Sequence[str]]]:
        """Per table the fields that keys of tables lead to."""
        found: dict[str, list[Sequence[str]]] = {}
        for reference in (key.reference for schema in self.schemas.values() for key in schema.foreign_keys):
            found.setdefault(reference.resource, []).append(reference.fields)
        return found

    @cached_property
    def unsound(self) -> frozenset[str]:
        """The names of tables whose schema cannot be read or used."""
        return frozenset(r.name for r in self.descriptor.resources if r.schema_ is not None) - self.schemas.keys()

    def resource(self, name: str) -> Resource:
        """The resource of that name; raises KeyError."""
        return {r.name: r for r in self.descriptor.resources}[name]

    @cached_property
    def _indexes(self) -> Mapping[int, int]:
        return {id(entry): index for index, entry in enumerate(self.descriptor.resources)}

    def place(self, resource: Resource) -> Document:
        """Where the entry of a resource stands."""
        index = self._indexes.get(id(resource))
        if index is None:  # it was sent to another process
            index = self.descriptor.resources.index(resource)
        return self.document.inside("resources", index)

    @property
    def foreign(self) -> bool:
        """Whether the package follows the standard alone, not our profile, which asks for one form of everything."""
        return self.descriptor.profile_version is None

    @property
    def is_source(self) -> bool:
        """Whether files are built here: there are record files, or a derivation whose result no hash pins."""
        resources = self.descriptor.resources
        return any(r.records for r in resources) or any(r.derivation and r.hash is None for r in resources)

    @property
    def record_table(self) -> Resource | None:
        """The table whose rows are edited as record files, when this is a source tree."""
        return next((r for r in self.tables if r.records), None)

    def inside(self, resource: Resource) -> str | None:
        """The table inside whose records the rows of a table are written; none for other tables and files."""
        return self.schemas[resource.name].inside if resource.name in self.schemas else None

    def built(self, resource: Resource) -> bool:
        """Whether the source tree builds the file of a resource from records or other tables."""
        return bool(resource.records or resource.derivation or self.inside(resource))

    def children(self, name: str) -> list[Resource]:
        """The tables whose rows are written inside the records of a table."""
        return [r for r in self.tables if self.inside(r) == name]

    def nesting_key(self, child: Resource) -> str:
        """The field of a child table that names its record: that of its first foreign key to the parent."""
        return next(key.fields[0] for key in self.schemas[child.name].foreign_keys_to(self.inside(child)))
