"""The settings of VS Code, Neovim and Helix that stand in this repository and in each new dataset."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from eventpack.derive.editor import editor_path
from eventpack.opening import open_package
from tests.casepack import copy_base

ROOT = Path(__file__).parents[1]
STARTER = Path(str(files("eventpack"))) / "starter" / "editors"
NAMES = sorted(path.relative_to(STARTER).as_posix() for path in STARTER.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", NAMES)
def test_this_repository_has_what_a_new_dataset_gets(name: str) -> None:
    """Byte for byte; in the tool's folder a leading dot is written out, so that no setting is in force there."""
    committed = ROOT / re.sub("^dot-", ".", name)
    assert committed.read_bytes() == (STARTER / name).read_bytes()


def test_all_three_editors_are_there() -> None:
    """VS Code, Neovim and Helix, and what every editor reads."""
    assert {name.split("/")[0] for name in NAMES} >= {"dot-vscode", "dot-nvim.lua", "dot-helix", "dot-editorconfig"}


def schemas_by_editor() -> dict[str, dict[str, str]]:
    """Which schema is for which files, as each editor is told."""
    vscode = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
    helix = tomllib.loads((ROOT / ".helix/languages.toml").read_text("utf-8"))
    neovim = re.findall(r'\["(schemas/.*?)"\] = "(.*?)"', (ROOT / ".nvim.lua").read_text("utf-8"))
    return {
        "vscode": vscode["yaml.schemas"],
        "helix": helix["language-server"]["yaml-language-server"]["config"]["yaml"]["schemas"],
        "neovim": dict(neovim),
    }


def test_the_built_schema_is_for_the_record_files() -> None:
    """Every editor is told the path that `build` writes, and a pattern that takes every record and nothing else."""
    resource = open_package(ROOT).record_table
    assert resource is not None
    told = {editor_path(resource.name): f"{resource.records}/**/*.yaml"}
    assert schemas_by_editor() == dict.fromkeys(("vscode", "helix", "neovim"), told)
    assert (ROOT / editor_path(resource.name)).is_file()


def matcher() -> dict[str, Any]:
    """How VS Code reads the report that its task prints."""
    tasks = json.loads((ROOT / ".vscode/tasks.json").read_text("utf-8"))["tasks"]
    (task,) = [task for task in tasks if task["command"] == "eventpack validate"]
    pattern: dict[str, Any] = task["problemMatcher"]["pattern"]
    return pattern


def test_the_task_of_vscode_finds_places_in_a_report(tmp_path: Path) -> None:
    """File, line, column, code and severity of each finding, and nothing else, are read from the text format."""
    folder = copy_base(tmp_path / "pack")
    record = folder / "data/records/events/EV-aaaaaa.yaml"
    record.write_text(record.read_text("utf-8").replace("realis: occurred", "realis: ocurred"), "utf-8")
    descriptor = folder / "datapackage.json"
    descriptor.write_text(descriptor.read_text("utf-8").replace('"licenses"', '"licences"', 1), "utf-8")
    command = [sys.executable, "-m", "eventpack", "validate"]
    report = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    pattern = matcher()
    found = [match for line in report.splitlines() if (match := re.fullmatch(pattern["regexp"], line))]
    read = [tuple(match[pattern[part]] for part in ("file", "line", "column", "code", "severity")) for match in found]
    assert read == [
        ("data/records/events/EV-aaaaaa.yaml", "4", "9", "cell/enum", None),
        ("datapackage.json", "5", "3", "descriptor/unknown-property", "warning"),
    ]
