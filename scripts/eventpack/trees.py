"""Where a package's files are: a folder or a zip archive, read through one small interface."""

from __future__ import annotations

import errno
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from eventpack.errors import DiskError, NotAPackage
from eventpack.files import path_problem

# A link in a circle and a name too long are faults of the path, not of the disk.
_NO_FILE = (errno.ELOOP, errno.ENAMETOOLONG)


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

    def has_folder(self, path: str) -> bool:
        """Whether there is a folder of that name inside the package."""

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
            if target.exists() and not target.is_file():  # reading a pipe would wait for ever
                raise MissingFile("it is not a file" if not target.is_dir() else "it is a folder, not a file")
            return target.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise MissingFile("there is no such file") from None
        except RuntimeError:  # Python before 3.13
            raise MissingFile("the path is a link to itself") from None
        except OSError as error:
            if error.errno in _NO_FILE:
                raise MissingFile(f"there is no such file ({error.strerror})") from None
            raise DiskError(f"cannot read {self.root / path}: {error.strerror or error}", "check its mode") from error

    def has(self, path: str) -> bool:
        """Whether there is a file of that name inside the package."""
        return self._is(path, Path.is_file)

    def has_folder(self, path: str) -> bool:
        """Whether there is a folder of that name inside the package."""
        return self._is(path, Path.is_dir)

    def _is(self, path: str, kind: Callable[[Path], bool]) -> bool:
        place = self.root / path
        try:
            return not path_problem(path) and kind(place) and place.resolve().is_relative_to(self._resolved)
        except (OSError, RuntimeError):  # a link to itself, a name too long
            return False

    def under(self, folder: str) -> list[str]:
        """The paths of all files below a folder, sorted; none when the folder is not there."""
        if not self.has_folder(folder):
            return []
        found: list[str] = []
        for place, folders, names in os.walk(self.root / folder, onerror=_refuse):
            # Links and pipes are listed too, so that reading them tells.
            links = (name for name in folders if Path(place, name).is_symlink())
            found += (Path(place, name).relative_to(self.root).as_posix() for name in (*names, *links))
        return sorted(found)


def _refuse(error: OSError) -> None:
    raise DiskError(f"cannot look into {error.filename}: {error.strerror}", "check its mode") from error


class Archive:
    """A package in a zip archive, its descriptor at the root; entries are read in memory, nothing is unpacked."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise NotAPackage(f"{path} is not a readable zip archive ({error})", "package it again") from error
        except OSError as error:
            raise DiskError(f"cannot read {path}: {error.strerror or error}", "check its mode") from error
        self.label = path.as_posix()
        names = (n for n in self._zip.namelist() if not n.endswith("/"))
        self._names = {n for n in names if not path_problem(n)}

    def read(self, path: str) -> bytes:
        """The bytes of one entry; raises `MissingFile` or `DiskError`."""
        if path not in self._names:
            raise MissingFile("there is no such file in the archive")
        try:
            return self._zip.read(path)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
            raise DiskError(
                f"cannot read {self.label}/{path}: {error}", "the archive is damaged; fetch it again"
            ) from error

    def has(self, path: str) -> bool:
        """Whether there is an entry of that name."""
        return path in self._names

    def has_folder(self, path: str) -> bool:
        """Whether an entry lies below that name."""
        return bool(self.under(path))

    def under(self, folder: str) -> list[str]:
        """The paths of all entries below a folder, sorted."""
        return sorted(name for name in self._names if name.startswith(folder.rstrip("/") + "/"))
