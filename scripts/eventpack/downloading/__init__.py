"""Get a version of a dataset: from the web, a folder or a zip into the shared cache, and from there to its target."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eventpack.cache import Shelf, cached
from eventpack.depots.addresses import is_in_depot
from eventpack.downloading.offers import Offer, find_offer
from eventpack.downloading.placing import place, target_of
from eventpack.downloading.storing import Progress, store
from eventpack.errors import EventpackError

__all__ = ["Downloaded", "cached", "download", "fetch_afresh"]


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A verified version on this machine: where it is, what it is, and the number of its files and their size in bytes.

    `fetched` is false when no file had to be fetched; `withdrawn` is true when its publisher took the version back.
    `signer` is what the key is called by which the place is signed; empty when it is not, or when nobody was asked.
    `exports` is the folder with the formats that were asked for.
    """

    folder: Path
    name: str
    version: str
    files: int
    size: int
    fetched: bool
    withdrawn: bool
    signer: str = ""
    exports: Path | None = None


def download(
    ref: str | Path,
    *,
    version: str = "latest",
    to: str | Path | None = None,
    offline: bool = False,
    key: str | Path | None = None,
    exports: Sequence[str] = (),
    progress: Progress | None = None,
) -> Downloaded:
    """Get a version of a dataset into `<to>/<name>-<version>/`, or, without `to`, into the shared cache.

    Without `to`, a packaged folder is verified and used where it is.

    `ref` is `http(s)://host/…/<name>`, a folder of a published place, a packaged folder, a packaged zip, a record of
    Zenodo (`zenodo:123`), a DOI, or the releases of a repository (`github:owner/repo`). `version` is `latest`, an exact
    one, or a range like `~1.2`. Offline, only the cache is asked for what lies on the web. `key` is the file of a
    public key that the place must be signed by; without it, the key that was met first counts. `exports` names formats
    in which the version is wanted, too: they come into `<to>/<name>-<version>.exports/`. `progress` is called with the
    bytes that are there and all bytes. Every file is verified by size and SHA-256 before anything appears in its
    place. That a version is withdrawn is said to the logger `eventpack`.

    Raises:
        DamagedError: A file is not what was published; cache and target are as before.
        NetworkError: The server cannot be reached; the next call goes on where this one broke off.
        NotAPackage: There is no dataset at `ref`.
        EventpackError: There is no such version, or something else stands at the target.
        DiskError: Cache or target cannot be written.
    """
    offer = _offer(str(ref), version, offline, _public(key) if key else b"")
    try:
        _warn(offer)
        target = target_of(Path(to), offer) if to is not None else None
        if target and target.is_dir() and not exports:  # found to be the same
            return _downloaded(offer, target, False)
        folder, fetched = store(offer, progress)
        if target:
            folder = target if target.is_dir() else place(folder, target, offer, verified=fetched)
        beside = _with_exports(offer, exports, Path(to) if to is not None else None) if exports else None
        return replace(_downloaded(offer, folder, fetched), exports=beside)
    finally:
        offer.close()


def fetch_afresh(ref: str | Path, folder: Path, *, version: str = "latest") -> Path:
    """The folder of a version as its place has it now, fetched below a folder of the caller, past the cache.

    What was downloaded of the version before must still be what the place lists. Raises as `download`.
    """
    offer = _offer(str(ref), version, False, b"")
    try:
        return store(replace(offer, shelf=Shelf(folder)))[0]
    finally:
        offer.close()


def _with_exports(offer: Offer, names: Sequence[str], to: Path | None) -> Path:
    from eventpack.downloading.exports import place_exports, store_exports  # few ask for them

    stored, found = store_exports(offer, names)
    return stored if to is None else place_exports(stored, found, names, to)


def _offer(ref: str, wanted: str, offline: bool, key: bytes) -> Offer:
    if not is_in_depot(ref):
        return find_offer(ref, wanted, offline, key)
    from eventpack.downloading.depots import address_of, depot_offer  # few lie there

    address = address_of(ref, offline)
    if isinstance(address, str):
        return find_offer(address, wanted, offline, key)
    if key:
        raise EventpackError(f"{ref} is no published place, so no key signs it", "leave --key out")
    return depot_offer(address, wanted, offline)


def _public(key: str | Path) -> bytes:
    from eventpack.signing import public_key  # few name one

    return public_key(key)


def _downloaded(offer: Offer, folder: Path, fetched: bool) -> Downloaded:
    files, size = len(offer.entry.files), sum(file.bytes for file in offer.entry.files)
    withdrawn = offer.entry.status == "withdrawn"
    return Downloaded(folder, offer.name, offer.entry.version, files, size, fetched, withdrawn, offer.signer)


def _warn(offer: Offer) -> None:
    if offer.entry.status == "withdrawn":
        latest = offer.catalogue.latest if offer.catalogue else ""
        what = "%s %s was withdrawn by its publisher; latest is %s"
        logging.getLogger("eventpack").warning(what, offer.name, offer.entry.version, latest or "no version")
