"""Write formats into a folder beside their place, and put it there whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from eventpack import __version__
from eventpack.errors import DamagedError, DiskError, EventpackError
from eventpack.exporting.registry import FORMATS
from eventpack.exports import EXPORTS, EXPORTS_VERSION, ExportedFormat, Exports, read_exports
from eventpack.files import write_atomically
from eventpack.listing import copy_listed, first_fault, listed
from eventpack.material import Material
from eventpack.moving import put_in_place


def write_exports(material: Material, names: Iterable[str], place: Path) -> tuple[Exports, list[str]]:
    """Write formats into the folder at `place`, beside those of the same core that it holds; the rest of it goes.

    What is told of the formats comes back with the list of them.

    Raises:
        EventpackError: Something else stands at the place, or a table cannot be read.
        DiskError: The disk refuses; what was there is as it was.
    """
    names = list(dict.fromkeys(names))
    with _staging(place) as made:
        kept = _kept(place, material.core, set(names))
        new = made / place.name
        new.mkdir()
        for each in kept:
            for file in each.files:
                if not copy_listed(place / file.path, new / file.path, file):
                    raise DamagedError(f"{place / file.path} changed while it was read", "run it again")
        told: list[str] = []
        written = [_written(material, name, new, told) for name in names]
        tool = f"eventpack {__version__}"
        formats = sorted([*kept, *written], key=lambda each: each.format)
        exports = Exports(
            exports=EXPORTS_VERSION, name=material.name, version=material.version, core=material.core, tool=tool,
            formats=formats,
        )  # fmt: skip
        write_atomically(new / EXPORTS, exports.to_bytes())
        put_in_place([(new, place)], made / "old")
    return exports, told


def _written(material: Material, name: str, new: Path, told: list[str]) -> ExportedFormat:
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


def _kept(place: Path, core: str, anew: set[str]) -> list[ExportedFormat]:
    """What stays of a folder of exports: formats of the same core that are not written anew and are as they were."""
    if not os.path.lexists(place):
        return []
    if not (place / EXPORTS).is_file():
        raise EventpackError(f"{place} is there and holds no exports", "move it away, or give another --out")
    try:
        held = read_exports((place / EXPORTS).read_bytes(), str(place / EXPORTS))
    except DamagedError:
        return []
    same = held.core == core
    return [each for each in held.formats if same and each.format not in anew and not first_fault(place, each.files)]


@contextmanager
def _staging(place: Path) -> Iterator[Path]:
    """A folder beside the place; what killed runs left of such folders is removed."""
    import polars as pl

    parent = place.parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        for left in parent.glob(f".{place.name}.*/"):
            for old in (left / "old").glob("*"):
                if not place.exists():
                    old.rename(place)
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(prefix=f".{place.name}.", dir=parent) as made:
            yield Path(made)
    except (OSError, pl.exceptions.ComputeError) as error:
        what = f"cannot write {place}: {getattr(error, 'strerror', '') or error}"
        raise DiskError(what, "check permissions and free space, or give another --out") from error
