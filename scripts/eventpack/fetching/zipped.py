"""Files in a zip archive; what it says about itself is checked before a byte is unpacked."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from eventpack.errors import DamagedError, DiskError
from eventpack.fetching.source import REPORT, Absent, Told, copy_local
from eventpack.listing import digest_of
from eventpack.trees import unsafe_entries

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, NotImplementedError)


class Zipped:
    """A zip archive as a source.

    Raises:
        DamagedError: It is no zip archive, or one with unsafe paths, links, repeated names or absurd sizes.
        DiskError: It cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.label = path.as_posix()
        try:
            self._zip = zipfile.ZipFile(path)
            entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
            self._entries = {entry.filename: entry for entry in entries}
            if problem := unsafe_entries(entries, path.stat().st_size):
                raise DamagedError(f"{self.label}: {problem}", "do not unpack it; get the archive again")
            self.key = f"zip-{digest_of(path)[:24]}"
        except _DAMAGE as error:
            raise DamagedError(f"{self.label} is no readable zip archive ({error})", "get it again") from error
        except OSError as error:
            raise DiskError(f"cannot read {path}: {error.strerror or error}", "check its mode") from error

    def names(self) -> list[str]:
        """The paths of all files, sorted."""
        return sorted(self._entries)

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a small file; raises `Absent`, and `DamagedError` when it is larger than the limit."""
        entry = self._entry(path)
        if entry.file_size > limit:
            raise DamagedError(f"{self.label}/{path} is larger than {limit} bytes", REPORT)
        with self._unpacking(path):
            return self._zip.read(entry)

    def fetch(self, path: str, part: Path, size: int, told: Told) -> bool:
        """Unpack a file into `part`, always from the start."""
        entry = self._entry(path)
        if entry.file_size != size:
            raise DamagedError(f"{self.label}/{path} has {entry.file_size} bytes, expected {size}", REPORT)
        with self._unpacking(path), self._zip.open(entry) as file:
            return copy_local(file, part, size, told)  # type: ignore[arg-type]  # IO[bytes] reads like BinaryIO

    def close(self) -> None:
        """Let the archive go."""
        self._zip.close()

    def _entry(self, path: str) -> zipfile.ZipInfo:
        if path not in self._entries:
            raise Absent(f"{self.label}/{path}")
        return self._entries[path]

    @contextlib.contextmanager
    def _unpacking(self, path: str) -> Iterator[None]:
        try:
            yield
        except _DAMAGE as error:
            what = f"{self.label}/{path} cannot be unpacked: {error}"
            raise DamagedError(what, "get the archive again") from error
        except OSError as error:
            raise DiskError(f"cannot unpack {self.label}: {error.strerror or error}", "check free space") from error
