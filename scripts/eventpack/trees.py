"""Where a package's files are: a folder or a zip archive, read through one small interface."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, BinaryIO, Protocol

from eventpack.errors import DiskError, NotAPackage, TextError
from eventpack.files import path_problem

# A link in a circle and a name too long are faults of the path, not of the disk.
_NO_FILE = (errno.ELOOP, errno.ENAMETOOLONG)
# Text compresses to a tenth or so; what unpacks to more than this many times its size was made to fill a disk.
_MOST_GROWTH = 100
_MOST_NAMES = 100_000
_PIECE = 1 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what every system unpacks; others raise errors of their own


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
        self._inside: dict[str, Path] = {}  # folders that were looked at: each once, not for each of ten thousand files

    def read(self, path: str) -> bytes:
        """The bytes of one file; raises `MissingFile` or `DiskError`."""
        with self.open(path) as file:
            return file.read()

    @contextlib.contextmanager
    def open(self, path: str) -> Iterator[BinaryIO]:
        """One file to read from; raises `MissingFile` or `DiskError`."""
        if problem := path_problem(path):
            raise MissingFile(f"the path {problem}")
        try:
            with open(self._target(path), "rb") as file:
                yield file
        except (FileNotFoundError, NotADirectoryError):
            raise MissingFile("there is no such file") from None
        except RuntimeError:  # Python before 3.13
            raise MissingFile("the path is a link to itself") from None
        except OSError as error:
            if error.errno in _NO_FILE:
                raise MissingFile(f"there is no such file ({error.strerror})") from None
            raise DiskError(f"cannot read {self.root / path}: {error.strerror or error}", "check its mode") from error

    def _target(self, path: str) -> str:
        """The file itself, behind links that stay in the package."""
        folder, _, name = path.rpartition("/")
        if folder not in self._inside:
            self._inside[folder] = self._behind_links(self.root / folder)
        target = os.path.join(self._inside[folder], name)
        if stat.S_ISREG(os.lstat(target).st_mode):
            return target
        real = self._behind_links(Path(target))
        if real.exists() and not real.is_file():  # reading a pipe would wait for ever
            raise MissingFile("it is not a file" if not real.is_dir() else "it is a folder, not a file")
        return str(real)

    def _behind_links(self, place: Path) -> Path:
        real = place.resolve()
        if not real.is_relative_to(self._resolved):
            raise MissingFile("the path is a link that leaves the package")
        return real

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
            inner = Path(place).relative_to(self.root).as_posix()
            # Links and pipes are listed too, so that reading them tells.
            links = (name for name in folders if os.path.islink(os.path.join(place, name)))
            found += (f"{inner}/{name}" for name in (*names, *links))
        return sorted(found)


def _refuse(error: OSError) -> None:
    raise DiskError(f"cannot look into {error.filename}: {error.strerror}", "check its mode") from error


class Archive:
    """A package in a zip archive, its descriptor at the root; entries are read in memory, nothing is unpacked."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            size = path.stat().st_size
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise NotAPackage(f"{path} is not a readable zip archive ({error})", "package it again") from error
        except OSError as error:
            raise DiskError(f"cannot read {path}: {error.strerror or error}", "check its mode") from error
        if problem := unsafe_entries([e for e in self._zip.infolist() if not e.filename.endswith("/")], size):
            raise NotAPackage(f"{path}: {problem}", "do not unpack it; get the archive again")
        self.label = path.as_posix()
        self._names = {name for name in self._zip.namelist() if not name.endswith("/")}

    def read(self, path: str) -> bytes:
        """The bytes of one entry; raises `MissingFile` or `DiskError`."""
        with self.open(path) as file:
            return file.read()

    @contextlib.contextmanager
    def open(self, path: str) -> Iterator[IO[bytes]]:
        """One entry to read from; raises `MissingFile` or `DiskError`."""
        if path not in self._names:
            raise MissingFile("there is no such file in the archive")
        try:
            with self._zip.open(path) as file:
                yield file
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
            raise DiskError(
                f"cannot read {self.label}/{path}: {error}", "the archive is damaged; fetch it again"
            ) from error

    def size(self, path: str) -> int:
        """How many bytes an entry says that it has; more are not read."""
        return self._zip.getinfo(path).file_size if path in self._names else sys.maxsize

    def has(self, path: str) -> bool:
        """Whether there is an entry of that name."""
        return path in self._names

    def has_folder(self, path: str) -> bool:
        """Whether an entry lies below that name."""
        return bool(self.under(path))

    def under(self, folder: str) -> list[str]:
        """The paths of all entries below a folder, sorted."""
        return sorted(name for name in self._names if name.startswith(folder.rstrip("/") + "/"))


def unsafe_entries(entries: Sequence[zipfile.ZipInfo], size: int) -> str:
    """What makes the files of an archive of that size unsafe to unpack, or nothing."""
    if len(entries) > _MOST_NAMES:
        return f"it holds {len(entries)} files"
    if sum(entry.file_size for entry in entries) > _MOST_GROWTH * size:
        return f"it would unpack to more than {_MOST_GROWTH} times its size"
    if len({entry.filename for entry in entries}) < len(entries):
        return "a path stands in it twice"
    problems = ((entry.filename, _entry_problem(entry)) for entry in entries)
    return next((f"{name!r} {problem}" for name, problem in problems if problem), "")


def _entry_problem(entry: zipfile.ZipInfo) -> str:
    if problem := path_problem(entry.filename):
        return problem
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        return "is a link or no regular file"
    if entry.compress_type not in _METHODS:
        return "is packed by another method than deflate"
    return "is encrypted" if entry.flag_bits & 1 else ""


def read_within(tree: Tree, path: str, most: int) -> bytes:
    """The bytes of one file that may have so many, and no more of it where the tree can do so.

    Raises:
        TextError: `file/too-large`.
        MissingFile: There is no such file.
        DiskError: It cannot be read.
    """
    if isinstance(tree, (Folder, Archive)):
        most_here = min(most, tree.size(path)) if isinstance(tree, Archive) else most
        with tree.open(path) as file:
            data = file.read(most_here + 1)
    else:
        data = tree.read(path)
    if len(data) > most:
        what = f"the file has more than {most:,} bytes, which is the most that is read of its kind"
        raise TextError("file/too-large", what, fix="split it, or write the data as plain CSV files")
    return data


def pieces(tree: Tree, path: str) -> Iterator[bytes]:
    """The bytes of one file piece by piece, so that a large one is never held whole where the tree can do so.

    Raises:
        MissingFile: There is no such file.
        DiskError: It cannot be read.
    """
    if isinstance(tree, (Folder, Archive)):
        with tree.open(path) as file:
            while piece := file.read(_PIECE):
                yield piece
    else:
        yield tree.read(path)
