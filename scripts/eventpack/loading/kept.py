"""Large tables kept as Parquet, beside a version in the cache: typed once, and read a hundred times as fast as text.

<cache>/<place>/<name>/.<version>.tables/<table>.parquet   the table as a frame
<cache>/<place>/<name>/.<version>.tables/<table>.json      which bytes it was made from, and its own size and digest

A kept table is used only when it was made from the CSV file of this digest, by this schema, these vocabularies and this
version of the tool, and when its own digest is that which was noted. The Parquet export of the version, when it was
downloaded with it, serves as well. Otherwise the table is read from its text again.
"""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from eventpack import __version__
from eventpack.cache import Shelf, shelf_of_folder
from eventpack.catalogue import read_marked
from eventpack.descriptor import Package
from eventpack.errors import DiskError, EventpackError
from eventpack.files import replacing, sha256, write_atomically
from eventpack.jsontext import canonical_json, json_bytes
from eventpack.listing import ListedFile, digest_of, first_fault, listed
from eventpack.model import Model, not_negative, prop
from eventpack.trees import Folder
from eventpack.vocabularies import vocabularies

if TYPE_CHECKING:
    import polars as pl

_LEAST = 1 << 20  # bytes of text; smaller tables are read as quickly from it
_NOTE_VERSION = "1"


class KeptNote(Model):
    """What is noted of a kept table: the digest of all that it was made from, its rows, its size and its digest."""

    kept: str
    made_from: str
    rows: int = prop(check=not_negative)
    file: ListedFile


class KeptTables:
    """The kept tables of one version in the cache."""

    def __init__(self, package: Package, shelf: Shelf, version: str) -> None:
        self._package, self._folder = package, shelf.tables(version)
        self._shelf, self._version = shelf, version

    def frame(self, name: str) -> pl.DataFrame | None:
        """A table that was kept; none when it was not, or is not what was noted."""
        if (note := self._note(name)) is None:
            return None
        path = self._folder / note.file.path
        frame = read_listed(path, note.file)
        return frame if frame is not None and frame.height == note.rows else None

    def exported(self, name: str) -> pl.DataFrame | None:
        """A table from the Parquet export that was downloaded with the version; none when there is none, or a file is
        not what was published. Which types its columns have is for the caller to look at."""
        noted = self._shelf.noted(self._version)
        if not noted or not noted.exports:
            return None
        from eventpack.exports import EXPORTS, exports_version, read_exports  # few versions have them

        folder = self._shelf.folder / exports_version(self._version)
        if first_fault(folder, [noted.exports]):
            return None
        try:
            found = read_exports((folder / EXPORTS).read_bytes(), str(folder)).format("parquet")
        except (OSError, EventpackError):
            return None
        file = next((each for each in found.files if each.path == f"parquet/{name}.parquet"), None) if found else None
        return read_listed(folder / file.path, file) if file and (folder / file.path).is_file() else None

    def rows(self, name: str) -> int | None:
        """How many rows a table has, by what was noted of it; none when it was not kept."""
        note = self._note(name)
        return note.rows if note else None

    def keep(self, name: str, frame: pl.DataFrame) -> None:
        """Keep a table, when it is large; a disk that refuses keeps none."""
        import polars as pl

        if not (key := self.made_from(name)) or (self._package.resource(name).bytes or 0) < _LEAST:
            return
        path = self._folder / f"{name}.parquet"
        with contextlib.suppress(DiskError, pl.exceptions.PolarsError):
            with replacing(path) as file:
                frame.write_parquet(file)
            note = {"kept": _NOTE_VERSION, "made_from": key, "rows": frame.height,
                    "file": listed(path.name, path).to_json()}  # fmt: skip
            write_atomically(self._folder / f"{name}.json", json_bytes(note))

    def _note(self, name: str) -> KeptNote | None:
        path = self._folder / f"{name}.json"
        try:
            note = read_marked(KeptNote, path.read_bytes(), str(path), "kept")
        except (OSError, EventpackError):
            return None
        return note if note.made_from == self.made_from(name) else None

    def made_from(self, name: str) -> str:
        """A digest of all that makes the frame of a table; empty when it is not known what the file should hold."""
        words = {each.name: each.hash for each in vocabularies(self._package)}
        resource, schema = self._package.resource(name), self._package.schemas[name]
        targets = {key.reference.resource or name for key in schema.foreign_keys} | {name}
        hashes = {target: words[target] for target in sorted(targets & words.keys())}
        if not resource.hash or None in hashes.values() or "/" in name:
            return ""
        said = [__version__, resource.hash, self._package.descriptor.profile_version, schema.given, hashes]
        return sha256(canonical_json(said))


def kept_tables_of(package: Package) -> KeptTables | None:
    """The kept tables of a package; none when it does not lie in the cache."""
    tree = package.tree
    if not isinstance(tree, Folder) or (found := shelf_of_folder(tree.root)) is None:
        return None
    return KeptTables(package, *found)


def read_listed(path: Path, file: ListedFile) -> pl.DataFrame | None:
    """A Parquet file as a frame, when it is as listed; the digest is worked out while polars is imported."""
    found: list[str] = []

    def work() -> None:
        with contextlib.suppress(OSError):
            found.append(digest_of(path) if path.stat().st_size == file.bytes else "")

    thread = threading.Thread(target=work)
    thread.start()
    import polars as pl  # 110 ms

    thread.join()
    if found != [file.sha256]:
        return None
    try:
        return pl.read_parquet(path, glob=False)
    except (OSError, pl.exceptions.PolarsError):
        return None
