"""frictionless as second opinion."""

from __future__ import annotations

import json
from pathlib import Path

from eventpack.opening import open_package
from eventpack.referee import referee_findings
from tests.casepack import copy_base
from tests.tablepack import write_tables


def said(folder: Path) -> list[tuple[str, str, str]]:
    """What the referee says, where, and of which kind."""
    return [(f.code, str(f.where), f.found) for f in referee_findings(open_package(folder))]


def test_the_referee_agrees_with_a_valid_package(tmp_path: Path) -> None:
    """Nothing is said about a clean package, whose path is absolute here."""
    assert said(copy_base(tmp_path / "pack")) == []


def test_an_error_is_found_at_its_line_and_column(tmp_path: Path) -> None:
    """Rows of frictionless become lines of the file, fields become columns."""
    folder = copy_base(tmp_path / "pack")
    path = folder / "data/places.csv"
    path.write_text(path.read_text("utf-8").replace(",town,", ",hamlet,"), "utf-8")
    assert said(folder) == [("referee/disagrees", "data/places.csv:2:21", "constraint-error")]


def test_all_errors_are_told(tmp_path: Path) -> None:
    """frictionless stops at a thousand errors of its own accord; here it does not."""
    rows = "".join(f"{number % 1},x\n" for number in range(1500))
    assert len(said(write_tables(tmp_path, {"a": f"b,c\n{rows}"}))) == 1499


def test_a_table_that_is_no_csv_is_named_as_a_file(tmp_path: Path) -> None:
    """Where our reader gives up, the finding stands at the file."""
    folder = copy_base(tmp_path / "pack")
    with (folder / "data/measures.csv").open("a", encoding="utf-8") as file:
        file.write("one,two\n")
    assert {("referee/disagrees", "data/measures.csv")} == {(code, where) for code, where, _ in said(folder)}


def test_a_breakdown_of_the_referee_is_a_finding(tmp_path: Path) -> None:
    """A referee that crashes has not agreed, and the crash is no traceback of ours."""
    folder = write_tables(tmp_path, {"a": "b\nx\n"})
    path = folder / "datapackage.json"
    raw = json.loads(path.read_text("utf-8"))
    raw["resources"][0]["schema"]["fields"][0]["constraints"] = {"pattern": "\\i("}
    path.write_text(json.dumps(raw), "utf-8")
    found = said(folder)
    assert [code for code, _, _ in found] == ["referee/disagrees"]


def test_the_referee_writes_nothing(tmp_path: Path) -> None:
    """Folder and files are as before."""
    folder = copy_base(tmp_path / "pack")
    before = {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}
    said(folder)
    assert before == {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}
