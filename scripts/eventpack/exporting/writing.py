"""Write formats into a folder beside their place, and put it there whole."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from eventpack import __version__
from eventpack.errors import DiskError, EventpackError
from eventpack.exporting.registry import FORMATS
from eventpack.exports import EXPORTS_VERSION, ExportedFormat, Exports, rewrite_exports
from eventpack.listing import listed
from eventpack.material import Material


def write_exports(material: Material, names: Iterable[str], place: Path) -> tuple[Exports, list[str]]:
    """Write formats into the folder at `place`, beside those of the same core that it holds; the rest of it goes.

    What is told of the formats comes back with the list of them.

    Raises:
        EventpackError: Something else stands at the place, or a table cannot be read.
        DiskError: The disk refuses; what was there is as it was.
    """
    import polars as pl

    names, told = list(dict.fromkeys(names)), list[str]()
    head = Exports(
        exports=EXPORTS_VERSION, name=material.label, version=material.version, core=material.core,
        tool=f"eventpack {__version__}", formats=[],
    )  # fmt: skip
    try:
        fill = [(name, material) for name in names]
        return rewrite_exports(place, head, names, lambda new: [_written(*each, new, told) for each in fill]), told
    except pl.exceptions.ComputeError as error:  # its word for a disk that is full
        raise DiskError(f"cannot write {place}: {error}", "check permissions and free space") from error


def _written(name: str, material: Material, new: Path, told: list[str]) -> ExportedFormat:
    folder = new / name
    folder.mkdir()
    told += [f"{name}: {sentence}" for sentence in FORMATS[name].write(material, folder)]
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    if not paths:
        raise EventpackError(f"nothing can be exported as {name}: {FORMATS[name].say}, and there are none", "")
    for path in paths:
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    files = [listed(path.relative_to(new).as_posix(), path) for path in paths]
    libraries = {library: _version(library) for library in FORMATS[name].libraries}
    return ExportedFormat(format=name, libraries=libraries, files=files)


def _version(library: str) -> str:
    if library == "sqlite":
        import sqlite3

        return sqlite3.sqlite_version
    from importlib.metadata import version

    return version(library)
