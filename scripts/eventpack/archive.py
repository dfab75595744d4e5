"""Zip archives that have the same bytes on every machine: fixed order, times and modes, and nothing compressed."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path, PurePosixPath

from eventpack.files import replacing

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first time that the format can say
_UNIX = 3
_FILE, _FOLDER = 0o100644, 0o040755
_DOS_FOLDER = 0x10


def write_archive(folder: Path, target: Path) -> None:
    """Write the files below a folder as a zip archive, with entries for their folders; paths are relative to it.

    Entries are stored, since builds of zlib compress the same bytes differently.

    Raises:
        DiskError: A file cannot be read or the archive not written; the old archive, if any, stays.
    """
    with replacing(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name in _entries(folder):
            _add(archive, name, folder / name)


def _entries(folder: Path) -> list[str]:
    """The names of all entries in code-point order, folders with a slash at the end and before what is in them."""
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    folders = {f"{parent}/" for name in files for parent in PurePosixPath(name).parents if parent.name}
    return sorted([*files, *folders])


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.create_system = _UNIX
    if name.endswith("/"):
        entry.external_attr = _FOLDER << 16 | _DOS_FOLDER
        archive.writestr(entry, b"")
        return
    entry.external_attr = _FILE << 16
    entry.file_size = path.stat().st_size
    with path.open("rb") as source, archive.open(entry, "w") as sink:
        shutil.copyfileobj(source, sink, 1 << 20)
