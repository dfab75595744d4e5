"""Large tables that are passed over: what is read of them, and what when their files vanish meanwhile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eventpack import large
from eventpack.errors import DiskError
from eventpack.filter import plan, scan
from eventpack.filter.rows import lazy_table
from eventpack.opening import open_package
from eventpack.passing import large_of, passing
from eventpack.validation import validate


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two tables that are taken for large ones."""
    monkeypatch.setattr(large, "_SMALL", 0)
    monkeypatch.setattr(large, "_LARGE", 0)
    fields = {"fields": [{"name": "id", "type": "string"}, {"name": "n", "type": "integer"}]}
    resources = [{"name": name, "path": f"{name}.csv", "schema": fields} for name in ("one", "two")]
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "p", "resources": resources}), "utf-8")
    for name in ("one", "two"):
        (tmp_path / f"{name}.csv").write_text("id,n\na,1\nb,2\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(("room", "name"), [(scan, "query"), (plan, "begins_with_empties")])
def test_a_file_that_vanishes_is_named(package: Path, monkeypatch: pytest.MonkeyPatch, room: Any, name: str) -> None:
    """Before the pass is planned, and in the thread that makes it: no other table is taken for it."""
    usual = getattr(room, name)

    def vanishing(asked: Any, *more: Any) -> Any:
        table = getattr(asked, "table", asked)
        if table.name == "two":
            table.file.unlink(missing_ok=True)
        return usual(asked, *more)

    assert [finding.code for finding in validate(package).findings if finding.severity == "error"] == []
    monkeypatch.setattr(room, name, vanishing)
    with pytest.raises(DiskError, match=r"cannot read .*two\.csv"):
        validate(package)


def test_asking_for_a_column_reads_none(package: Path) -> None:
    """Checks ask which columns there are: of a million rows, each answer would cost a pass over the file."""
    opened = open_package(package)
    with passing(opened, large_of(opened)) as passes:
        assert passes is not None
        columns = lazy_table(scan.end_passes(passes)["one"]).columns
    assert list(columns["id"]) == ["a", "b"]
    (package / "one.csv").unlink()
    assert columns.keys() >= {"id", "n"}
    assert "other" not in columns
