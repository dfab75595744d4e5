"""Files in a folder of this machine, or of one that is mounted here."""

from __future__ import annotations

import os
import re
from pathlib import Path

from eventpack.errors import DamagedError, DiskError
from eventpack.fetching.source import REPORT, Absent, Told, copy_local
from eventpack.files import path_problem, sha256


class Disk:
    """A folder as a source."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.label = root.as_posix()
        name = re.sub(r"[^a-z0-9._-]", "_", root.resolve().parent.name.lower()) or "root"
        self.key = f"folder-{name}-{sha256(os.fsencode(root.resolve()))[:12]}"

    def names(self) -> list[str]:
        """The paths of all files, sorted; a link or pipe is refused."""
        found = []
        for place, folders, names in os.walk(self.root, onerror=_refuse):
            for name in (*names, *(folder for folder in folders if Path(place, folder).is_symlink())):
                path = Path(place, name)
                if path.is_symlink() or not path.is_file():
                    raise DamagedError(f"{path.as_posix()} is no regular file", "remove it, or package again")
                found.append(path.relative_to(self.root).as_posix())
        return sorted(found)

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a small file; raises `Absent`, and `DamagedError` when it is larger than the limit."""
        place = self._place(path)
        try:
            if place.stat().st_size > limit:
                raise DamagedError(f"{place.as_posix()} is larger than {limit} bytes", REPORT)
            return place.read_bytes()
        except OSError as error:
            raise _unreadable(place, error) from error

    def fetch(self, path: str, part: Path, size: int, told: Told) -> bool:
        """Copy a file into `part`, always from the start."""
        place = self._place(path)
        try:
            if (held := place.stat().st_size) != size:
                raise DamagedError(f"{place.as_posix()} has {held} bytes, expected {size}", REPORT)
            with place.open("rb") as file:
                return copy_local(file, part, size, told)
        except OSError as error:
            raise _unreadable(place, error) from error

    def _place(self, path: str) -> Path:
        place = self.root / path
        try:
            inside = not path_problem(path) and place.is_file()  # reading a pipe would wait for ever
        except OSError:  # a name too long
            inside = False
        if not inside:
            raise Absent(place.as_posix())
        return place


def _unreadable(place: Path, error: OSError) -> DiskError:
    return DiskError(f"cannot copy {place}: {error.strerror or error}", "check its mode and free space")


def _refuse(error: OSError) -> None:
    raise DiskError(f"cannot look into {error.filename}: {error.strerror}", "check its mode") from error
