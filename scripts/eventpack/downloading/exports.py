"""The exports of a version: those formats that are asked for, into the cache, and from there to their target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from eventpack.downloading.offers import Offer
from eventpack.errors import DamagedError, DiskError, EventpackError
from eventpack.exports import (
    EXPORTS,
    ExportedFormat,
    Exports,
    exports_folder,
    exports_version,
    read_exports,
    rewrite_exports,
)
from eventpack.fetching import fetch_verified
from eventpack.files import write_atomically
from eventpack.finding import near_miss
from eventpack.jsontext import json_bytes
from eventpack.listing import SUMS, ListedFile, copy_listed, first_fault
from eventpack.locks import locked


def store_exports(offer: Offer, names: Sequence[str]) -> tuple[Path, Exports]:
    """Bring the files of some formats into the cache, each verified; the folder there, and what it lists.

    Raises:
        EventpackError: The version has no exports, or none in such a format, or the cache alone was asked and has none.
        DamagedError: A file is not what was published, or the exports are not of this version.
    """
    version, note = offer.entry.version, offer.entry.exports
    if note is None:
        what = f"{offer.name} {version} comes without exports"
        raise EventpackError(what, f"leave --with out, and run `eventpack export` with --as {','.join(names)}")
    folder = offer.shelf.folder / exports_version(version)
    waiting = f"another process downloads exports of {offer.name} {version}; waiting for it"
    try:
        with locked(offer.shelf.lock(exports_version(version)), waiting):
            _fetch(offer, folder, note)
            exports = read_exports((folder / EXPORTS).read_bytes(), str(folder / EXPORTS))
            _require_fitting(offer, exports)
            for each in chosen(exports, names):
                for file in each.files:
                    _fetch(offer, folder, file)
            _remember(offer)
    except OSError as error:
        what = f"cannot write to the cache {offer.shelf.folder}: {error.strerror or error}"
        raise DiskError(what, "check permissions and space, or name another folder with EVENTPACK_CACHE") from error
    return folder, exports


def place_exports(stored: Path, exports: Exports, names: Sequence[str], to: Path) -> Path:
    """Copy some formats from the cache to `<to>/<name>-<version>.exports/`, and return that folder."""
    target = to / exports_folder(exports.name, exports.version)

    def fill(new: Path) -> list[ExportedFormat]:
        wanted = chosen(exports, names)
        for file in (file for each in wanted for file in each.files):
            if not copy_listed(stored / file.path, new / file.path, file):
                raise DamagedError(f"{stored / file.path} was changed", "download it again")
        return wanted

    rewrite_exports(target, replace(exports, formats=[]), names, fill)
    return target


def chosen(exports: Exports, names: Sequence[str]) -> list[ExportedFormat]:
    """The formats of some names.

    Raises:
        EventpackError: There is none of that name.
    """
    found = {each.format: each for each in exports.formats}
    if unknown := next((name for name in names if name not in found), ""):
        what = f"{exports.name} {exports.version} has no export in {unknown}{near_miss(unknown, found)}"
        raise EventpackError(what, f"one of: {', '.join(found)}")
    return [found[name] for name in dict.fromkeys(names)]


def _fetch(offer: Offer, folder: Path, file: ListedFile) -> None:
    """One file into the cache, unless it is there as listed."""
    if not first_fault(folder, [file]):
        return
    version, part = exports_version(offer.entry.version), offer.shelf.partial(exports_version(offer.entry.version))
    if offer.source is None:
        raise EventpackError(f"{version}/{file.path} is not in the cache", "download it without --offline")
    part.mkdir(parents=True, exist_ok=True)
    fetch_verified(offer.source, f"{version}/{file.path}", file, part / file.sha256, lambda held: None)
    (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
    (part / file.sha256).replace(folder / file.path)


def _require_fitting(offer: Offer, exports: Exports) -> None:
    """Refuse exports of something else: they name the digest of the checksums of this version."""
    core = next((file.sha256 for file in offer.entry.files if file.path == SUMS), "")
    if (exports.name, exports.version, exports.core) != (offer.name, offer.entry.version, core):
        what = f"the exports of {offer.name} {offer.entry.version} were not made from it"
        raise DamagedError(what, "tell whoever publishes it")


def _remember(offer: Offer) -> None:
    """Note beside the version in the cache that it has exports, which it may have got since it was stored."""
    noted = offer.shelf.noted(offer.entry.version)
    if noted and noted.exports != offer.entry.exports:
        told = replace(noted, exports=offer.entry.exports)
        write_atomically(offer.shelf.note(offer.entry.version), json_bytes(told.to_json()))
