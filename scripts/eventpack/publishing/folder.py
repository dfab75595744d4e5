"""A folder as a place: any static server can serve it, any synchronising tool can carry it to one."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from eventpack.catalogue import SIGNED
from eventpack.errors import DamagedError, DiskError
from eventpack.files import write_atomically
from eventpack.listing import ListedFile, copy_listed, first_fault
from eventpack.locks import locked

_LOCK = ".lock"
Told = Callable[[int], None]
"""Called with the bytes of a version that are in place by now."""


class FolderPlace:
    """A place in a folder; see `Place`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.label = root.as_posix()

    @contextlib.contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """Keep others from publishing the dataset while the block runs."""
        with locked(self.root / name / _LOCK, f"another process publishes {name} to {self.label}; waiting for it"):
            yield

    def sweep(self, name: str) -> None:
        """Remove staged versions and half-written files that killed runs left; to be called under the lock."""
        with self._writing(name):
            for staged in (self.root / name).glob(".*.staged/"):
                shutil.rmtree(staged)
            for folder in (self.root / name, self.root / name / SIGNED):
                for left in folder.glob(".*.tmp"):
                    left.unlink()

    def read(self, path: str) -> bytes | None:
        """The bytes of a small file, or none when it is not there."""
        try:
            return (self.root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise DiskError(f"cannot read {self.root / path}: {error.strerror or error}", "check its mode") from error

    def fault(self, name: str, version: str, files: Iterable[ListedFile]) -> str | None:
        """The first file of a version that is not as listed; empty when all are, none when no file is there."""
        folder = self.root / name / version
        if not os.path.lexists(folder):
            return None
        files = list(files)
        wanted = {file.path for file in files}
        held = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if not path.is_dir()]
        extra = next((f"{path} is not listed" for path in held if path not in wanted), "")
        return first_fault(folder, files) or extra

    def add_version(self, name: str, version: str, files: Mapping[str, tuple[Path, ListedFile]], told: Told) -> None:
        """Copy the files of a version beside their place, and move them there as one folder."""
        folder, done = self.root / name, 0
        staged = folder / f".{version}.{secrets.token_hex(4)}.staged"
        with self._writing(f"{name}/{version}"):
            try:
                for path, (source, file) in files.items():
                    if not copy_listed(source, staged / path, file):
                        raise DamagedError(f"{source} changed while it was published", "run it again")
                    told(done := done + file.bytes)
                for inner in [path for path in staged.rglob("*") if path.is_dir()]:
                    _sync(inner)
                _sync(staged)
                staged.rename(folder / version)
                _sync(folder)
            finally:
                shutil.rmtree(staged, ignore_errors=True)

    def close(self) -> None:
        """Nothing is open."""

    def replace(self, path: str, data: bytes) -> None:
        """Write a small file, so that a reader finds the old bytes or the new ones."""
        write_atomically(self.root / path, data)
        with self._writing(path):
            _sync((self.root / path).parent)

    @contextlib.contextmanager
    def _writing(self, what: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            says = f"cannot publish {what} to {self.label}: {error.strerror or error}"
            raise DiskError(says, "check permissions and free space; then run it again") from error


def _sync(folder: Path) -> None:
    """Make renames in a folder last through a loss of power, where the system lets folders be opened."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
