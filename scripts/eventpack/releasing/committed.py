"""The commit that a release is made from: the tree must be exactly it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eventpack.errors import DiskError, EventpackError
from eventpack.git import GitRefused, ask_git
from eventpack.releases import PENDING, RELEASES

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Base:
    """A commit, git's own folder, and the paths of its files below the package's folder."""

    commit: str
    git: Path
    files: tuple[str, ...]


def git_folder(root: Path) -> Path:
    """The folder in which git keeps what belongs to a working tree.

    Raises:
        EventpackError: The folder is in no repository, or git cannot be asked.
    """
    try:
        return Path(os.fsdecode(ask_git(root, "rev-parse", "--absolute-git-dir")).rstrip("\n"))
    except GitRefused as error:
        said = str(error).removeprefix("fatal: ").partition("\n")[0]
        what = f"a release is made from a commit, and git cannot tell of one: {said}"
        raise EventpackError(what, "commit the data with git; `eventpack package` works without") from None


def read_base(root: Path, descriptor: str) -> Base:
    """The commit that is checked out, when nothing in the package's folder differs from it.

    Raises:
        EventpackError: There is none, or something differs; the first of it is named.
    """
    folder = git_folder(root)
    try:
        commit = ask_git(root, "rev-parse", "--quiet", "--verify", "HEAD^{commit}").decode().strip()
    except GitRefused:
        raise EventpackError("a release is made from a commit, and there is none yet", "commit the data") from None
    status = _ask(root, "status", "--porcelain", "-z", "--untracked-files=all", "--", ".", f":(exclude){PENDING}")
    if names := _names(status):
        rest = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        what = f"the tree is not clean: {', '.join(names[:_SHOWN])}{rest}"
        raise EventpackError(what, "commit, ignore or remove what differs; a release is made from a commit")
    files = _names(_ask(root, "ls-files", "-z", "--", ".", f":(exclude){RELEASES}"), 0)
    if descriptor not in files:
        raise EventpackError(f"{descriptor} is not in git", "commit the data; a release is made from a commit")
    return Base(commit, folder, tuple(files))


def require_seen(root: Path, paths: Sequence[str]) -> None:
    """Raise `EventpackError` for the first file of a release that git ignores: it would never reach anybody."""
    try:
        ignored = os.fsdecode(ask_git(root, "check-ignore", "--", *paths)).splitlines()  # -z goes with --stdin only
    except GitRefused:  # none is
        return
    if ignored:
        what = f"git ignores {ignored[0]}, so whoever clones the data would not get it"
        raise EventpackError(what, "take it out of .gitignore, or keep archives elsewhere: --archives FOLDER")


def copy_files(base: Base, root: Path, sink: Path) -> None:
    """The files of the commit in another folder: hard links where the system has them, since nothing writes in place.

    Files that git ignores stay behind, so that what is released is what was committed.
    """
    try:
        for path in base.files:
            source, target = root / path, sink / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_symlink():
                os.symlink(os.readlink(source), target)
            elif source.is_file():  # another repository inside is a folder
                _link(source, target)
    except OSError as error:
        what = f"cannot copy the tree to {sink}: {error.strerror or error}"
        raise DiskError(what, "check permissions and free space") from error


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _names(listing: bytes, prefix: int = 3) -> list[str]:
    """The paths of a listing that git ends with NUL; of a renamed file both."""
    return [os.fsdecode(line)[prefix:] for line in listing.split(b"\0") if line]


def _ask(root: Path, *words: str) -> bytes:
    try:
        return ask_git(root, *words)
    except GitRefused as error:
        raise EventpackError(f"git cannot look at the tree: {error}", "try `git status`") from None
