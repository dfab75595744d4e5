"""The action installs the tool from its own checkout, into an environment of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.casepack import copy_base
from tests.clones import copy_tree
from tests.test_action import run_step

pytestmark = pytest.mark.system


def test_the_action_installs_a_command_that_works(tmp_path: Path) -> None:
    """The step as it stands, with a temporary folder that has a space in its name."""
    temporary = tmp_path / "runner temp"
    temporary.mkdir()
    source = copy_tree(tmp_path / "the action")
    before = sorted(source.rglob("*"))
    values = {"steps.python.outputs.python-path": sys.executable, "github.action_path": str(source)}
    done = run_step("Install eventpack", tmp_path, temporary, values)
    assert done.code == 0, done.output
    command = Path(done.outputs["command"])
    assert command.is_relative_to(temporary)
    result = subprocess.run([command, "validate", copy_base(tmp_path / "p")], capture_output=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert sorted(source.rglob("*")) == before
