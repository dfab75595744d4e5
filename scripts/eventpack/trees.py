"""Where a package's files are: a folder or a zip archive, read through one small interface."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Protocol

from eventpack.errors import DiskError, NotAPackage
from eventpack.files import path_problem


class MissingFile(Exception):
    """No regular file of that name inside the package; the text says why."""


class Tree(Protocol):
    """The files of one package, addressed by relative paths with forward slashes."""

    @property
    def label(self) -> str:
        """How to print the root: a path as somebody would type it, without a trailing slash; empty for here."""

    def read(self, path: str) -> bytes:
        """The bytes of one file; raises `MissingFile` or `DiskError`."""

    def has(self, path: str) -> bool:
        """Whether there is a file of that name inside the package."""

    def under(self, folder: str) -> list[str]:
        """The paths of all files below a folder, sorted; none when the folder is not there."""


class Folder:
    """A package in a folder; a symbolic link that leads out of it is not followed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.label = "" if root == Path() else root.as_posix()
        self._resolved = root.resolve()

    def read(self, path: str) -> bytes:
        """The bytes of one file; raises `MissingFile` or `DiskError`."""
        if problem := path_problem(path):
            raise MissingFile(f"the path {problem}")
        try:
            target = (self.root / path).resolve()
            if not target.is_relative_to(self._resolved):
                raise MissingFile("the path is a link that leaves the package")
            return target.read_bytes()
        except FileNotFoundError:
            raise MissingFile("there is no such file") from None
        except (IsADirectoryError, NotADirectoryError):
            raise MissingFile("it is a folder, not a file") from None
        except OSError as error:
            raise DiskError(f"cannot read {self.root / path}: {error.strerror or error}", "check its mode") from error

    def has(self, path: str) -> bool:
        """Whether there is a file of that name inside the package."""
        return not path_problem(path) and (self.root / path).is_file()

    def under(self, folder: str) -> list[str]:
        """The paths of all files below a folder, sorted; none when the folder is not there."""
        if path_problem(folder):
            return []
        found = (p for p in (self.root / folder).rglob("*") if p.is_file())
        return sorted(p.relative_to(self.root).as_posix() for p in found)


class Archive:
    """A package in a zip archive, its descriptor at the root; entries are read in memory, nothing is unpacked."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise NotAPackage(f"{path} is not a readable zip archive ({error})", "package it again") from error
        self.label = path.as_posix()
        names = (n for n in self._zip.namelist() if not n.endswith("/"))
        self._names = {n for n in names if not path_problem(n)}

    def read(self, path: str) -> bytes:
        """The bytes of one entry; raises `MissingFile` or `DiskError`."""
        if path not in self._names:
            raise MissingFile("there is no such file in the archive")
        try:
            return self._zip.read(path)
        except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as error:
            raise DiskError(f"cannot read {self.label}/{path}: {error}", "the archive is damaged; fetch it again") from error

    def has(self, path: str) -> bool:
        """Whether there is an entry of that name."""
        return path in self._names

    def under(self, folder: str) -> list[str]:
        """The paths of all entries below a folder, sorted."""
        return sorted(name for name in self._names if name.startswith(folder.rstrip("/") + "/"))
