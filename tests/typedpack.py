"""A package of typed tables for tests: a schema and a CSV text for each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Typed = Mapping[str, tuple[Mapping[str, Any], str]]


def fields(**types: str | Mapping[str, Any]) -> dict[str, Any]:
    """A schema from field names with a type, or with what else stands in the field; the first is the primary key."""
    given = [{"name": name, **({"type": one} if isinstance(one, str) else one)} for name, one in types.items()]
    return {"fields": given, "primaryKey": [given[0]["name"]]}


def leading(schema: Mapping[str, Any], **targets: str) -> dict[str, Any]:
    """The schema with foreign keys: field names with `table.field`; an empty table is the table itself."""
    keys = [
        {"fields": [name], "reference": {"resource": target.partition(".")[0], "fields": [target.partition(".")[2]]}}
        for name, target in targets.items()
    ]
    return {**schema, "foreignKeys": keys}


def write_typed(folder: Path, tables: Typed, **properties: object) -> Path:
    """Write the package into a folder, with further properties of the descriptor, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for name, (schema, text) in tables.items():
        (folder / f"{name}.csv").write_bytes(text.encode("utf-8"))
        resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
    descriptor = {"name": "typed", "version": "1.2.0", "resources": resources, **properties}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder
