"""The R program of the README runs in Debian's R."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.docs.test_pages import ROOT, blocks, pristine

pytestmark = pytest.mark.system
__all__ = ["pristine"]


def test_the_readme_program_runs_in_r(pristine: Path) -> None:
    """Reading the packaged tables with base R works as printed."""
    ((_, program),) = blocks(ROOT / "README.md", "r")
    result = subprocess.run(["Rscript", "-e", program], cwd=pristine, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "CONSULT" in result.stdout
