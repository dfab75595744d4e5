"""Killed at any moment: what was there is whole, nothing half is to be seen, and the next run finishes."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.casepack import copy_base

pytestmark = [pytest.mark.posix, pytest.mark.long]

SOURCE_ROOT = Path(__file__).parents[1] / "scripts"
POINTS = 50
# A child that kills itself before its n-th step on the disk; without a number it counts the steps.
CHILD = """
import os, signal, sys
wanted, steps = int(sys.argv[1]), 0
KINDS = ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "ctypes.dlopen")

def hook(event, words):
    global steps
    if event in KINDS or (event == "open" and isinstance(words[2], int) and words[2] & (os.O_WRONLY | os.O_RDWR)):
        steps += 1
        if steps == wanted:
            os.kill(os.getpid(), signal.SIGKILL)

from eventpack.cli import main
import eventpack.building, eventpack.packaging, eventpack.publishing, eventpack.validation, eventpack.referee
def leave(code, leave=os._exit):
    print(steps, flush=True)
    leave(code)

os._exit = leave
sys.argv = ["eventpack", *sys.argv[2:]]
sys.addaudithook(hook)
main()
"""


def run(step: int, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command, to be killed before a step; 0 lets it run and prints the number of steps last."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE_ROOT), "SOURCE_DATE_EPOCH": "1700000000"}
    command = [sys.executable, "-c", CHILD, str(step), *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def visible(folder: Path) -> dict[str, bytes]:
    """The files that a user sees, by path; what begins with a dot is at work."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def changed_pack(folder: Path) -> Path:
    """A dataset in a repository, packaged when changed, and changed again: the next package replaces it."""
    pack = copy_base(folder)
    identity = ("-c", "user.name=coder-1", "-c", "user.email=coder-1@localhost")
    for words in (("init", "-q"), ("add", "-A"), (*identity, "commit", "-q", "-m", "data")):
        subprocess.run(["git", *words], cwd=pack, check=True)
    for name in ("Union of All Bakers", "Union of Most Bakers"):
        assert run(0, "package", folder=pack).returncode == 0
        file = pack / "data/actors.csv"
        file.write_text(re.sub("Union of.* Bakers|Union of Bakers", name, file.read_text("utf-8")), "utf-8")
        assert run(0, "build", folder=pack).returncode == 0
    return pack


def tries(folder: Path, words: tuple[str, ...], check: Callable[[Path, Mapping[str, bytes]], None]) -> None:
    """Kill a command before fifty steps by chance of a copy each; look at what is there, and let it run again."""
    base = folder / "base"
    ended = folder / "ended"
    shutil.copytree(base, ended)
    whole = run(0, *words, folder=ended)
    assert whole.returncode == 0, whole.stderr
    total, wanted = int(whole.stdout.split()[-1]), visible(ended)
    for point in sorted(random.Random(7).choices(range(1, total + 1), k=POINTS)):
        copy = folder / f"killed{point}"
        shutil.copytree(base, copy, dirs_exist_ok=True)
        assert run(point, *words, folder=copy).returncode == -9
        check(copy, wanted)
        assert run(0, *words, folder=copy).returncode == 0
        assert wanted == visible(copy)
        shutil.rmtree(copy)


def whole_files(base: Mapping[str, bytes]) -> Callable[[Path, Mapping[str, bytes]], None]:
    """A check that each file that is seen is the old one or the new one, and that none is gone."""

    def check(folder: Path, wanted: Mapping[str, bytes]) -> None:
        seen = visible(folder)
        assert base.keys() <= seen.keys()
        assert [path for path, data in seen.items() if data not in (base.get(path), wanted.get(path))] == []

    return check


def test_build(tmp_path: Path) -> None:
    """Each built file is the old one or the new one."""
    base = changed_pack(tmp_path / "base")
    file = base / "data/records/events/EV-aaaaaa.yaml"
    file.write_text(file.read_text("utf-8").replace("March of bakers", "Long march of bakers"), "utf-8")
    tries(tmp_path, ("build",), whole_files(visible(base)))


def test_package(tmp_path: Path) -> None:
    """The older package of that version stays until the new one takes its place, and the same is true of archives."""
    base = changed_pack(tmp_path / "base")
    tries(tmp_path, ("package",), whole_files(visible(base)))


def test_export(tmp_path: Path) -> None:
    """The exports of older data stay, all of them, until those of the new data take their place."""
    base = changed_pack(tmp_path / "base")
    words = ("export", ".", "--as", "parquet,geojson,gpkg,sqlite", "--out", "exported")
    assert run(0, *words, folder=base).returncode == 0
    file = base / "data/records/events/EV-aaaaaa.yaml"
    file.write_text(file.read_text("utf-8").replace("March of bakers", "Long march of bakers"), "utf-8")
    assert run(0, "build", folder=base).returncode == 0
    old = {path: data for path, data in visible(base).items() if path.startswith("exported/")}

    def check(folder: Path, wanted: Mapping[str, bytes]) -> None:
        new = {path: data for path, data in wanted.items() if path.startswith("exported/")}
        assert old.keys() == new.keys()
        seen = {path: data for path, data in visible(folder).items() if path.startswith("exported/")}
        assert seen in (old, new)

    tries(tmp_path, words, check)
