"""A small dataset in a git repository of its own, to be released, changed and released again."""

from __future__ import annotations

import os
from datetime import datetime
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from eventpack.building import build
from eventpack.releasing import Released, release
from tests.casepack import copy_base
from tests.gitpack import commit_all

SOURCE_ROOT = Path(__file__).parent.parent / "scripts"
NAME = "bakers-of-freedonia"
EVENT = "data/records/events/EV-aaaaaa.yaml"
OLD, NEW = "date_latest: 2024-05-01", "date_latest: 2024-05-02"
REVISION = "next,events,EV-aaaaaa,date_latest,changed,2024-05-01,2024-05-02,source-corrected,,coder-1,2024-06-01"
_KEPT = TemporaryDirectory(prefix="eventpack-released-", ignore_cleanup_errors=True)  # goes with the process


def edit(folder: Path, path: str, old: str, new: str) -> None:
    """Replace an exact text, which occurs once."""
    text = (folder / path).read_text("utf-8")
    assert text.count(old) == 1, f"{path} holds {old!r} {text.count(old)} times"
    (folder / path).write_bytes(text.replace(old, new).encode("utf-8"))


def append(folder: Path, path: str, line: str) -> None:
    """Add a line to a file."""
    with (folder / path).open("ab") as file:
        file.write(line.encode("utf-8") + b"\n")


def settled(folder: Path) -> Path:
    """The dataset built and committed."""
    build(folder)
    commit_all(folder)
    return folder


def source(folder: Path) -> Path:
    """The dataset, committed, nothing released."""
    copy_base(folder)
    return settled(folder)


def released(folder: Path) -> Path:
    """The dataset with 0.1.0 released on 1 June 2024, committed."""
    return Path(copytree(_once(), folder))


@cache
def _once() -> Path:
    folder = source(Path(_KEPT.name) / "one")
    release_on(folder, "2024-06-01", summary="Two events.")
    commit_all(folder, "Release 0.1.0")
    return folder


def corrected(folder: Path, *, explained: bool = True) -> Path:
    """0.1.0 and after it a corrected date, committed."""
    released(folder)
    edit(folder, EVENT, OLD, NEW)
    edit(folder, EVENT, "date_basis: stated", "date_basis: bounded")
    if explained:
        append(folder, "data/revisions.csv", f"REV-aaaaaa,{REVISION}")
        row = "next,events,EV-aaaaaa,date_basis,changed,stated,bounded,coding-error,Read again.,coder-1,2024-06-01"
        append(folder, "data/revisions.csv", f"REV-bbbbbb,{row}")
    return settled(folder)


def twice(folder: Path) -> Path:
    """0.1.0, and 0.1.1 with the corrected date, released on 1 July 2024, committed."""
    return Path(copytree(_again(), folder))


@cache
def _again() -> Path:
    folder = corrected(Path(_KEPT.name) / "two")
    release_on(folder, "2024-07-01", summary="A date corrected.")
    commit_all(folder, "Release 0.1.1")
    return folder


def release_on(folder: Path, day: str, version: str = "", **options: object) -> Released:
    """Release on a day."""
    seconds = str(int(datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp()))
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = seconds
    try:
        return release(folder, version, **options)  # type: ignore[arg-type]  # those of `release`
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH")
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before
