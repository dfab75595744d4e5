"""A data package: its descriptor and schemas as models, each with its place in the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from eventpack.dialect import FORMS, MEDIATYPES, split_name
from eventpack.document import Document
from eventpack.model import NAMED, Model, in_form, not_empty, not_negative, prop
from eventpack.schema import Schema
from eventpack.trees import Tree
from eventpack.values import type_of

DESCRIPTOR = "datapackage.json"
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


def _first(value: Any) -> Any:
    """The first of several paths; `Resource.paths` has them all."""
    return value[0] if isinstance(value, list) and value and all(isinstance(item, str) for item in value) else value


@dataclass(frozen=True, kw_only=True)
class Resource(Model):
    """One file of the package, or several, or data in the descriptor; a table when it has a schema."""

    unsupported: ClassVar[frozenset[str]] = frozenset({"control", "layout", "scheme", "url"})
    ignored: ClassVar[frozenset[str]] = frozenset(
        "$schema profile description mediatype sources licenses homepage".split()
    )
    elsewhere: ClassVar[Mapping[str, str]] = {"eventpack:inside": "move it into the table's schema"}
    name: str = prop(check=in_form(r"[a-z0-9][a-z0-9._/-]*", "lower case letters, digits and . _ -"))
    path: str = prop("", adapt=_first)
    more_paths: list[str] = prop([], name="extrapaths")
    data: Any = None
    compression: str = ""
    innerpath: str = ""
    type: str = ""
    title: str = ""
    format: str = ""
    encoding: str = "utf-8"
    bytes: int | None = prop(None, check=not_negative)
    hash: str | None = None
    dialect: dict[str, Any] | str = prop({})
    schema_: dict[str, Any] | str | None = prop(None, name="schema")
    records: str | None = prop(None, name="eventpack:records")
    derivation: str | None = prop(None, name="eventpack:derivation")

    def misfit(self) -> str:
        """There is a path, or data; not both."""
        if "path" in self.given and self.data is not None:
            return "`path` and `data` exclude each other"
        return "" if "path" in self.given or self.data is not None else "`path` is missing"

    @property
    def paths(self) -> list[str]:
        """The files whose rows follow one another; none when the data stand in the descriptor."""
        held = self.given.get("path", [])
        return [*(held if isinstance(held, list) else [self.path]), *self.more_paths]

    @property
    def named(self) -> str:
        """The resource as a message names it: its path, or its name when the data stand in the descriptor."""
        return self.path or self.name

    @property
    def packed(self) -> str:
        """How the file is compressed: `gz`, `zip`, something that cannot be read, or not at all."""
        return split_name(self.path, self.compression, self.innerpath)[0]

    @property
    def form(self) -> str:
        """The format of the data: `csv`, `tsv`, `json`, `jsonl`, or one that cannot be read."""
        if self.data is not None:
            return "json"
        told = (self.format or split_name(self.path, self.compression, self.innerpath)[1]).lower()
        known = FORMS.get(told, "" if self.format else MEDIATYPES.get(str(self.given.get("mediatype", "")).lower(), ""))
        return known or told

    @property
    def dialect_object(self) -> Mapping[str, Any]:
        """The dialect, read from its file where that is named."""
        return self.dialect if isinstance(self.dialect, dict) else {}

    @property
    def undescribed(self) -> bool:
        """Whether it is delimited text without a schema, so that only its form can be wrong."""
        delimited = self.form in ("csv", "tsv") and self.type in ("", "table") and not isinstance(self.dialect, str)
        return self.schema_ is None and self.data is None and delimited

    @property
    def one_csv(self) -> bool:
        """Whether it is one uncompressed CSV file in UTF-8, in whatever dialect."""
        utf8 = self.encoding.lower() in ("utf-8", "utf8")
        return utf8 and self.form in ("csv", "tsv") and len(self.paths) == 1 and not self.packed


@dataclass(frozen=True, kw_only=True)
class LooseResource(Resource):
    """A resource of a package that does not follow our profile."""

    unsupported: ClassVar[frozenset[str]] = frozenset({"control", "layout", "url"})
    name: str = prop(check=not_empty)
    scheme: str = prop("", check=in_form("|file|https?", "file, http or https"))


@dataclass(frozen=True, kw_only=True)
class License(Model):
    """A licence of the data, by name or address."""

    name: str = ""
    path: str = ""
    title: str = ""

    def misfit(self) -> str:
        """A licence needs a name or an address."""
        return "" if self.name or self.path else "a licence needs a name or a path"


@dataclass(frozen=True, kw_only=True)
class Contributor(Model):
    """Who made the data."""

    ignored: ClassVar[frozenset[str]] = frozenset("path email role organization".split())
    title: str = ""
    given_name: str = prop("", name="givenName")
    family_name: str = prop("", name="familyName")
    roles: list[str] = prop([])


@dataclass(frozen=True, kw_only=True)
class Descriptor(Model):
    """The descriptor of a package."""

    ignored: ClassVar[frozenset[str]] = frozenset("$schema id image profile sources".split())
    name: str = prop(check=NAMED)
    resources: list[Resource] = prop(check=not_empty)
    title: str = ""
    description: str = ""
    version: str = ""
    created: str = prop("", check=_is_time)
    homepage: str = ""
    keywords: list[str] = prop([])
    licenses: list[License] = prop([])
    contributors: list[Contributor] = prop([])
    profile_version: str | None = prop(None, name="eventpack:profile")


@dataclass(frozen=True, kw_only=True)
class LooseDescriptor(Descriptor):
    """The descriptor of a package that does not follow our profile."""

    name: str = ""
    created: str = prop("", check=_is_loose_time)
    resources: list[LooseResource] = prop(check=not_empty)  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Package:
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

    @property
    def unsound(self) -> frozenset[str]:
        """The names of tables whose schema cannot be read or used."""
        return frozenset(r.name for r in self.descriptor.resources if r.schema_ is not None) - self.schemas.keys()

    def resource(self, name: str) -> Resource:
        """The resource of that name; raises KeyError."""
        return {r.name: r for r in self.descriptor.resources}[name]

    def place(self, resource: Resource) -> Document:
        """Where the entry of a resource stands."""
        entries = enumerate(self.descriptor.resources)
        return self.document.inside("resources", next(index for index, entry in entries if entry is resource))

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
