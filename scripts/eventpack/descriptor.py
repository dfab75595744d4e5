"""A data package: its descriptor and schemas as models, each with its place in the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from eventpack.document import Document, read_model, text_finding
from eventpack.errors import NotAPackage, TextError
from eventpack.files import decode, path_problem
from eventpack.finding import Finding
from eventpack.jsontext import parse_json
from eventpack.model import NAMED, Model, in_form, not_empty, not_negative, prop
from eventpack.schema import Schema
from eventpack.trees import MissingFile, Tree

DESCRIPTOR = "datapackage.json"

_is_time = in_form(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", "a date and time like 2026-03-01T12:00:00Z"
)


def _only_one(value: Any) -> Any:
    """A list of one path as that path; several files for one table are not supported."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


@dataclass(frozen=True, kw_only=True)
class Resource(Model):
    """One file of the package; a table when it has a schema."""

    unsupported: ClassVar[frozenset[str]] = frozenset({"data", "compression", "innerpath", "extrapaths", "control"})
    ignored: ClassVar[frozenset[str]] = frozenset(
        "$schema profile description mediatype sources licenses homepage".split()
    )
    elsewhere: ClassVar[Mapping[str, str]] = {"eventpack:inside": "move it into the table's schema"}
    name: str = prop(check=in_form(r"[a-z0-9][a-z0-9._/-]*", "lower case letters, digits and . _ -"))
    path: str = prop(adapt=_only_one)
    type: str = ""
    title: str = ""
    format: str = ""
    encoding: str = "utf-8"
    bytes: int | None = prop(None, check=not_negative)
    hash: str | None = None
    dialect: dict[str, Any] = prop({})
    schema_: dict[str, Any] | str | None = prop(None, name="schema")
    records: str | None = prop(None, name="eventpack:records")
    derivation: str | None = prop(None, name="eventpack:derivation")


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


def read_package(tree: Tree, path: str = DESCRIPTOR) -> tuple[Package | None, list[Finding]]:
    """Read a descriptor and its schemas; what cannot be read is a finding.

    Raises:
        NotAPackage: There is no descriptor, or it is a link that leaves the folder.
    """
    try:
        text = decode(tree.read(path), "descriptor")
        raw = parse_json(text, "descriptor")
    except TextError as error:
        return None, [text_finding(path, error)]
    except MissingFile as error:
        raise NotAPackage(f"{path}: {error}", "name a folder that holds a data package") from error
    document = Document(path, text)
    descriptor, findings = read_model(Descriptor, raw, document, "descriptor")
    if descriptor is None:
        return None, findings
    schemas: dict[str, Schema] = {}
    documents: dict[str, Document] = {}
    for index, resource in enumerate(descriptor.resources):
        if resource.schema_ is None:
            continue
        schema, where, problems = _read_schema(tree, resource, document.inside("resources", index, "schema"))
        findings += problems
        if schema is not None:
            schemas[resource.name], documents[resource.name] = schema, where
    return Package(tree, document, raw, descriptor, schemas, documents), findings


def _read_schema(tree: Tree, resource: Resource, here: Document) -> tuple[Schema | None, Document, list[Finding]]:
    if isinstance(resource.schema_, dict):
        schema, findings = read_model(Schema, resource.schema_, here, "schema")
        return schema, here, findings
    path = str(resource.schema_)
    if problem := path_problem(path):
        finding = Finding("descriptor/path", here.at(), f"the schema path `{path}` {problem}", path)
        return None, here, [finding]
    try:
        text = decode(tree.read(path), "schema")
        value = parse_json(text, "schema")
    except MissingFile as error:
        return None, here, [Finding("descriptor/missing-file", here.at(), f"schema `{path}`: {error}", path)]
    except TextError as error:
        return None, here, [text_finding(path, error)]
    document = Document(path, text)
    schema, findings = read_model(Schema, value, document, "schema")
    return schema, document, findings
