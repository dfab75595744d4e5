"""The README's first command works on a fresh clone, with nothing but Python, pip, git and make."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.system


def test_make_package_in_a_fresh_clone(tmp_path: Path) -> None:
    """A clone becomes a package, and a bare frictionless accepts folder and archive."""
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    subprocess.run(["make", "package"], cwd=clone, check=True, stdout=subprocess.DEVNULL)
    made = sorted(path.name for path in (clone / "dist").iterdir())
    assert len(made) == 2
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", str(bare)], check=True)
    subprocess.run([str(bare / "bin/pip"), "install", "-q", "frictionless"], check=True)
    folder, archive = made
    for target in ("datapackage.json", f"dist/{folder}/datapackage.json", f"dist/{archive}"):
        result = subprocess.run(
            [str(bare / "bin/frictionless"), "validate", target], cwd=clone, check=False, capture_output=True
        )
        assert result.returncode == 0, result.stdout.decode()
