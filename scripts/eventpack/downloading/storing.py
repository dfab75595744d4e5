"""Bring an offered version into the cache: whole and verified, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from eventpack.downloading.agreement import require_agreement
from eventpack.downloading.offers import Offer
from eventpack.errors import DamagedError, DiskError
from eventpack.fetching import Source, fetch_verified
from eventpack.files import write_atomically
from eventpack.jsontext import json_bytes
from eventpack.listing import first_fault
from eventpack.locks import locked

Progress = Callable[[int, int], None]
"""Called with the bytes that are there and all bytes."""


def store(offer: Offer, progress: Progress | None = None) -> tuple[Path, bool]:
    """The folder of an offered version, and whether anything was fetched; a packaged folder is verified where it is.

    One process fetches, others wait and use what it fetched. What broke off stays beside, for the next run.
    """
    if offer.folder is not None:
        if fault := first_fault(offer.folder, offer.entry.files):
            raise DamagedError(f"{offer.folder}: {fault}", "package it again, or get it again")
        require_agreement(offer.folder, offer.name, offer.entry, str(offer.folder))
        return offer.folder, False
    try:
        return _stored(offer, progress)
    except OSError as error:
        what = f"cannot write to the cache {offer.shelf.folder}: {error.strerror or error}"
        raise DiskError(what, "check permissions and space, or name another folder with EVENTPACK_CACHE") from error


def _stored(offer: Offer, progress: Progress | None) -> tuple[Path, bool]:
    shelf, version = offer.shelf, offer.entry.version
    if fetch := not _is_whole(offer):
        if offer.source is None:
            fault = f"in the cache, {shelf.version(version)}: {shelf.fault(offer.entry)}"
            raise DamagedError(fault, "download it again without --offline")
        shelf.folder.mkdir(parents=True, exist_ok=True)
        waiting = f"another process downloads {offer.name} {version}; waiting for it"
        with locked(shelf.lock(version), waiting):
            if fetch := not _is_whole(offer):
                _fetch(offer, offer.source, progress)
    if offer.catalogue and offer.source:
        shelf.keep_catalogue(offer.catalogue)
    return shelf.version(version), fetch


def _is_whole(offer: Offer) -> bool:
    return offer.shelf.noted(offer.entry.version) is not None and not offer.shelf.fault(offer.entry)


def _fetch(offer: Offer, source: Source, progress: Progress | None) -> None:
    """Fill the partial folder, going on from what it holds, and put it in its place."""
    shelf, entry = offer.shelf, offer.entry
    folder, final = shelf.partial(entry.version), shelf.version(entry.version)
    files = folder / "files"
    try:
        _fetch_files(offer, source, folder, progress or (lambda done, whole: None))
        require_agreement(files, offer.name, entry, f"{source.label}/{offer.prefix}".rstrip("/"))
    except DamagedError:
        shutil.rmtree(folder)
        raise
    shutil.rmtree(folder / "old", ignore_errors=True)
    if final.exists():  # damaged since, or its note is
        final.rename(folder / "old")
    write_atomically(shelf.note(entry.version), json_bytes(entry.to_json()))
    files.rename(final)
    shutil.rmtree(folder)


def _fetch_files(offer: Offer, source: Source, folder: Path, progress: Progress) -> None:
    (folder / "files").mkdir(parents=True, exist_ok=True)
    (folder / "parts").mkdir(exist_ok=True)
    whole, before = sum(file.bytes for file in offer.entry.files), 0
    for file in offer.entry.files:
        final, part = folder / "files" / file.path, folder / "parts" / file.sha256
        progress(before, whole)
        if first_fault(folder / "files", [file]):  # not there yet; what is, is looked at again
            told = partial(_told, progress, before, whole)
            fetch_verified(source, offer.prefix + file.path, file, part, told)
            final.parent.mkdir(parents=True, exist_ok=True)
            part.replace(final)
        before += file.bytes
    progress(whole, whole)


def _told(progress: Progress, before: int, whole: int, held: int) -> None:
    progress(before + held, whole)
