"""Resources that are no tables: their files must be there and inside the package all the same."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from eventpack.validation import validate
from tests.tablepack import write_tables

pytestmark = pytest.mark.posix


def found(folder: Path, path: str, **properties: object) -> list[tuple[str, str]]:
    """Code and offending text of what is found when a resource without schema has this path."""
    package = write_tables(folder / "p", {"ships": "ship\nA\n"})
    (package / "notes.txt").write_text("notes", "utf-8")
    os.symlink("/etc/passwd", package / "link.txt")
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    descriptor["resources"].append({"name": "notes", "path": path, **properties})
    (package / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return [(finding.code, finding.found) for finding in validate(package).findings]


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "https://example.org/notes.txt", "a\\notes.txt"])
def test_a_path_that_is_not_in_the_package_is_found(tmp_path: Path, path: str) -> None:
    """With a size as without."""
    assert found(tmp_path, path) == [("descriptor/path", path)]
    assert found(tmp_path / "sized", path, bytes=5) == [("descriptor/path", path)]


@pytest.mark.parametrize("path", ["gone.txt", "link.txt"])
def test_a_missing_file_is_found(tmp_path: Path, path: str) -> None:
    """A link that leaves the package is no file of it."""
    assert found(tmp_path, path) == [("descriptor/missing-file", path)]
    assert found(tmp_path / "sized", path, bytes=5) == [("descriptor/missing-file", path)]


def test_a_file_that_is_there_is_fine_and_a_table_is_told_once(tmp_path: Path) -> None:
    """The file of a table is looked for where the table is read."""
    assert found(tmp_path, "notes.txt", bytes=5) == []
    table = {"schema": {"fields": [{"name": "x"}]}}
    assert found(tmp_path / "gone", "gone.csv", **table) == [("descriptor/missing-file", "gone.csv")]
