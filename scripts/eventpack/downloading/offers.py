"""From a reference and a wanted version to what can be had: which files, from where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eventpack.cache import Shelf, shelf_of
from eventpack.candidate import Candidate, read_candidate
from eventpack.catalogue import VERSIONS, Catalogue, ListedVersion, read_catalogue
from eventpack.downloading.agreement import require_unchanged
from eventpack.downloading.signatures import read_versions, require_known
from eventpack.errors import DamagedError, EventpackError, NotAPackage
from eventpack.fetching import Source
from eventpack.fetching.address import Address, is_address, parse_address
from eventpack.fetching.disk import Disk
from eventpack.fetching.storeaddress import StoreAddress, is_store, parse_store
from eventpack.files import DESCRIPTOR
from eventpack.finding import near_miss
from eventpack.listing import SUMS
from eventpack.versions import LATEST, choose, in_range

if TYPE_CHECKING:
    from eventpack.fetching.bucket import Bucket
    from eventpack.fetching.web import Web


@dataclass(frozen=True, slots=True)
class Offer:
    """A version that can be had.

    `source` is none when only the cache may be asked; `prefix` leads from the source to the version's files;
    `folder` is set when they lie ready in a packaged folder. `signer` is what the key is called that signed the list of
    versions; empty when nobody did.
    """

    name: str
    entry: ListedVersion
    shelf: Shelf
    source: Source | None
    prefix: str = ""
    catalogue: Catalogue | None = None
    folder: Path | None = None
    close: Callable[[], None] = lambda: None
    signer: str = ""


def find_offer(ref: str, wanted: str, offline: bool, key: bytes = b"") -> Offer:
    """What a reference offers of a wanted version; `downloading.download` tells what is raised.

    `key` is the public key that a place must be signed by.
    """
    if is_address(ref):
        place = parse_store(ref, dataset=True) if is_store(ref) else parse_address(ref)
        return _cached_offer(place, wanted, key) if offline else _remote_offer(place, wanted, key)
    path = Path(ref)
    if key and not (path / VERSIONS).is_file():
        raise EventpackError(f"{ref} is no published place, so no key signs it", "leave --key out")
    if path.suffix == ".zip" and path.is_file():
        return _zip_offer(path, wanted)
    if (path / VERSIONS).is_file():
        return _place_offer(Disk(path), path.resolve().name, wanted, key)
    if (path / SUMS).is_file():
        source = Disk(path)
        candidate = read_candidate(source)
        return _packed_offer(candidate, source, wanted, folder=path)
    raise _nothing_there(path)


def _remote_offer(address: Address | StoreAddress, wanted: str, key: bytes) -> Offer:
    source = _open_source(address)
    try:
        return _place_offer(source, address.name, wanted, key, source.close)
    except BaseException:
        source.close()
        raise


def _open_source(address: Address | StoreAddress) -> Web | Bucket:
    if isinstance(address, StoreAddress):
        from eventpack.fetching.bucket import Bucket  # 200 ms, when used

        return Bucket(address)
    from eventpack.fetching.web import Web  # urllib3: 40 ms

    return Web(address)


def _place_offer(source: Source, name: str, wanted: str, key: bytes, close: Callable[[], None] = lambda: None) -> Offer:
    data, signer = read_versions(source, name, key)
    catalogue = read_catalogue(data, f"{source.label}/{VERSIONS}")
    if catalogue.name != name:
        what = f"{source.label}/{VERSIONS} is that of `{catalogue.name}`, not of `{name}`"
        raise DamagedError(what, "check the address; if it is right, tell whoever publishes it")
    entry = _entry(catalogue, wanted)
    shelf = shelf_of(source.key, name)
    require_unchanged(shelf, entry, source.label)
    return Offer(name, entry, shelf, source, f"{entry.version}/", catalogue, close=close, signer=signer)


def _entry(catalogue: Catalogue, wanted: str) -> ListedVersion:
    version = choose(wanted, catalogue.with_status("released"), catalogue.with_status("withdrawn"))
    entry = catalogue.entry(version)
    assert entry is not None  # chosen among them
    return entry


def _cached_offer(address: Address | StoreAddress, wanted: str, key: bytes) -> Offer:
    """What the cache holds of an address; nothing is asked of the network."""
    if key:
        require_known(address.key, address.name, key, address.label)
    shelf = shelf_of(address.key, address.name)
    catalogue = shelf.catalogue()
    if catalogue is None or catalogue.name != address.name:
        raise EventpackError(f"nothing of {address.label} is in the cache", "download it once without --offline")
    entry = _entry(catalogue, wanted)
    if shelf.noted(entry.version) is None:
        held = ", ".join(noted.version for noted in shelf.stored()) or "none"
        what = f"{address.name} {entry.version} is not in the cache; versions that are: {held}"
        raise EventpackError(what, "ask for one of those with --version, or download without --offline")
    return Offer(address.name, entry, shelf, None, catalogue=catalogue)


def _zip_offer(path: Path, wanted: str) -> Offer:
    from eventpack.fetching.zipped import Zipped

    source = Zipped(path)
    try:
        return _packed_offer(read_candidate(source), source, wanted, close=source.close)
    except BaseException:
        source.close()
        raise


def _packed_offer(
    candidate: Candidate, source: Source, wanted: str, folder: Path | None = None,
    close: Callable[[], None] = lambda: None,
) -> Offer:  # fmt: skip
    version = candidate.version
    if wanted not in (LATEST, version) and not in_range(wanted, version):
        raise EventpackError(f"{source.label} holds version {version}, not {wanted}", "leave --version out")
    entry = ListedVersion(version=version, date="1970-01-01", status="released", files=list(candidate.files))
    return Offer(candidate.name, entry, shelf_of(source.key, candidate.name), source, folder=folder, close=close)


def _nothing_there(path: Path) -> NotAPackage:
    """What is said of a path that offers nothing, with what was probably meant."""
    if not path.exists():
        beside = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
        return NotAPackage(f"there is no {path}{near_miss(path.name, beside)}", "name an address, a folder or a zip")
    if (path / DESCRIPTOR).is_file():
        return NotAPackage(f"{path} is a source tree, not a package", "make one with `eventpack package`")
    datasets = [each.name for each in sorted(path.iterdir()) if (each / VERSIONS).is_file()] if path.is_dir() else []
    if datasets:
        return NotAPackage(f"{path} is a place that holds datasets", f"name one: {(path / datasets[0]).as_posix()}")
    return NotAPackage(f"{path} is no published dataset, packaged folder or zip", f"name a folder with {VERSIONS}")
