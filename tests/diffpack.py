"""Two states of a package to compare: tables as CSV text, schemas in short."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eventpack.comparing import Difference, diff
from tests import warm

SHIPS: dict[str, Any] = {
    "fields": [
        {"name": "ship", "type": "string", "constraints": {"required": True}},
        {"name": "tons", "type": "integer"},
        {"name": "port", "type": "string"},
    ],
    "primaryKey": ["ship"],
}
"""The schema of the table `ships`, unless a test says otherwise."""


def write_state(
    folder: Path, tables: Mapping[str, str], schemas: Mapping[str, Mapping[str, Any]] | None = None, **descriptor: Any
) -> Path:
    """A package with these tables, each `SHIPS` unless a schema is given."""
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8", newline="")
        resources.append({"name": name, "path": f"{name}.csv", "schema": (schemas or {}).get(name, SHIPS)})
    given = {"name": "harbour", "resources": resources, **descriptor}
    (folder / "datapackage.json").write_text(json.dumps(given), "utf-8")
    return folder


def with_field(name: str, /, **changes: Any) -> dict[str, Any]:
    """`SHIPS` with a field that is defined otherwise."""
    fields = [{**field, **changes} if field["name"] == name else field for field in SHIPS["fields"]]
    return {**SHIPS, "fields": fields}


def between(
    folder: Path, old: str, new: str, schemas: Sequence[Mapping[str, Any]] = (SHIPS, SHIPS), **options: Any
) -> Difference:
    """The difference of two states of the one table `ships`."""
    places = []
    for name, text, schema in zip(("old", "new"), (old, new), schemas, strict=True):
        places.append(write_state(folder / name, {"ships": text}, {"ships": schema}))
    return diff(*places, **options)


def eventpack(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command, as somebody runs it in a folder."""
    return warm.run(["eventpack", *words], folder)
