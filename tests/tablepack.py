"""A package of hand-written tables for tests: no cell begins with a space, and nothing is required."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

FORM = {"pattern": r"[^ ](.|\n)*"}  # no cell begins with a space


def write_tables(folder: Path, tables: Mapping[str, str], **properties: object) -> Path:
    """Write CSV texts by table name as a package, with further properties of the descriptor, and return the folder.

    The first column is the primary key.
    """
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for name, text in tables.items():
        (folder / f"{name}.csv").write_bytes(text.encode("utf-8"))
        fields = [{"name": column, "constraints": FORM} for column in text.partition("\n")[0].split(",")]
        schema = {"fields": fields, "primaryKey": [fields[0]["name"]]}
        resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
    descriptor = {"name": "tables", "version": "0.1.0", "resources": resources, **properties}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder
