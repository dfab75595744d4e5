"""What publishing will write: pure, from a release and what the place holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from eventpack.catalogue import (
    POINTER,
    SIGNED,
    VERSIONS,
    Catalogue,
    ListedVersion,
    Pointer,
    catalogue_bytes,
    pointer_bytes,
    read_catalogue,
    read_marked,
)
from eventpack.errors import DamagedError, EventpackError
from eventpack.exports import exports_version
from eventpack.listing import first_difference
from eventpack.origin import given_time
from eventpack.publishing.changes import changes_of
from eventpack.publishing.landing import PAGE, page_of
from eventpack.publishing.place import Place
from eventpack.publishing.publication import Order, Publication, Signing, Step
from eventpack.publishing.release import Release, require_declared
from eventpack.signing import KEY
from eventpack.trust.library import require
from eventpack.versions import latest_of


@dataclass(frozen=True, slots=True)
class PlacePlan:
    """What is to be written at a place; `adds_files` is false when the version's files are there already.

    `writes` are the small files to replace, by path.
    """

    publication: Publication
    adds_files: bool
    writes: Mapping[str, bytes]
    adds_exports: bool = False


def make_plan(order: Order, place: Place) -> PlacePlan:
    """What is to be written to publish a release at a place.

    Raises:
        EventpackError: The version is published with other bytes, or the place is not what it should be.
        DamagedError: The place is not as it was published.
    """
    release, changes = order.release, order.changes
    name, version = release.name, release.version
    where = f"{place.label}/{name}"
    if place.read(VERSIONS) is not None:
        raise EventpackError(f"{place.label} is a published dataset itself", "name the folder that holds it")
    held = place.read(f"{name}/{VERSIONS}")
    catalogue = _catalogue(held, name, f"{where}/{VERSIONS}")
    signed = _is_to_be_signed(place, name, catalogue, order.signing)
    note = release.exports.note if release.exports else None
    entry = ListedVersion(
        version=version, date=_today(), status="released", archive=release.archive, files=list(release.files),
        exports=note, changes=" ".join(changes.split()) or changes_of(release.folder, version),
    )  # fmt: skip
    old = catalogue.entry(version) if catalogue else None
    if old:
        _require_same(old, entry, where)
    fault = place.fault(name, version, [*release.files, release.archive])
    if fault:
        _refuse(fault, f"{where}/{version}", old is not None)
    more = _adds_exports(release, place, old)
    lists_more = bool(old and note and old.exports is None)
    released = catalogue.with_status("released") if catalogue else []
    latest, before = latest_of(released if old else [*released, version]), _pointed(place, name)
    writes: dict[str, bytes] = {}
    if not old or lists_more or (signed and not (catalogue and catalogue.signed)):
        writes[f"{name}/{VERSIONS}"] = catalogue_bytes(name, catalogue, entry, signed=signed)
    listed = writes.get(f"{name}/{VERSIONS}", held or b"")
    if latest and latest != before:
        writes[f"{name}/{POINTER}"] = pointer_bytes(name, latest)
    if latest == version and (page := page_of(release)) and place.read(f"{name}/{PAGE}") != page:
        writes[f"{name}/{PAGE}"] = page
    size = sum(file.bytes for file in (*release.files, release.archive))
    count, adds = len(release.files) + 1, fault is None
    added = [Step(f"{where}/{version}/", count, size)] if adds else []
    if more and release.exports:
        beside = release.exports
        added.append(Step(f"{where}/{exports_version(version)}/", len(beside.sources()), beside.size))
    small = [Step(f"{place.label}/{path}", 0, len(data)) for path, data in writes.items()]
    if signed:
        from eventpack.publishing.sealing import make_seal  # TUF: 80 ms

        seal = make_seal(place, name, held, listed, order.signing)
        writes = {**seal.before, **writes, **seal.after}
        files = [*seal.before.values(), *seal.after.values()]
        if files:
            small.append(Step(f"{where}/{SIGNED} by the key {seal.signer}", len(files), sum(map(len, files))))
    told = Publication(
        name, version, place.label, count, size, (old or entry).changes, (*added, *small), latest, before
    )  # fmt: skip
    return PlacePlan(told, adds, MappingProxyType(writes), more)


def _adds_exports(release: Release, place: Place, old: ListedVersion | None) -> bool:
    """Whether exports are to be copied to a place; those that are listed with a version stay for good.

    Raises:
        EventpackError: What the descriptor names is not beside the release, or others lie at the place, not listed.
    """
    if old and old.exports:
        return False
    require_declared(release)
    if release.exports is None:
        return False
    folder = exports_version(release.version)
    fault = place.fault(release.name, folder, [file for _, file in release.exports.sources().values()])
    if fault:
        what = f"{place.label}/{release.name}/{folder} is there and is not listed: {fault}"
        raise EventpackError(what, "if a killed run left it, remove it, and publish again")
    return fault is None


def _catalogue(data: bytes | None, name: str, label: str) -> Catalogue | None:
    if data is None:
        return None
    catalogue = read_catalogue(data, label)
    if catalogue.name != name:
        raise DamagedError(f"{label} is that of `{catalogue.name}`", "name another folder")
    return catalogue


def _is_to_be_signed(place: Place, name: str, catalogue: Catalogue | None, signing: Signing) -> bool:
    """Whether the place is signed, or is to be from now on; what is signed once stays so, or readers would refuse."""
    is_so = bool(catalogue and catalogue.signed) or place.read(f"{name}/{SIGNED}1.root.json") is not None
    if is_so and not signing.key:
        what = f"{place.label}/{name} is signed, and no key is given"
        raise EventpackError(what, f"give the key with --sign, or in {KEY}")
    if not (is_so or signing.wanted) and (signing.old_key or signing.valid is not None or signing.accept):
        raise EventpackError(f"{place.label}/{name} is not signed", "to sign it from now on, give a key with --sign")
    if is_so or signing.wanted:
        require()
    return is_so or signing.wanted


def _pointed(place: Place, name: str) -> str:
    """The version that latest.json names; empty when there is none, or one that cannot be read."""
    data = place.read(f"{name}/{POINTER}")
    try:
        return read_marked(Pointer, data, POINTER, "pointer").version if data else ""
    except DamagedError:
        return ""


def _require_same(old: ListedVersion, new: ListedVersion, where: str) -> None:
    """A published version never changes."""
    if different := first_difference(old.all_files(), new.all_files()):
        what = f"{where} holds version {new.version} with other bytes: {different} differs"
        raise EventpackError(what, "a published version never changes; give the data a new version, and package again")


def _refuse(fault: str, folder: str, published: bool) -> None:
    if published:
        what = f"{folder} is damaged: {fault}"
        raise DamagedError(what, f"remove {folder} and publish again; the bytes are those that were published")
    what = f"{folder} is there, is not in {VERSIONS}, and is not this release: {fault}"
    raise EventpackError(what, "if a killed run left it, remove it; else give the data a new version")


def _today() -> str:
    """The day (UTC), or the one that the environment gives to reproducible builds."""
    return given_time().partition("T")[0] or datetime.now(UTC).strftime("%Y-%m-%d")
