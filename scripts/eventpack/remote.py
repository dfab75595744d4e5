"""Files at addresses on the web, read as if they were in the package, where somebody allows it."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from eventpack.errors import NetworkError
from eventpack.files import path_problem
from eventpack.trees import Archive, Folder, MissingFile, Tree

Fetch = Callable[[str], bytes]
"""The bytes at an address; raises `MissingFile`, or `NetworkError` when nobody can say whether they are there."""

_MOST = 300 << 20  # bytes of all files together; they are held in memory
_ADDRESS = re.compile(r"https?://.*", re.I | re.S)


def is_remote(path: str) -> bool:
    """Whether a path is an address on the web."""
    return _ADDRESS.fullmatch(path) is not None


class Fetched:
    """What was fetched so far; each address is asked for once, so that all that is said of a file is of one state."""

    def __init__(self, fetch: Fetch, most: int = _MOST) -> None:
        self._fetch, self._left = fetch, most
        self._held: dict[str, bytes | MissingFile] = {}

    def read(self, address: str) -> bytes:
        """The bytes at an address; raises `MissingFile`, and `NetworkError`, also when all together are too many."""
        held = self._held.get(address)
        if held is None:
            try:
                held = self._fetch(address)
                self._left -= len(held)
            except MissingFile as error:
                held = error
            if self._left < 0:
                raise NetworkError(f"{address} is more than is fetched for one package", "fetch the files yourself")
            self._held[address] = held
        if isinstance(held, MissingFile):
            raise held
        return held

    def has(self, address: str) -> bool:
        """Whether there is a file at an address; raises `NetworkError`."""
        try:
            return self.read(address) is not None
        except MissingFile:
            return False


class ReachingFolder(Folder):
    """A package in a folder, with the files at the addresses that it names."""

    def __init__(self, root: Path, fetched: Fetched) -> None:
        super().__init__(root)
        self._fetched = fetched

    @contextlib.contextmanager
    def open(self, path: str) -> Iterator[IO[bytes]]:  # type: ignore[override]
        """One file to read from; raises `MissingFile`, `DiskError` or `NetworkError`."""
        with _opened(self._fetched, path) if is_remote(path) else super().open(path) as file:
            yield file

    def has(self, path: str) -> bool:
        """Whether there is a file of that name inside the package, or at that address."""
        return self._fetched.has(path) if is_remote(path) else super().has(path)


class ReachingArchive(Archive):
    """A package in a zip archive, with the files at the addresses that it names."""

    def __init__(self, path: Path, fetched: Fetched) -> None:
        super().__init__(path)
        self._fetched = fetched

    @contextlib.contextmanager
    def open(self, path: str) -> Iterator[IO[bytes]]:
        """One file to read from; raises `MissingFile`, `DiskError` or `NetworkError`."""
        with _opened(self._fetched, path) if is_remote(path) else super().open(path) as file:
            yield file

    def has(self, path: str) -> bool:
        """Whether there is an entry of that name, or a file at that address."""
        return self._fetched.has(path) if is_remote(path) else super().has(path)


def _opened(fetched: Fetched, address: str) -> IO[bytes]:
    return io.BytesIO(fetched.read(address))


def reaching(tree: Tree, fetch: Fetch) -> Tree:
    """A folder or zip that has the files at addresses, too."""
    fetched = Fetched(fetch)
    if isinstance(tree, Folder):
        return ReachingFolder(tree.root, fetched)
    return ReachingArchive(Path(tree.label), fetched) if isinstance(tree, Archive) else tree


def path_fault(tree: Tree, path: str) -> str:
    """Why a descriptor may not name a file of a tree by a path, or nothing."""
    if not is_remote(path):
        return path_problem(path)
    allowed = isinstance(tree, (ReachingFolder, ReachingArchive))
    return "" if allowed else "is a remote address, which only `eventpack validate --remote` fetches"
