"""The wheel holds all that the command needs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.posix
@pytest.mark.long
def test_the_wheel_works_in_an_empty_environment(tmp_path: Path) -> None:
    """Built, installed into an empty environment and run from there, it validates this repository."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if not name.startswith(("eventpack/", "eventpack-"))]
    assert {"eventpack/py.typed", "eventpack/profile/events.json"} <= set(names)
    starter = ROOT / "scripts/eventpack/starter"
    held = {f"eventpack/starter/{p.relative_to(starter).as_posix()}" for p in starter.rglob("*") if p.is_file()}
    assert held <= set(names)
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "empty")], check=True)
    binaries = tmp_path / "empty" / "bin"
    subprocess.run([str(binaries / "pip"), "install", "--quiet", str(wheel)], check=True)
    for arguments in (["validate", str(ROOT)], ["explain", "key/foreign"], ["--version"], ["init", "new"]):
        result = subprocess.run(
            [str(binaries / "eventpack"), *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stdout + result.stderr
