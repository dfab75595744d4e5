"""What a packaged state of the data is called, and its descriptor: self-contained, with schemas and digests inside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eventpack.descriptor import Package
from eventpack.files import sha256
from eventpack.jsontext import json_bytes
from eventpack.resource import Resource


@dataclass(frozen=True, slots=True)
class Edition:
    """The version under which a state is packaged, and, when known, its time (UTC, ISO 8601) and git commit."""

    version: str
    created: str = ""
    commit: str = ""


def packaged_descriptor(package: Package, edition: Edition, files: Mapping[str, bytes]) -> bytes:
    """The descriptor of the packaged state; `files` holds the bytes of every resource by path.

    The mark of record files goes, since those are not packaged. The other marks, here and in the schemas, stay: they
    say which tables are computed and which rows belong together.
    """
    raw: dict[str, Any] = {}
    for key, value in package.raw.items():
        if key == "version":
            raw["version"] = edition.version
            raw |= {"created": edition.created} if edition.created else {}
        elif key == "resources":
            raw["resources"] = [
                _resource(package, resource, dict(item), files)
                for resource, item in zip(package.descriptor.resources, value, strict=True)
            ]
        elif key != "created":
            raw[key] = value
    return json_bytes(raw)


def _resource(package: Package, resource: Resource, raw: dict[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
    for key in ("bytes", "hash", "eventpack:records"):
        raw.pop(key, None)
    data = files[resource.path]
    digest = {"bytes": len(data), "hash": f"sha256:{sha256(data)}"}
    schema = raw.pop("schema", None)
    if isinstance(schema, str):
        schema = json.loads(package.documents[resource.name].text)
    return {**raw, **digest, **({} if schema is None else {"schema": schema})}
