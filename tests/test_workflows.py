"""The workflows, the action and the hooks: accepted by linters, pinned, and allowed no more than they need."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from eventpack import __version__

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTION = ROOT / "action.yml"
FILES = [ACTION, *WORKFLOWS]
BIN = Path(sys.executable).parent


def run(*command: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """A program, with what it printed."""
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **more)


def load(path: Path) -> Any:
    """A YAML file, in which every scalar is text."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def steps(path: Path) -> Iterator[dict[str, Any]]:
    """All steps of a workflow or of the action."""
    content = load(path)
    for part in [content["runs"]] if "runs" in content else content["jobs"].values():
        yield from part["steps"]


def job(workflow: str, name: str) -> Any:
    """One job of a workflow."""
    return load(ROOT / f".github/workflows/{workflow}.yml")["jobs"][name]


def test_zizmor_finds_nothing() -> None:
    """The security linter of workflows, with its usual severity, offline."""
    result = run(BIN / "zizmor", "--offline", "--quiet", "--no-progress", ACTION, ROOT / ".github")
    assert (result.returncode, result.stderr) == (0, ""), result.stdout


def test_zizmor_would_find_something(tmp_path: Path) -> None:
    """The linter above is at work: an unpinned action and an injected title fail."""
    bad = tmp_path / ".github/workflows/bad.yml"
    bad.parent.mkdir(parents=True)
    title = "${{ github.event.pull_request.title }}"
    bad.write_text(
        f"on: pull_request\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
        f"      - uses: actions/checkout@main\n      - run: echo '{title}'\n",
        "utf-8",
    )
    result = run(BIN / "zizmor", "--offline", "--quiet", "--no-progress", bad)
    assert result.returncode != 0
    assert "template-injection" in result.stdout
    assert "unpinned-uses" in result.stdout


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("github-workflows", WORKFLOWS),
        ("github-actions", [ACTION]),
        ("dependabot", [ROOT / ".github/dependabot.yml"]),
    ],
)
def test_files_follow_the_schemas_of_github(schema: str, paths: list[Path]) -> None:
    """No misspelt key, which GitHub would find only when the workflow runs."""
    result = run(BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", *paths)
    assert (result.returncode, result.stderr) == (0, ""), result.stdout


def test_pre_commit_accepts_the_hooks() -> None:
    """The manifest is one that pre-commit can read."""
    result = run(BIN / "pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml")
    assert (result.returncode, result.stdout) == (0, "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_actions_are_pinned_to_commits(path: Path) -> None:
    """With the version as a comment; only the action of this repository is named by its folder."""
    uses = re.findall(r"^\s*(?:- )?uses: (.*)$", path.read_text("utf-8"), re.M)
    others = [text for text in uses if not text.startswith("./ #")]
    assert [text for text in others if not re.fullmatch(r"[\w-]+(/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+", text)] == []
    assert len(uses) == sum("uses" in step for step in steps(path))


def test_an_action_is_pinned_to_one_commit_everywhere() -> None:
    """Nobody raises a version in one file alone."""
    found: dict[str, set[str]] = {}
    for path in FILES:
        for name, pin in re.findall(r"uses: ([\w/-]+)@(.*)$", path.read_text("utf-8"), re.M):
            found.setdefault(name, set()).add(pin)
    assert {name: len(pins) for name, pins in found.items()} == dict.fromkeys(found, 1)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_expression_stands_inside_a_script(path: Path) -> None:
    """What somebody else wrote reaches a shell through the environment only."""
    assert [step["name"] for step in steps(path) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_may_do_nothing_by_default(path: Path) -> None:
    """Each job asks for what it needs, ends some time, and keeps no credentials; a newer run replaces or awaits."""
    workflow = load(path)
    assert workflow["permissions"] == {}
    assert "concurrency" in workflow
    assert [name for name, job in workflow["jobs"].items() if not {"permissions", "timeout-minutes"} <= set(job)] == []
    checkouts = [step for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert [step["with"]["persist-credentials"] for step in checkouts] == ["false"] * len(checkouts)


def test_only_the_release_may_write() -> None:
    """To the repository: one job, which runs nothing that was built. To code scanning: the dataset's check."""
    rights = {
        (path.stem, name, right)
        for path in WORKFLOWS
        for name, job in load(path)["jobs"].items()
        for right, level in job["permissions"].items()
        if level != "read"
    }
    assert rights == {("release", "release", "contents"), ("validate", "validate", "security-events")}
    assert [step.get("uses", "gh").partition("@")[0] for step in job("release", "release")["steps"]] == [
        "actions/download-artifact",
        "gh",
    ]


def test_the_tests_run_on_every_system_and_python() -> None:
    """From the oldest Python that the package allows."""
    matrix = job("test", "test")["strategy"]["matrix"]
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]
    assert [name.partition("-")[0] for name in matrix["system"]] == ["ubuntu", "macos", "windows"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["requires-python"] == f">={matrix['python'][0]}"


def test_windows_installs_what_the_makefile_installs() -> None:
    """Without make, but from the same lock file and by the same commands."""
    wanted = re.findall(r"^\t\$\(BIN\)/python (-m pip install .*)$", (ROOT / "Makefile").read_text("utf-8"), re.M)
    (install,) = (step for step in job("test", "test")["steps"] if step["name"] == "Install")
    assert re.findall(r"python (-m pip install .*)$", install["run"], re.M) == wanted
    assert len(wanted) == 2


@pytest.mark.posix
@pytest.mark.parametrize(
    ("tag", "code"),
    [(f"v{__version__}", 0), ("v99.0.0", 1), ("data-{data}", 0), ("data-99.0.0", 1), ("v{data}x", 1)],
)
def test_a_tag_that_is_not_the_version_is_not_released(tag: str, code: int, tmp_path: Path) -> None:
    """The step of the workflow, run as it stands, on this version and this dataset."""
    (step,) = (s for s in job("release", "build")["steps"] if s["name"] == "Compare the tag with the version")
    data = load(ROOT / "datapackage.json")["version"]
    (tmp_path / ".venv").symlink_to(sys.prefix)
    (tmp_path / "datapackage.json").write_bytes((ROOT / "datapackage.json").read_bytes())
    environment = {"PATH": "/usr/bin:/bin", "TAG": tag.replace("{data}", data)}
    result = run("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"], cwd=tmp_path, env=environment)
    assert (result.returncode, result.stderr) == (code, "")
    assert result.stdout.startswith("::error::the tag is") == bool(code)
