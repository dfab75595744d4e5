"""Prove a release: signature, checksums, manifest, descriptor, row counts and content digests, each held against the
files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from eventpack.candidate import Enumerable, read_sums
from eventpack.catalogue import VERSIONS
from eventpack.descriptor import DESCRIPTOR, DESCRIPTORS
from eventpack.digests import content_digests
from eventpack.errors import DamagedError, EventpackError, NotAPackage
from eventpack.fetching.address import is_address
from eventpack.fetching.disk import Disk
from eventpack.fetching.zipped import Zipped
from eventpack.files import sha256
from eventpack.finding import Finding, Location
from eventpack.listing import MANIFEST, SIGNATURE, SUMS
from eventpack.opening import find_target, read_sound
from eventpack.report import Report, order
from eventpack.signing import fingerprint, holds, public_key, read_signature
from eventpack.subject import Subject, read_subject
from eventpack.versions import LATEST

_LIMIT = 1 << 32
_AGAIN = "get the release again; if it stays so, tell whoever published it"


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


@dataclass(frozen=True, slots=True)
class _Held:
    """A release as it is: its place, the names of its files, and their bytes."""

    label: str
    names: frozenset[str]
    read: Callable[[str], bytes]

    def value(self, path: str) -> Mapping[str, object]:
        """A JSON object; empty when the file is none."""
        try:
            value = json.loads(self.read(path)) if path in self.names else {}
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


def is_release(ref: str) -> bool:
    """Whether a reference means a release: a packaged folder or zip, a published place, or an address."""
    path = Path(ref)
    place = (path / VERSIONS).is_file() and not any((path / name).is_file() for name in DESCRIPTORS)
    return is_address(ref) or path.suffix == ".zip" or (path / SUMS).is_file() or place


def prove(ref: str | Path, *, version: str = LATEST, key: str | Path | None = None, offline: bool = False) -> Proof:
    """Prove a release: a packaged folder or zip, or a version of a published place, which is downloaded first.

    `key` is the file of a public key, by which it must be signed.

    Raises:
        NotAPackage: There is no release.
        DamagedError: The place gives other bytes than it published, or the zip cannot be read.
        EventpackError: The key is none, or a library that it needs is not installed.
        NetworkError: The server or the network refuses.
        DiskError: A file cannot be read.
    """
    place = _place(str(ref), version, offline)
    source: Enumerable = Zipped(place) if place.suffix == ".zip" else Disk(place)
    wanted = public_key(key) if key else b""
    try:
        held = _Held(source.label, frozenset(source.names()), lambda path: source.read(path, _LIMIT))
        if SUMS not in held.names:
            raise NotAPackage(f"no {SUMS} in {source.label}", "name what `eventpack release` or `package` made")
        findings, signer = list(_signature_findings(held, wanted)), _signer(held)
        findings += _sums_findings(held)
        manifest = held.value(MANIFEST)
        findings += _manifest_findings(held, manifest)
        findings += _descriptor_findings(held, manifest)
        contents, records = _content_findings(place, manifest)
        findings += contents
    finally:
        if isinstance(source, Zipped):
            source.close()
    counts = {str(name): int(n) for name, n in _object(manifest, "counts").items() if isinstance(n, int)}
    name, number = str(manifest.get("name", "")), str(manifest.get("version", ""))
    report = Report(name, number, counts, order(findings), root="" if place.suffix == ".zip" else place.as_posix())
    signed = fingerprint(signer) if signer else ""
    return Proof(report, len(held.names), records, signed, bool(wanted) and signer == wanted)


def _place(ref: str, version: str, offline: bool) -> Path:
    path = Path(ref)
    if is_address(ref) or (path / VERSIONS).is_file():
        from eventpack.downloading import download  # 30 ms

        return download(ref, version=version, offline=offline).folder
    if not path.exists():
        find_target(path)  # tells what was probably meant
    if version != LATEST:
        raise EventpackError(f"{ref} holds one version only", "leave --version out")
    return path


def _signer(held: _Held) -> bytes:
    try:
        return read_signature(held.read(SIGNATURE)).key if SIGNATURE in held.names else b""
    except ValueError:
        return b""


def _signature_findings(held: _Held, wanted: bytes) -> Iterator[Finding]:
    """The signature is that of the checksums, by the key that was given."""
    where = Location(SIGNATURE)
    if SIGNATURE not in held.names:
        if wanted:
            what = f"the release is not signed, so not by the key {fingerprint(wanted)}"
            yield Finding("release/signature", Location(SUMS), what, fix="ask its publisher for a signed release")
        return
    try:
        signature = read_signature(held.read(SIGNATURE))
    except ValueError as error:
        yield Finding("release/signature", where, f"the signature cannot be read: {error}", fix=_AGAIN)
        return
    if not holds(signature, held.read(SUMS)):
        what = f"the signature by the key {signature.fingerprint} is not that of {SUMS}"
        yield Finding("release/signature", where, what, signature.fingerprint, fix=_AGAIN)
    if wanted and signature.key != wanted:
        what = f"the release is signed by the key {signature.fingerprint}, not by {fingerprint(wanted)}"
        yield Finding("release/signature", where, what, signature.fingerprint, fix="make sure whose key it is")


def _sums_findings(held: _Held) -> Iterator[Finding]:
    """Every file is listed with its digest, and every listed file is there."""
    try:
        sums = read_sums(held.read(SUMS), SUMS)
    except DamagedError as error:
        yield Finding("release/sums", Location(SUMS), error.what, fix=_AGAIN)
        return
    for path in sorted(sums.keys() | held.names - {SUMS, SIGNATURE}):
        if path not in held.names:
            yield Finding("release/sums", Location(SUMS), f"{path} is listed and not there", path, fix=_AGAIN)
        elif path not in sums:
            yield Finding("release/sums", Location(path), f"the file is not listed in {SUMS}", path, fix=_AGAIN)
        elif (digest := sha256(held.read(path))) != sums[path]:
            what = f"the file has SHA-256 {digest}, and {SUMS} says {sums[path]}"
            yield Finding("release/sums", Location(path), what, digest, fix=_AGAIN)


def _manifest_findings(held: _Held, manifest: Mapping[str, object]) -> Iterator[Finding]:
    """The manifest lists the files as they are."""
    where, listed = Location(MANIFEST), manifest.get("files")
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        yield Finding("release/manifest", where, "the manifest is missing or is none", fix=_AGAIN)
        return
    entries = {str(entry.get("path")): (entry.get("bytes"), entry.get("sha256")) for entry in listed}
    for path in sorted(entries.keys() | held.names - {MANIFEST, SUMS, SIGNATURE}):
        data = held.read(path) if path in held.names else None
        is_so = (len(data), sha256(data)) if data is not None else None
        if entries.get(path) != is_so:
            what = f"the manifest says of {path} what it is not" if data is not None else f"{path} is not there"
            yield Finding("release/manifest", where, what, path, fix=_AGAIN)


def _descriptor_findings(held: _Held, manifest: Mapping[str, object]) -> Iterator[Finding]:
    """The descriptor is of the dataset and version of the manifest, and gives size and digest of each resource."""
    descriptor, where = held.value(DESCRIPTOR), Location(DESCRIPTOR)
    for key in ("name", "version", "created"):
        if descriptor.get(key) != manifest.get(key):
            what = f"the {key} is {descriptor.get(key)!r}, and in the manifest {manifest.get(key)!r}"
            yield Finding("release/descriptor", where, what, str(descriptor.get(key)), fix=_AGAIN)
    resources = descriptor.get("resources")
    for resource in resources if isinstance(resources, list) else ():
        path = resource.get("path") if isinstance(resource, dict) else None
        data = held.read(path) if isinstance(path, str) and path in held.names else None
        if data is None or (resource.get("bytes"), resource.get("hash")) != (len(data), f"sha256:{sha256(data)}"):
            what = f"the resource `{path}` is not there" if data is None else f"the size or hash of `{path}` is another"
            yield Finding("release/descriptor", where, what, str(path), fix=_AGAIN)


def _content_findings(place: Path, manifest: Mapping[str, object]) -> tuple[list[Finding], int]:
    """Rows per table and digests of records against the manifest; and how many records agree."""
    try:
        package, _ = read_sound(find_target(place))
    except NotAPackage:
        return [], 0  # said already: no descriptor
    if package is None:
        return [Finding("release/descriptor", Location(DESCRIPTOR), "the descriptor cannot be read", fix=_AGAIN)], 0
    subject, _ = read_subject(package)
    findings = list(_row_findings(subject, _object(manifest, "counts")))
    wanted, held = _object(manifest, "records"), content_digests(package, subject.tables)
    agreeing = 0
    for table in dict.fromkeys([*wanted, *held]):
        said, is_so = _object(wanted, table), held.get(table, {})
        agreeing += sum(said.get(key) == digest for key, digest in is_so.items())
        for key in sorted(key for key in said.keys() | is_so if said.get(key) != is_so.get(key)):
            where = Location(_path(subject, table), table=table, record_id=key)
            what = (
                f"{key} has another content than the manifest says"
                if key in said and key in is_so
                else (f"{key} is {'not there' if key in said else 'not in the manifest'}")
            )
            findings.append(Finding("release/content", where, what, key, fix=_AGAIN))
    return findings, agreeing


def _row_findings(subject: Subject, counts: Mapping[str, object]) -> Iterator[Finding]:
    for name in dict.fromkeys([*counts, *subject.tables]):
        rows = subject.tables[name].size if name in subject.tables else None
        if counts.get(name) != rows:
            said = "cannot be read" if rows is None else f"has {rows:,} rows"
            what = f"the table {said}, and the manifest says {counts.get(name, 'nothing of it')}"
            yield Finding("release/rows", Location(_path(subject, name), table=name), what, str(rows), fix=_AGAIN)


def _path(subject: Subject, table: str) -> str:
    paths = {resource.name: resource.path for resource in subject.package.descriptor.resources}
    return paths.get(table, MANIFEST)


def _object(value: Mapping[str, object], key: str) -> Mapping[str, object]:
    held = value.get(key)
    return held if isinstance(held, dict) else {}
