"""The hooks work in the real pre-commit, which installs the tool from a clone of this repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.casepack import copy_base
from tests.clones import copy_tree
from tests.gitpack import commit_all, git
from tests.reports import RECORD

pytestmark = pytest.mark.system
CONFIGURATION = """\
repos:
  - repo: {repository}
    rev: {commit}
    hooks:
      - id: eventpack-format
      - id: eventpack-build
      - id: eventpack-validate
"""


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset's repository that takes its hooks from a clone, and the cache of pre-commit beside it."""
    folder = tmp_path_factory.mktemp("hooks")
    tool = copy_tree(folder / "tool")
    commit = commit_all(tool)
    git(folder, "clone", "-q", "--bare", str(tool), str(folder / "clone.git"))
    dataset = copy_base(folder / "dataset")
    text = CONFIGURATION.format(repository=folder / "clone.git", commit=commit)
    (dataset / ".pre-commit-config.yaml").write_text(text, "utf-8")
    commit_all(dataset)
    return dataset


@pytest.fixture
def dataset(hooked: Path, tmp_path: Path) -> Path:
    """A copy of the dataset's repository, which a test may change."""
    return Path(shutil.copytree(hooked, tmp_path / "dataset"))


@pytest.fixture
def run(hooked: Path, dataset: Path) -> Runner:
    """pre-commit in that copy."""
    return Runner(dataset, hooked.parent / "cache")


class Runner:
    """pre-commit in one repository, with its own cache; `git` and nothing else of the caller's settings."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder, self.cache = folder, cache

    def __call__(self, *words: str) -> tuple[int, str]:
        """The exit code, and what was printed."""
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "EVENTPACK_"))}
        environment = inherited | {"PRE_COMMIT_HOME": str(self.cache), "SKIP": ""}
        command = [sys.executable, "-m", "pre_commit", "run", "--color", "never", *words]
        result = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        return result.returncode, result.stdout + result.stderr

    def edit(self, old: str, new: str) -> None:
        """Exchange a text of the record, and stage it."""
        path = self.folder / RECORD
        text = path.read_text("utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), "utf-8")
        git(self.folder, "add", "-A")


def verdicts(output: str) -> dict[str, str]:
    """The verdict of each hook."""
    return dict(re.findall(r"^(eventpack \w+)\.+(?:\(.*\))?(\w+)$", output, re.M))


def test_a_good_dataset_passes(run: Runner) -> None:
    """All three hooks, on all files."""
    code, output = run("--all-files")
    assert code == 0, output
    assert verdicts(output) == dict.fromkeys(("eventpack format", "eventpack build", "eventpack validate"), "Passed")


def test_a_broken_record_fails_at_its_line(run: Runner) -> None:
    """On the files of a commit, too; the table that is built from it is built by the hook before."""
    run.edit("realis: occurred", "realis: occured")
    code, output = run()
    assert code == 1
    assert verdicts(output)["eventpack validate"] == "Failed"
    assert f"{RECORD}:4:9: cell/enum `occured` is not a code of `realis`" in output


def test_a_record_out_of_form_is_repaired_and_fails_once(run: Runner) -> None:
    """As pre-commit's users expect: the hook mends the file and fails, and what it mended passes."""
    run.edit("realis: occurred", 'realis:   "occurred"')
    code, output = run("eventpack-format")
    assert code == 1
    assert "files were modified by this hook" in output
    assert "realis: occurred\n" in (run.folder / RECORD).read_text("utf-8")
    git(run.folder, "add", "-A")
    assert run("--all-files")[0] == 0


def test_a_stale_table_is_built_and_fails_once(run: Runner) -> None:
    """A changed record changes its built tables, which belong into the same commit."""
    run.edit("March of bakers", "Long march of bakers")
    code, output = run()
    assert code == 1
    assert verdicts(output)["eventpack build"] == "Failed"
    git(run.folder, "add", "-A")
    assert run()[0] == 0
    assert "Long march of bakers" in (run.folder / "data/events.csv").read_text("utf-8")


def test_files_of_no_concern_start_no_hook(run: Runner) -> None:
    """A commit that changes a note elsewhere waits for nothing."""
    (run.folder / "notes.md").write_text("A note.\n", "utf-8")
    git(run.folder, "add", "-A")
    code, output = run()
    assert code == 0
    assert output.count("(no files to check)Skipped") == 3
