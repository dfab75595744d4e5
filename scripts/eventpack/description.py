"""Describe a version of a dataset for catalogues, from its descriptor alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from eventpack.candidate import ManifestDocument
from eventpack.catalogue import read_marked
from eventpack.depots.addresses import is_in_depot
from eventpack.derive.citation import citation_bytes
from eventpack.describing import FORMS
from eventpack.describing.described import Described, describe_package, files_of
from eventpack.describing.linked import relative_address
from eventpack.describing.ownfiles import CRATE
from eventpack.descriptor import Package
from eventpack.errors import EventpackError
from eventpack.fetching.address import parse_address
from eventpack.files import sha256
from eventpack.finding import near_miss
from eventpack.jsontext import json_bytes
from eventpack.listing import MANIFEST
from eventpack.loading.refs import local_path
from eventpack.opening import find_target, read_sound
from eventpack.trees import MissingFile
from eventpack.versions import LATEST

CFF = "cff"
NAMES = (*FORMS, CFF)


@dataclass(frozen=True, slots=True)
class Description:
    """A version in one form, as a file; `left_out` are properties that it should have and the descriptor lacks."""

    data: bytes
    left_out: tuple[str, ...]


def describe(ref: str | Path, form: str, *, version: str = LATEST, offline: bool = False) -> Description:
    """Describe a version in a form: `schema.org`, `croissant`, `datacite`, `ro-crate` or `cff`.

    `ref` is what `load` takes. Of a version on the web, the description holds the addresses of its files there; else
    they are relative to the folder of the package.

    Raises:
        EventpackError: There is no such form or version, or the descriptor lacks what the form requires.
        NotAPackage, DamagedError, NetworkError: As `load`.
    """
    if form not in NAMES:
        raise EventpackError(
            f"`{form}` is no form of description{near_miss(form, NAMES)}", f"one of: {', '.join(NAMES)}"
        )
    place = local_path(ref, version, offline)
    package, findings = read_sound(find_target(place))
    if package is None:
        raise EventpackError(f"{place}: {findings[0].what}", f"run `eventpack validate {place}`")
    if form == CFF:
        data = citation_bytes(package)
        return Description(data or _refuse("CITATION.cff", ["title", "contributors"]), ())
    described = _described(package, str(ref))
    asked = FORMS[form]
    if lacking := asked.lacking(described):
        _refuse(asked.title, lacking)
    return Description(json_bytes(asked.make(described)), tuple(asked.left_out(described)))


def _refuse(form: str, lacking: list[str]) -> bytes:
    what = f"{form} requires what the descriptor does not say: {', '.join(lacking)}"
    fix = "add it to the descriptor"
    if "created" in lacking:
        fix = "describe what `eventpack package` made, which has a time"
    raise EventpackError(what, fix)


def _described(package: Package, ref: str) -> Described:
    base = base_of(ref, package.descriptor.version)
    return describe_package(package, files_of(package, _held(package)), base=base)


def base_of(ref: str, version: str) -> str:
    """What the addresses of a version's files begin with: where it was read on the web; else they stay relative.

    A bucket (`s3://`) has no address that every reader knows, and a depot gives files addresses of its own.
    """
    if not ref.lower().startswith(("http://", "https://")) or is_in_depot(ref):
        return ""
    return f"{parse_address(ref).label}/{relative_address(version)}/"


def _held(package: Package) -> dict[str, tuple[int, str]]:
    """Size and digest of each file: as a packaged folder lists them, else of the resources as they are."""
    tree = package.tree
    if tree.has(MANIFEST):
        manifest = read_marked(ManifestDocument, tree.read(MANIFEST), f"{tree.label}/{MANIFEST}", "manifest")
        return {file.path: (file.bytes, file.sha256) for file in manifest.files if file.path != CRATE}
    held = {}
    for path in (resource.path for resource in package.descriptor.resources if resource.path):
        try:
            data = tree.read(path)
        except MissingFile as error:
            raise EventpackError(
                f"cannot describe `{path}`: {error}", "run `eventpack build`, or get it again"
            ) from error
        held[path] = (len(data), sha256(data))
    return held
