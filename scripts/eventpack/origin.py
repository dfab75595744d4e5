"""Which commit of which state a package folder is, as git tells it."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from eventpack.git import GitRefused, ask_git


@dataclass(frozen=True, slots=True)
class Origin:
    """The commit that is checked out: its id, its time (UTC, like `2026-03-01T12:00:00Z`), and whether the package
    folder is exactly as in that commit."""

    commit: str
    time: str
    clean: bool


def read_origin(root: Path, descriptor: str, ignoring: Sequence[Path] = ()) -> Origin | None:
    """The origin of the package in a folder; none outside git, without a commit, or when git cannot be asked.

    A folder that a surrounding repository ignores is outside git. Changes below the `ignoring` paths do not count.
    """
    shown = _ask(root, "show", "-s", "--no-show-signature", "--format=%H %ct", "HEAD")
    if shown is None:
        return None
    commit, _, seconds = shown.strip().partition(" ")
    left_out = [f":(exclude,literal){name}" for path in ignoring if (name := _below(path, root))]
    status = _ask(root, "status", "--porcelain", "--untracked-files=normal", "--", ".", *left_out)
    tracked = _ask(root, "ls-files", "--", f":(literal){descriptor}")
    if status is None or not (status or tracked):
        return None
    return Origin(commit, _time(seconds), clean=not status)


def given_time() -> str:
    """The time that the environment gives to reproducible builds, in the same form, or nothing; never the clock."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    return _time(seconds) if re.fullmatch(r"[0-9]{1,11}", seconds) else ""


def _time(seconds: str) -> str:
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _below(path: Path, root: Path) -> str:
    inside, outer = path.resolve(), root.resolve()
    return inside.relative_to(outer).as_posix() if inside != outer and inside.is_relative_to(outer) else ""


def _ask(root: Path, *words: str) -> str | None:
    """What git answers in a folder; none when it fails."""
    try:
        return ask_git(root, *words).decode("utf-8", "replace")
    except GitRefused:
        return None
