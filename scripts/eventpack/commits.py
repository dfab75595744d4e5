"""The files of a package in one commit, read without a checkout."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from eventpack.errors import DiskError, EventpackError
from eventpack.files import path_problem
from eventpack.git import GitRefused, ask_git, converse_with_git
from eventpack.trees import MissingFile

_LINK, _REPOSITORY = "120000", "160000"  # file modes of git


@dataclass(frozen=True, slots=True)
class _Entry:
    mode: str
    blob: str


class Commit:
    """The package folder `root` as it is in a commit, given by its id; a `Tree`, to be closed after use.

    Symbolic links and other repositories inside it are listed but not followed: reading one raises `MissingFile`.
    """

    def __init__(self, root: Path, commit: str) -> None:
        self.label = f"git:{commit[:12]}"
        self._root = root
        self._git: subprocess.Popen[bytes] | None = None
        self._entries = _list_entries(root, commit)

    def read(self, path: str) -> bytes:
        """The bytes of one file; raises `MissingFile` or `DiskError`."""
        if path not in self._entries:
            raise MissingFile("there is no such file in the commit")
        entry = self._entries[path]
        if entry.mode in (_LINK, _REPOSITORY):
            kind = "a link" if entry.mode == _LINK else "another repository"
            raise MissingFile(f"the path is {kind}, which is not followed in a commit")
        try:
            return self._read_blob(entry.blob)
        except (OSError, ValueError) as error:
            fix = "run `git fsck`, or fetch the commit again"
            raise DiskError(f"git cannot give {self.label}/{path}: {error}", fix) from error

    def _read_blob(self, blob: str) -> bytes:
        """The protocol of `git cat-file --batch`: an id in; id, type and size, the bytes and a line end out."""
        if self._git is None:
            self._git = converse_with_git(self._root, "cat-file", "--batch")
        assert self._git.stdin is not None
        assert self._git.stdout is not None
        self._git.stdin.write(f"{blob}\n".encode())
        self._git.stdin.flush()
        _, kind, *size = self._git.stdout.readline().decode().split() or ("", "no answer")
        if kind != "blob":
            raise ValueError(kind)
        return self._git.stdout.read(int(size[0]) + 1)[:-1]

    def has(self, path: str) -> bool:
        """Whether there is a file of that name inside the package; a link is none."""
        return path in self._entries and self._entries[path].mode not in (_LINK, _REPOSITORY)

    def has_folder(self, path: str) -> bool:
        """Whether a file lies below that name; git keeps no empty folders."""
        return bool(self.under(path))

    def under(self, folder: str) -> list[str]:
        """The paths of all files below a folder, sorted."""
        return sorted(path for path in self._entries if path.startswith(folder.rstrip("/") + "/"))

    def close(self) -> None:
        """End the git that reads files, if one was started."""
        if self._git is not None:
            self._git.communicate()
            self._git = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _list_entries(root: Path, commit: str) -> dict[str, _Entry]:
    """Mode and blob by path below the package folder; nothing when the commit has no such folder."""
    try:
        prefix = ask_git(root, "rev-parse", "--show-prefix").removesuffix(b"\n")
        below = ("--", os.fsdecode(prefix)) if prefix else ()
        listing = ask_git(root, "--literal-pathspecs", "ls-tree", "-r", "-z", "--full-tree", commit, *below)
    except GitRefused as error:
        raise EventpackError(f"git cannot list the files of {commit[:12]}: {error}", "run `git fsck`") from None
    entries = {}
    for line in listing.split(b"\0")[:-1]:
        about, _, name = line.partition(b"\t")
        mode, _, blob = about.decode().split(" ")
        path = os.fsdecode(name.removeprefix(prefix))
        if not path_problem(path):
            entries[path] = _Entry(mode, blob)
    return entries
