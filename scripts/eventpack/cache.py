"""The cache that all downloads of a user share: complete versions, each with the list of its files.

<cache>/<place>/<name>/versions.json       the catalogue as last seen
<cache>/<place>/<name>/<version>/          complete, or not there
<cache>/<place>/<name>/<version>.json      what the catalogue said of the version when it was stored
<cache>/<place>/<name>/.<version>.partial/ what came so far of a version that is under way
<cache>/<place>/<name>/.<version>.lock     held by the one process that fetches it
<cache>/<place>/<name>/.<version>.tables/  large tables that `load` keeps (`eventpack.loading.kept`)
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eventpack.catalogue import VERSIONS, Catalogue, ListedVersion, read_catalogue, read_marked
from eventpack.errors import DamagedError, DiskError, EventpackError
from eventpack.files import write_atomically
from eventpack.jsontext import json_bytes
from eventpack.listing import first_fault
from eventpack.model import NAME
from eventpack.versions import choose

ENVIRONMENT = "EVENTPACK_CACHE"
# SHA-256 of this many bytes takes a quarter of a second; larger versions are judged by sizes alone when they are used,
# and by digests when they are copied out.
_HASHED = 256 << 20


@dataclass(frozen=True, slots=True)
class Shelf:
    """The place of one dataset of one origin in the cache."""

    folder: Path

    def version(self, version: str) -> Path:
        """The folder of a stored version; there only when it is complete."""
        return self.folder / version

    def note(self, version: str) -> Path:
        """What the catalogue said of a stored version."""
        return self.folder / f"{version}.json"

    def partial(self, version: str) -> Path:
        """The folder of what came so far."""
        return self.folder / f".{version}.partial"

    def lock(self, version: str) -> Path:
        """The file to lock while a version is fetched."""
        return self.folder / f".{version}.lock"

    def tables(self, version: str) -> Path:
        """The folder of those tables of a version that `load` keeps."""
        return self.folder / f".{version}.tables"

    def stored(self) -> list[ListedVersion]:
        """What was noted of the versions that are stored, by version text."""
        folders = sorted(path.name for path in self._inside() if path.is_dir() and not path.name.startswith("."))
        return [noted for name in folders if (noted := self.noted(name))]

    def _inside(self) -> list[Path]:
        with contextlib.suppress(OSError):
            return list(self.folder.iterdir())
        return []

    def noted(self, version: str) -> ListedVersion | None:
        """What was noted of one stored version; none when it is not stored, or the note is unreadable."""
        if not self.version(version).is_dir():
            return None
        try:
            noted = read_marked(ListedVersion, self.note(version).read_bytes(), str(self.note(version)), "note")
        except (OSError, DamagedError):
            return None
        return noted if noted.version == version else None

    def catalogue(self) -> Catalogue | None:
        """The catalogue as last seen, or none."""
        try:
            return read_catalogue((self.folder / VERSIONS).read_bytes(), str(self.folder / VERSIONS))
        except (OSError, DamagedError):
            return None

    def keep_catalogue(self, catalogue: Catalogue) -> None:
        """Remember a catalogue; a cache that others fill for its readers is left as it is."""
        with contextlib.suppress(DiskError):
            write_atomically(self.folder / VERSIONS, json_bytes(catalogue.given))

    def fault(self, entry: ListedVersion) -> str:
        """What is wrong with a stored version; empty when nothing is."""
        small = sum(file.bytes for file in entry.files) <= _HASHED
        return first_fault(self.version(entry.version), entry.files, hashing=small)


def cache_root() -> Path:
    """The folder of the cache: `EVENTPACK_CACHE`, else where the system keeps caches of a user."""
    if named := os.environ.get(ENVIRONMENT):
        return Path(named).absolute()
    from platformdirs import user_cache_path

    return user_cache_path("eventpack", appauthor=False)


def shelf_of(key: str, name: str) -> Shelf:
    """The shelf of a dataset; `key` names its origin."""
    return Shelf(cache_root() / key / name)


def shelf_of_folder(folder: Path) -> tuple[Shelf, str] | None:
    """The shelf and version whose stored folder this is; none when it lies elsewhere."""
    folder = folder.absolute()
    if not folder.with_name(f"{folder.name}.json").is_file() or not folder.is_relative_to(cache_root()):
        return None
    return Shelf(folder.parent), folder.name


def shelves_named(name: str) -> Iterator[Shelf]:
    """All shelves of datasets of a name, from whatever origin."""
    if re.fullmatch(NAME, name):
        with contextlib.suppress(OSError):  # no cache, or a name too long
            yield from [Shelf(path / name) for path in sorted(cache_root().iterdir()) if (path / name).is_dir()]


def cached(name: str, version: str = "latest") -> Path | None:
    """The folder of a version in the cache, whatever place it came from, verified; none when there is no such version.

    Of one version from two places the one stored last counts.

    Raises:
        DamagedError: The version is there and was changed since it was stored.
    """
    stored = [(shelf, entry) for shelf in shelves_named(name) for entry in shelf.stored()]
    stored.sort(key=lambda item: item[0].note(item[1].version).stat().st_mtime_ns)
    held = {entry.version: (shelf, entry) for shelf, entry in stored}
    withdrawn = [text for text, (shelf, entry) in held.items() if _status(shelf, entry) == "withdrawn"]
    try:
        found = choose(version, [text for text in held if text not in withdrawn], withdrawn)
    except EventpackError:
        return None
    shelf, entry = held[found]
    if fault := shelf.fault(entry):
        what = f"in the cache, {shelf.version(found)}: {fault}"
        raise DamagedError(what, "download it again; what is damaged is replaced")
    return shelf.version(found)


def _status(shelf: Shelf, entry: ListedVersion) -> str:
    """What was last heard of a version: a withdrawal comes after it was stored."""
    catalogue = shelf.catalogue()
    heard = catalogue.entry(entry.version) if catalogue else None
    return (heard or entry).status
