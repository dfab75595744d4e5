"""Packages as others write them: one table, any dialect, encoding and form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from eventpack.opening import find_target, read_sound
from eventpack.subject import read_subject

FIELDS = ({"name": "ship", "type": "string"}, {"name": "tons", "type": "integer"})


def write_foreign(
    folder: Path, files: Mapping[str, str | bytes], *, schema: Mapping[str, Any] | None = None, **resource: Any
) -> Path:
    """A package of the table `ships`, whose path is the first file unless `resource` says otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    given = {"name": "ships", "schema": {"fields": list(FIELDS), **(schema or {})}, **resource}
    if "data" not in given:
        given.setdefault("path", next(iter(files)))
    (folder / "datapackage.json").write_text(
        json.dumps({"name": "port", "version": "0.1.0", "resources": [given]}), "utf-8"
    )
    return folder


def as_yaml(folder: Path) -> Path:
    """The package with its descriptor written in YAML."""
    place = folder / "datapackage.json"
    (folder / "datapackage.yaml").write_text(yaml.safe_dump(json.loads(place.read_text("utf-8"))), "utf-8")
    place.unlink()
    return folder


def rows_of(folder: Path) -> list[tuple[str, ...]]:
    """The rows of the table as text, in the schema's order; what keeps it from being read fails the test."""
    package, findings = read_sound(find_target(folder))
    assert package is not None, findings
    subject, problems = read_subject(package)
    assert [f for f in (*findings, *problems) if f.severity == "error"] == []
    table = subject.tables["ships"]
    return list(table.rows(package.schemas["ships"].names))
