"""The files of a release against its own lists: signature, checksums, manifest, descriptor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eventpack.candidate import read_sums
from eventpack.errors import DamagedError
from eventpack.files import DESCRIPTOR
from eventpack.finding import Finding, Location
from eventpack.listing import MANIFEST, SIGNATURE, SUMS
from eventpack.proving.held import Held
from eventpack.signing import fingerprint, holds, read_signature

AGAIN = "get the release again; if it stays so, tell whoever published it"
"""What to do with a release that is not whole."""


def signer(held: Held) -> bytes:
    """The key in the signature; empty when there is none that can be read."""
    try:
        return read_signature(held.read(SIGNATURE)).key if SIGNATURE in held.names else b""
    except ValueError:
        return b""


def signature_findings(held: Held, wanted: bytes) -> Iterator[Finding]:
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
        yield Finding("release/signature", where, f"the signature cannot be read: {error}", fix=AGAIN)
        return
    if SUMS not in held.names or not holds(signature, held.read(SUMS)):
        what = f"the signature by the key {signature.fingerprint} is not that of {SUMS}"
        yield Finding("release/signature", where, what, signature.fingerprint, fix=AGAIN)
    if wanted and signature.key != wanted:
        what = f"the release is signed by the key {signature.fingerprint}, not by {fingerprint(wanted)}"
        yield Finding("release/signature", where, what, signature.fingerprint, fix="make sure whose key it is")


def sums_findings(held: Held) -> Iterator[Finding]:
    """Every file is listed with its digest, and every listed file is there."""
    if SUMS not in held.names:
        yield Finding("release/sums", Location(SUMS), "the checksums are not there", fix=AGAIN)
        return
    try:
        sums = read_sums(held.read(SUMS), SUMS)
    except DamagedError as error:
        yield Finding("release/sums", Location(SUMS), error.what, fix=AGAIN)
        return
    for path in sorted(sums.keys() | held.names - {SUMS, SIGNATURE}):
        facts = held.facts(path)
        if facts is None:
            yield Finding("release/sums", Location(SUMS), f"{path} is listed and not there", path, fix=AGAIN)
        elif path not in sums:
            yield Finding("release/sums", Location(path), f"the file is not listed in {SUMS}", path, fix=AGAIN)
        elif facts[1] != sums[path]:
            what = f"the file has SHA-256 {facts[1]}, and {SUMS} says {sums[path]}"
            yield Finding("release/sums", Location(path), what, facts[1], fix=AGAIN)


def manifest_findings(held: Held, manifest: Mapping[str, object]) -> Iterator[Finding]:
    """The manifest lists the files as they are."""
    where, listed = Location(MANIFEST), manifest.get("files")
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        yield Finding("release/manifest", where, "the manifest is missing or is none", fix=AGAIN)
        return
    entries = {str(entry.get("path")): (entry.get("bytes"), entry.get("sha256")) for entry in listed}
    for path in sorted(entries.keys() | held.names - {MANIFEST, SUMS, SIGNATURE}):
        facts = held.facts(path)
        if entries.get(path) != facts:
            what = (
                f"the manifest lists {path}, which is not there"
                if facts is None
                else f"the manifest does not list {path}"
                if path not in entries
                else f"{path} has another size or SHA-256 than the manifest says"
            )
            yield Finding("release/manifest", where, what, path, fix=AGAIN)


def descriptor_findings(held: Held, manifest: Mapping[str, object]) -> Iterator[Finding]:
    """The descriptor is of the dataset and version of the manifest, and gives size and digest of each resource."""
    descriptor, where = held.value(DESCRIPTOR), Location(DESCRIPTOR)
    for key in ("name", "version", "created"):
        if descriptor.get(key) != manifest.get(key):
            what = f"the {key} is {descriptor.get(key)!r}, and in the manifest {manifest.get(key)!r}"
            yield Finding("release/descriptor", where, what, str(descriptor.get(key)), fix=AGAIN)
    resources = descriptor.get("resources")
    for resource in resources if isinstance(resources, list) else ():
        path = resource.get("path") if isinstance(resource, dict) else None
        facts = held.facts(path) if isinstance(path, str) else None
        if facts is None or (resource.get("bytes"), resource.get("hash")) != (facts[0], f"sha256:{facts[1]}"):
            what = (
                f"the resource `{path}` is not there" if facts is None else f"the size or hash of `{path}` is another"
            )
            yield Finding("release/descriptor", where, what, str(path), fix=AGAIN)
