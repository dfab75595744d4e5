"""Prove a release: signature, checksums, manifest, descriptor, row counts and content digests, each held against the
files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from eventpack.candidate import Enumerable
from eventpack.catalogue import VERSIONS
from eventpack.depots.addresses import is_in_depot
from eventpack.descriptor import DESCRIPTORS
from eventpack.errors import NotAPackage
from eventpack.fetching.address import is_address, parse_address
from eventpack.fetching.disk import Disk
from eventpack.fetching.zipped import Zipped
from eventpack.files import DESCRIPTOR
from eventpack.finding import Finding, Location
from eventpack.listing import MANIFEST, SIGNATURE, SUMS
from eventpack.opening import find_target
from eventpack.proving.around import archive_findings, copy_findings
from eventpack.proving.content import content_findings
from eventpack.proving.held import Held, inner
from eventpack.proving.listed import (
    descriptor_findings,
    manifest_findings,
    signature_findings,
    signer,
    sums_findings,
)
from eventpack.releases import LIST, released_archive
from eventpack.report import Report, order
from eventpack.signing import fingerprint, public_key
from eventpack.trees import Folder
from eventpack.versions import LATEST, in_range

__all__ = ["Proof", "is_release", "prove"]

_LIMIT = 1 << 32


@dataclass(frozen=True, slots=True)
class Proof:
    """What was held against what: the findings, how many files and records agree, and whose signature there is.

    `signer` is the fingerprint of the key in the signature (empty: not signed), `trusted` whether it is the key that
    was given.
    """

    report: Report
    files: int
    records: int
    signer: str
    trusted: bool


def is_release(ref: str) -> bool:
    """Whether a reference means a release: a packaged folder or zip, a published place, or an address."""
    base = _parts(ref)[0]
    path = Path(base)
    packaged = any((path / name).is_file() for name in (SUMS, SIGNATURE, MANIFEST))
    return is_address(ref) or is_in_depot(base) or path.suffix == ".zip" or packaged or _is_place(path)


def prove(ref: str | Path, *, version: str = "", key: str | Path | None = None, offline: bool = False) -> Proof:
    """Prove a release: a packaged folder or zip, or a version of a source tree or of a published place.

    What is published is fetched from the place, whatever the cache holds of it; `offline`, the cache is proved.
    `PLACE@VERSION` is another way to name the `version`; without it, the latest one is meant. A folder or zip must be
    the version that is named. `key` is the file of a public key, by which it must be signed.

    Raises:
        NotAPackage: There is no release.
        DamagedError: The place gives other bytes than it published, or the zip cannot be read.
        EventpackError: The key is none, or a library that it needs is not installed.
        NetworkError: The server or the network refuses.
        DiskError: A file cannot be read.
    """
    wanted = public_key(key) if key else b""
    with ExitStack() as until:
        place, asked, root = _place(str(ref), version, offline, until)
        source: Enumerable = Zipped(place) if place.suffix == ".zip" else Disk(place)
        if isinstance(source, Zipped):
            until.callback(source.close)
        beside = _copy_beside(place)
        held = Held(source.label, frozenset(source.names()) - {beside}, lambda path: source.read(path, _LIMIT))
        manifest = held.value(MANIFEST)
        if not held.names & {SUMS, SIGNATURE} and not manifest:
            raise NotAPackage(f"no {SUMS} in {source.label}", "name what `eventpack release` or `package` made")
        name, number = str(manifest.get("name", "")), str(manifest.get("version", ""))
        findings = [
            *signature_findings(held, wanted), *sums_findings(held), *manifest_findings(held, manifest),
            *descriptor_findings(held, manifest), *_version_findings(number, asked),
        ]  # fmt: skip
        if isinstance(source, Zipped):
            findings += archive_findings(place, name, number)
        elif beside:
            findings += copy_findings(place / beside, held)
        contents, records = content_findings(place, manifest)
        key_held = signer(held)
    counts = {str(table): int(n) for table, n in inner(manifest, "counts").items() if isinstance(n, int)}
    report = Report(name, number, counts, order([*findings, *contents]), root=root)
    signed = fingerprint(key_held) if key_held else ""
    return Proof(report, len(held.names), records, signed, bool(wanted) and key_held == wanted)


def _place(ref: str, version: str, offline: bool, until: ExitStack) -> tuple[Path, str, str]:
    """The folder or zip that is to be proved, the version that it must be, and what its files are called below."""
    base, named = _parts(ref)
    path, version = Path(base), version or named
    if is_address(base) or is_in_depot(base) or _is_place(path):
        from eventpack.downloading import download, fetch_afresh  # 30 ms

        if offline:
            folder = download(base, version=version or LATEST, offline=True).folder
            return folder, "", folder.as_posix()
        sink = Path(until.enter_context(TemporaryDirectory(prefix="eventpack-verify-")))
        folder = fetch_afresh(base, sink, version=version or LATEST)
        label = parse_address(base).label if is_address(base) and not is_in_depot(base) else base
        return folder, "", f"{label}/{folder.name}"
    if not path.exists():
        find_target(path)  # tells what was probably meant
    if (path / LIST).is_file() and not (path / SUMS).exists():
        return released_archive(Folder(path), version=version or LATEST)[1], "", ""
    return path, version, "" if path.suffix == ".zip" else path.as_posix()


def _parts(ref: str) -> tuple[str, str]:
    """A reference and the version that follows it after `@`, if one does."""
    base, at, version = ref.rpartition("@")
    if not at or "/" in version or Path(ref).exists():
        return ref, ""
    return (base, version) if is_address(base) or is_in_depot(base) or Path(base).exists() else (ref, "")


def _is_place(path: Path) -> bool:
    """Whether a folder is that of a published dataset."""
    return (path / VERSIONS).is_file() and not any((path / name).is_file() for name in DESCRIPTORS)


def _copy_beside(place: Path) -> str:
    """The name of the archive that a published place keeps in the folder of a version; empty elsewhere."""
    folder = place.absolute()
    name = f"{folder.parent.name}-{folder.name}.zip"
    return name if (folder.parent / VERSIONS).is_file() and (folder / name).is_file() else ""


def _version_findings(version: str, asked: str) -> Iterator[Finding]:
    """The release is the version that was asked for."""
    if asked not in ("", LATEST, version) and not in_range(asked, version):
        what = f"this is version {version or 'unknown'}, and {asked} was asked for"
        fix = "ask for the release that you want"
        yield Finding("release/descriptor", Location(DESCRIPTOR), what, version, fix=fix)
