"""Give each unlisted schema its resource in the descriptor, and each hand-edited table among them its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from eventpack.csvtext import csv_bytes
from eventpack.descriptor import Package
from eventpack.jsontext import append_items
from eventpack.overlay import Overlay
from eventpack.packagefile import read_package
from eventpack.soundness.unlisted import Unlisted, read_raw, unlisted_schemas

# What a new resource takes over from the last one beside it.
_COPIED = ("type", "profile", "format", "mediatype", "encoding", "dialect")


def listing_files(package: Package) -> dict[str, bytes]:
    """The descriptor with every unlisted schema as a resource, and the new tables that have no rows yet, by path.

    Nothing when all schemas are listed. The resources stand at the end; the rest of the descriptor's text stays.
    A table gets a file, with its header, when it is edited by hand and there is none; others are built. The descriptor
    comes last, to be written last.
    """
    found = [schema for schema in unlisted_schemas(package) if not schema.problem]
    if not found:
        return {}
    entries = [_entry(package, schema) for schema in found]
    text = append_items(package.document.text, "resources", entries)
    descriptor = {package.document.path: text.encode("utf-8")}
    listed, _ = read_package(Overlay(package.tree, descriptor), package.document.path)
    return descriptor if listed is None else _headers(replace(listed, tree=package.tree), found) | descriptor


def _headers(package: Package, found: Sequence[Unlisted]) -> dict[str, bytes]:
    names = {schema.name for schema in found}
    tables = [r for r in package.tables if r.name in names and not package.built(r) and not package.tree.has(r.path)]
    return {table.path: csv_bytes(package.schemas[table.name].names, ()) for table in tables}


def _entry(package: Package, schema: Unlisted) -> Mapping[str, Any]:
    """The resource of a schema, in the manner of the last one that names a schema's path."""
    last = [r for r in package.descriptor.resources if isinstance(r.schema_, str)][-1]
    raw = read_raw(package, schema.path)
    own = {
        "name": schema.name,
        "path": str(PurePosixPath(last.path).parent / f"{schema.name}.csv"),
        **{text: raw[text] for text in ("title", "description") if isinstance(raw.get(text), str)},
        "schema": schema.path,
    }
    kept = {key: own.get(key, value) for key, value in last.given.items() if key in own or key in _COPIED}
    return {**kept, **own}
