"""From the descriptor's file to a package: the descriptor, in JSON or YAML, and the files that it names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

from eventpack import limits
from eventpack.descriptor import Descriptor, LooseDescriptor, Package
from eventpack.document import Document, read_model, text_finding
from eventpack.errors import NotAPackage, TextError
from eventpack.files import DESCRIPTOR, decode
from eventpack.finding import Finding
from eventpack.jsontext import parse_json
from eventpack.remote import path_fault
from eventpack.resource import Resource
from eventpack.schema import Schema
from eventpack.trees import MissingFile, Tree, read_within
from eventpack.yamldoc import SUFFIXES, parse_yaml

T = TypeVar("T")
_OURS = "eventpack:profile"
_PATHS = ("path", "extrapaths", "schema", "dialect")
_DOTS = re.compile(r"\A(?:\./)+(?=.)")
_REMEMBERED = 100_000  # characters of a schema that is read again at once; longer ones would stay in memory for long


def read_package(tree: Tree, path: str = DESCRIPTOR) -> tuple[Package | None, list[Finding]]:
    """Read a descriptor and its schemas; what cannot be read is a finding.

    Raises:
        NotAPackage: There is no descriptor, or it is a link that leaves the folder.
    """
    try:
        raw, document = _read(tree, path, "descriptor")
    except TextError as error:
        return None, [text_finding(path, error)]
    except MissingFile as error:
        raise NotAPackage(f"{path}: {error}", "name a folder that holds a data package") from error
    ours = not isinstance(raw, dict) or _OURS in raw
    model = Descriptor if ours else LooseDescriptor
    descriptor, findings = read_model(model, raw, document, "descriptor")
    if descriptor is None:
        return None, findings
    schemas: dict[str, Schema] = {}
    documents: dict[str, Document] = {}
    resources = []
    for index, held in enumerate(descriptor.resources):
        here = document.inside("resources", index)
        resource, problems = _with_dialect(tree, held if ours else _without_dots(held), here)
        resources.append(resource)
        findings += problems
        if resource.schema_ is None or problems:
            continue
        schema, where, problems = _read_schema(tree, resource, here.inside("schema"))
        findings += problems
        if schema is not None:
            schemas[resource.name], documents[resource.name] = schema, where
    descriptor = replace(descriptor, resources=resources)
    return Package(tree, document, raw, descriptor, schemas, documents), findings


def _read(tree: Tree, path: str, family: str) -> tuple[Any, Document]:
    """The value of a JSON or YAML file; raises `TextError` or `MissingFile`."""
    text = _text(tree, path, family)
    return _value(path, text, family), Document(path, text)


def _text(tree: Tree, path: str, family: str) -> str:
    most = limits.YAML if path.lower().endswith(SUFFIXES) else limits.DOCUMENT
    return decode(read_within(tree, path, most), family)


def _value(path: str, text: str, family: str) -> Any:
    return parse_yaml(text, family) if path.lower().endswith(SUFFIXES) else parse_json(text, family)


def _without_dots(resource: Resource) -> Resource:
    """The resource with `./` before its paths left out: the standard allows it, and a file has one name here."""
    given = {key: _plain_path(value) if key in _PATHS else value for key, value in resource.given.items()}
    if given == resource.given:
        return resource
    schema, dialect = _plain_path(resource.schema_), _plain_path(resource.dialect)
    more = [_plain_path(path) for path in resource.more_paths]
    path = _plain_path(resource.path)
    return replace(resource, given=given, path=path, more_paths=more, schema_=schema, dialect=dialect)


def _plain_path(value: Any) -> Any:
    """Paths without `./` before them; what is no path stays."""
    if isinstance(value, list):
        return [_plain_path(item) for item in value]
    return _DOTS.sub("", value) if isinstance(value, str) else value


def _with_dialect(tree: Tree, resource: Resource, here: Document) -> tuple[Resource, list[Finding]]:
    """The resource with the dialect that it names by path."""
    if not isinstance(resource.dialect, str):
        return resource, []
    path = resource.dialect
    value, findings = _named_file(
        tree, path, here.inside("dialect"), "dialect", lambda: _read(tree, path, "descriptor")[0]
    )
    if not findings and not isinstance(value, dict):
        findings = [Finding("descriptor/property", here.at("dialect"), "the dialect's file must hold an object")]
    return (resource, findings) if value is None or findings else (replace(resource, dialect=value), [])


def _named_file(
    tree: Tree, path: str, here: Document, word: str, read: Callable[[], T]
) -> tuple[T | None, list[Finding]]:
    """What is read of a file that a descriptor names, and why it cannot be read."""
    if problem := path_fault(tree, path):
        return None, [Finding("descriptor/path", here.at(), f"the {word} path `{path}` {problem}", path)]
    try:
        return read(), []
    except MissingFile as error:
        return None, [Finding("descriptor/missing-file", here.at(), f"{word} `{path}`: {error}", path)]
    except TextError as error:
        return None, [text_finding(path, error)]


def _read_schema(tree: Tree, resource: Resource, here: Document) -> tuple[Schema | None, Document, list[Finding]]:
    path = resource.schema_
    if not isinstance(path, str):
        schema, problems = read_model(Schema, path, here, "schema")
        return schema, here, problems

    text, findings = _named_file(tree, path, here, "schema", lambda: _text(tree, path, "schema"))
    if text is None:
        return None, here, findings
    document = Document(path, text)
    try:
        schema, found = (_remembered_schema if len(text) <= _REMEMBERED else _schema_of)(document)
    except TextError as error:
        return None, here, [text_finding(path, error)]
    return schema, document, list(found)


def _schema_of(document: Document) -> tuple[Schema | None, tuple[Finding, ...]]:
    """The schema in a file, or none, and what is wrong with it; raises `TextError`."""
    value = _value(document.path, document.text, "schema")
    schema, findings = read_model(Schema, value, document, "schema")
    return schema, tuple(findings)


# Whoever changes a package reads it several times, before and after, and schemas hardly ever change.
_remembered_schema = lru_cache(maxsize=256)(_schema_of)
