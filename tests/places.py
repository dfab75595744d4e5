"""Releases and published places for tests: small tables, committed to git, packaged and published for real."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from eventpack.derive.manifest import sums_bytes
from eventpack.jsontext import json_bytes
from eventpack.listing import listed
from eventpack.packaging import package
from eventpack.publishing import publish
from tests.tablepack import write_tables

NAME = "ships"
_KEPT = TemporaryDirectory(prefix="eventpack-releases-", ignore_cleanup_errors=True)  # goes with the process
ROWS = "".join(f"s{number},ship number {number}\n" for number in range(3000))


def git(folder: Path, *words: str) -> None:
    """Run git as somebody, at a fixed time."""
    who = {
        f"GIT_{role}_{what}": "someone@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    dates = {f"GIT_{role}_DATE": "2024-05-04T10:00:00+0200" for role in ("AUTHOR", "COMMITTER")}
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    environment = {**os.environ, **who, **dates, **alone}
    subprocess.run(["git", "-C", str(folder), *words], env=environment, check=True, capture_output=True)


def source_tree(folder: Path, version: str = "0.1.0", *, name: str = NAME, extra: str = "", changes: str = "") -> Path:
    """A committed source tree: `ships` (100 kB), `ports` (small), `crews` (no rows), `extra` adds a ship."""
    tables = {"ships": f"id,name\n{ROWS}{extra}", "ports": "id,name\np1,Harbour\n", "crews": "id,name\n"}
    write_tables(folder, tables, name=name, version=version)
    if changes:
        (folder / "CHANGES.md").write_text(changes, "utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "data")
    return folder


@cache
def release(version: str = "0.1.0", *, name: str = NAME, extra: str = "", changes: str = "") -> Path:
    """A packaged folder, its zip beside it; made once, and not to be changed."""
    folder = Path(mkdtemp(dir=_KEPT.name))
    source_tree(folder / "source", version, name=name, extra=extra, changes=changes)
    return package(folder / "source", folder / "dist").folder


def copy_release(folder: Path, version: str = "0.1.0", *, archive: bool = False, extra: str = "") -> Path:
    """A release that may be changed, in a new folder; its zip beside it only when asked for."""
    made = release(version, extra=extra)
    if archive:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(made.with_name(f"{made.name}.zip"), folder)
    return Path(shutil.copytree(made, folder / made.name))


def reseal(folder: Path, **changes: str) -> Path:
    """Make manifest and checksums agree with the files of a release, after giving it other properties."""
    for path in ("datapackage.json", "manifest.json"):
        value = json.loads((folder / path).read_text("utf-8")) | changes
        if path == "manifest.json":
            value["files"] = [listed(file["path"], folder / file["path"]).to_json() for file in value["files"]]
        (folder / path).write_bytes(json_bytes(value))
    sums = {path: data for path, data in tree(folder).items() if path != "SHA256SUMS"}
    (folder / "SHA256SUMS").write_bytes(sums_bytes(sums))
    return folder


def published(folder: Path, *versions: str) -> Path:
    """A place with these versions, each with one ship more than the one before; returns the dataset's folder."""
    return Path(shutil.copytree(_published(*(versions or ("0.1.0",))), folder, dirs_exist_ok=True)) / NAME


@cache
def _published(*versions: str) -> Path:
    folder = Path(mkdtemp(dir=_KEPT.name))
    for number, version in enumerate(versions):
        publish(release(version, extra="".join(f"x{n},new ship\n" for n in range(number))), folder, yes=True)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder by path, locks left out."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith(".lock"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
