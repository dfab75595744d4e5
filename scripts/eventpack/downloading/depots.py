"""What a depot offers: a record of Zenodo, a DOI, a repository of GitHub."""

from __future__ import annotations

from eventpack.cache import Shelf, cache_root, shelf_of
from eventpack.catalogue import ListedVersion
from eventpack.depots.addresses import InDepot, in_depot, resolver_url
from eventpack.depots.dois import doi_of
from eventpack.downloading.agreement import require_unchanged
from eventpack.downloading.offers import Offer
from eventpack.errors import DamagedError, EventpackError, NotAPackage
from eventpack.files import sha256
from eventpack.versions import LATEST, choose, in_range


def address_of(ref: str, offline: bool) -> InDepot | str:
    """What a reference to a depot, or a DOI, means: an address in a depot, or that of a place on the web.

    Raises:
        EventpackError: A DOI cannot be resolved, or leads elsewhere.
    """
    if (address := in_depot(ref)) is not None:
        return address
    if offline:
        raise EventpackError(f"where {ref} leads is not known offline", "give the address that it leads to")
    from eventpack.depots.calls import Api
    from eventpack.depots.held import resolve
    from eventpack.depots.tokens import Token

    api = Api(resolver_url(), doi_of(ref), Token(), {"Accept": "application/json"})
    try:
        target = resolve(ref, api)
    finally:
        api.close()
    return in_depot(target) or target


def depot_offer(address: InDepot, wanted: str, offline: bool) -> Offer:
    """What a depot offers of a wanted version."""
    if not address.path:
        raise EventpackError(f"{address.label} names no record", f"write {address.depot.name}:123")
    key = _key(address)
    if offline:
        return _cached(address, key, wanted)
    from eventpack.depots.held import Holding  # requests: 80 ms
    from eventpack.downloading.deposited import Deposited

    holding = Holding(address)
    try:
        held = holding.versions()
        texts = [each.version for each in held]
        if not held:
            raise NotAPackage(f"{address.label} holds no version of a dataset", "check the address")
        if holding.exact and wanted not in (LATEST, texts[0]) and not in_range(wanted, texts[0]):
            what = f"{address.label} is version {texts[0]}, not {wanted}"
            raise EventpackError(what, "leave --version out, or name the record that stands for all versions")
        version = texts[0] if holding.exact else choose(wanted, texts)
        source = Deposited(holding, holding.files(held[texts.index(version)]), key)
    except BaseException:
        holding.close()
        raise

    def close() -> None:
        source.close()
        holding.close()

    try:
        candidate = source.candidate()
        if candidate.version != version:
            what = f"{source.label} is listed as version {version}, and its manifest says {candidate.version}"
            raise DamagedError(what, "tell whoever publishes it")
        entry = ListedVersion(
            version=candidate.version, date="1970-01-01", status="released", files=list(candidate.files),
            exports=source.exports(),
        )  # fmt: skip
        shelf = shelf_of(key, candidate.name)
        require_unchanged(shelf, entry, address.label)
    except BaseException:
        close()
        raise
    return Offer(candidate.name, entry, shelf, source, close=close)


def _key(address: InDepot) -> str:
    """A name for the folder of what comes from an address: the depot's, the number or name, and its server."""
    path = address.path.lower()
    return f"{address.depot.name}-{path.replace('/', '-')}-{sha256(f'{address.depot.url}/{path}'.encode())[:12]}"


def _cached(address: InDepot, key: str, wanted: str) -> Offer:
    """What the cache holds of an address; nothing is asked of the network."""
    root = cache_root() / key
    shelves = [Shelf(folder) for folder in sorted(root.iterdir()) if folder.is_dir()] if root.is_dir() else []
    stored = [(shelf, entry) for shelf in shelves for entry in shelf.stored()]
    if not stored:
        raise EventpackError(f"nothing of {address.label} is in the cache", "download it once without --offline")
    version = choose(wanted, [entry.version for _, entry in stored])
    shelf, entry = next(each for each in stored if each[1].version == version)
    return Offer(shelf.folder.name, entry, shelf, None)
