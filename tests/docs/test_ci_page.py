"""The configuration files that the page about CI shows are ones that CI systems accept."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.docs.test_pages import ROOT, blocks
from tests.test_workflows import ACTION, load
from tests.test_workflows import FILES as FILES_OF_OURS

BIN = Path(sys.executable).parent
CHECKS: dict[str, Sequence[str]] = {
    "validate.yml": ("check-jsonschema", "--builtin-schema", "vendor.github-workflows"),
    "changes.yml": ("check-jsonschema", "--builtin-schema", "vendor.github-workflows"),
    ".gitlab-ci.yml": ("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
    ".pre-commit-config.yaml": ("pre-commit", "validate-config"),
}
PAGE = ROOT / "docs/guide/ci.md"
FILES = [text for _, text in blocks(PAGE, "yaml")]


def name_of(text: str) -> str:
    """The name of the file, from the comment in its first line."""
    return Path(text.partition("\n")[0].removeprefix("# ")).name


def test_the_page_shows_each_of_them() -> None:
    """And none that nobody checks."""
    assert {name_of(text) for text in FILES} == set(CHECKS)


@pytest.mark.parametrize("text", FILES, ids=name_of)
def test_a_file_is_accepted(text: str, tmp_path: Path) -> None:
    """By its schema, or by pre-commit itself."""
    path = tmp_path / name_of(text)
    path.write_text(text, "utf-8")
    program, *options = CHECKS[path.name]
    result = subprocess.run([BIN / program, *options, path], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


def test_actions_are_pinned_as_in_our_own_workflows() -> None:
    """Readers copy what they see."""
    ours = {pin for path in FILES_OF_OURS for pin in re.findall(r"uses: (\S+@.*)$", path.read_text("utf-8"), re.M)}
    shown = {pin for text in FILES for pin in re.findall(r"uses: (\S+@.*)$", text, re.M)}
    assert shown - ours == {"OWNER/REPOSITORY@COMMIT"}


def test_the_inputs_of_the_action_are_all_told() -> None:
    """With their defaults."""
    told = dict(re.findall(r"^\| `([\w-]+)` \| (?:`(.*?)`)? ?\|", PAGE.read_text("utf-8"), re.M))
    inputs = {name: spec["default"] for name, spec in load(ACTION)["inputs"].items()}
    assert {name: told.get(name) for name in inputs} == inputs
    used = {name for text in FILES for name in re.findall(r"^          ([\w-]+):", text, re.M)}
    assert used - set(inputs) == {"persist-credentials", "fetch-depth"}


def test_the_hooks_are_all_told() -> None:
    """Those of the manifest, in the order in which they are to run."""
    hooks = [hook["id"] for hook in load(ROOT / ".pre-commit-hooks.yaml")]
    assert re.findall(r"^\| `(eventpack-\w+)` \|", PAGE.read_text("utf-8"), re.M) == hooks
