"""Metadata of a signed place: made, read, and held against keys. Imported late: `tuf` costs 80 ms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

from securesystemslib.signer import CryptoSigner, Key, Signer
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, MetaFile, Role, Root, Snapshot, TargetFile, Targets, Timestamp

from eventpack.catalogue import VERSIONS
from eventpack.errors import DamagedError
from eventpack.signing import fingerprint, private_key

S = TypeVar("S", Root, Snapshot, Targets, Timestamp)
ROLES = ("root", "timestamp", "snapshot", "targets")
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
VALID = "eventpack:valid"  # of timestamp.json: for how many days a state is said to be current


def signer_of(text: str) -> Signer:
    """Who signs with a private key; raises `EventpackError` when it is none."""
    return CryptoSigner(private_key(text))


def public_bytes(key: Key) -> bytes:
    """A public key as 32 bytes; empty when it is of another kind than ours."""
    try:
        return bytes.fromhex(key.keyval["public"]) if key.keytype == "ed25519" else b""
    except (KeyError, ValueError):
        return b""


def called(key: Key) -> str:
    """What a key is called in messages."""
    return fingerprint(public_bytes(key)) if public_bytes(key) else key.keyid[:16]


def keys_of(root: Root, role: str = "root") -> list[Key]:
    """The keys of a role."""
    return [root.keys[keyid] for keyid in root.roles[role].keyids if keyid in root.keys]


def read(kind: type[S], data: bytes, label: str) -> Metadata[S]:
    """A file of metadata, whose signatures are not looked at yet.

    Raises:
        DamagedError: It is none of this kind.
    """
    try:
        found: Metadata[Any] = Metadata.from_bytes(data)
    except RepositoryError as error:
        raise DamagedError(f"{label} cannot be read as signed metadata", "tell whoever publishes it") from error
    if not isinstance(found.signed, kind):
        raise DamagedError(f"{label} is metadata of another kind", "tell whoever publishes it")
    return found


def is_signed(root: Root, role: str, found: Metadata[Any]) -> bool:
    """Whether enough keys of a role have signed."""
    try:
        root.verify_delegate(role, found.signed_bytes, found.signatures)
    except (RepositoryError, ValueError):
        return False
    return True


def signed_by(found: Metadata[Root], key: bytes) -> bool:
    """Whether a list of keys names a key, and is signed by it."""
    for each in keys_of(found.signed):
        if public_bytes(each) == key and each.keyid in found.signatures:
            alone = Root(keys={each.keyid: each}, roles={name: Role([each.keyid], 1) for name in ROLES})
            return is_signed(alone, "root", found)
    return False


def root_of(number: int, key: Key, others: Iterable[Key] = ()) -> Root:
    """A list of keys: one for the list itself; it and `others` for all else."""
    keys = {each.keyid: each for each in (key, *others)}
    roles = {name: Role([key.keyid] if name == "root" else sorted(keys), 1) for name in ROLES}
    return Root(version=number, expires=FOREVER, keys=keys, roles=roles, consistent_snapshot=True)


def targets_of(number: int, catalogue: bytes) -> Targets:
    """What is signed: the bytes of `versions.json`, which lists the files of all versions with their digests."""
    target = TargetFile.from_data(VERSIONS, catalogue, ["sha256"])
    return Targets(version=number, expires=FOREVER, targets={VERSIONS: target})


def snapshot_of(number: int, targets: bytes) -> Snapshot:
    """Which targets belong to this state."""
    return Snapshot(version=number, expires=FOREVER, meta={"targets.json": _meta(number, targets)})


def timestamp_of(number: int, snapshot_number: int, snapshot: bytes, expires: datetime, valid: int) -> Timestamp:
    """Which state is the newest, and until when that can be believed."""
    more = {VALID: valid} if valid else {}
    meta = _meta(snapshot_number, snapshot)
    return Timestamp(version=number, expires=expires, snapshot_meta=meta, unrecognized_fields=more)


def _meta(number: int, data: bytes) -> MetaFile:
    return MetaFile.from_data(number, data, ["sha256"])


def digest_of(targets: Targets) -> str:
    """The SHA-256 of the `versions.json` that was signed; empty when there is none."""
    target = targets.targets.get(VERSIONS)
    return target.hashes.get("sha256", "") if target else ""


def to_bytes(signed: S, signers: Iterable[Signer]) -> bytes:
    """The file of metadata, signed; the same keys give the same bytes."""
    made = Metadata(signed)
    for signer in signers:
        made.sign(signer, append=True)
    return made.to_bytes()
