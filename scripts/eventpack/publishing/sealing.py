"""What is written so that a place is signed: keys, the list of versions as signed, and which state is the newest.

A reader at any moment finds a state that is whole: `timestamp.json`, replaced last, names a snapshot, that one names
targets, and those a copy of `versions.json` under its digest; none of these is ever replaced. Imported late, as TUF is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from securesystemslib.signer import Signer
from tuf.api.metadata import Metadata, Root, Targets, Timestamp

from eventpack.catalogue import SIGNED, VERSIONS
from eventpack.errors import DamagedError, EventpackError
from eventpack.files import sha256
from eventpack.origin import given_time
from eventpack.publishing.place import Place
from eventpack.publishing.publication import Signing
from eventpack.trust import metadata
from eventpack.trust.metadata import FOREVER, VALID, called, keys_of, signer_of

_TELL = "somebody changed the place; compare it with a copy, and put back what was there"
_MOST_DAYS = 36_500
_OTHERS = ("timestamp", "snapshot", "targets")


@dataclass(frozen=True, slots=True)
class Seal:
    """What to write before `versions.json`, and after it, by path, in this order; how the key is called."""

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    signer: str


@dataclass(slots=True)
class _State:
    """The signatures of a dataset at a place, as they were found, and what is to be written."""

    place: Place
    folder: str
    signer: Signer
    root: Metadata[Root] | None = None
    timestamp: Metadata[Timestamp] | None = None
    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes] = field(default_factory=dict)

    def read(self, name: str) -> bytes | None:
        """A file of the folder with signatures."""
        return self.place.read(f"{self.folder}{name}")

    def label(self, name: str) -> str:
        """The address of a file, for messages."""
        return f"{self.place.label}/{self.folder}{name}"


def make_seal(place: Place, name: str, held: bytes | None, wanted: bytes, signing: Signing) -> Seal:
    """What to write so that `wanted` is signed as the dataset's `versions.json`; `held` is the one that is there.

    Raises:
        EventpackError: The place is signed by another key.
        DamagedError: Its signatures, or `held`, are not what was signed; nothing of it is signed again.
    """
    state = _State(place, f"{name}/{SIGNED}", signer_of(signing.key))
    _read_state(state)
    handing_over = _plan_keys(state, signing)
    newest = state.timestamp.signed.snapshot_meta.version if state.timestamp else 0
    signed = dict(_signed_digests(state, max(newest, 1)))
    if newest and not signed.get(newest):
        raise DamagedError(f"{state.label(f'{newest}.targets.json')} is not as it was signed", _TELL)
    if held is not None and state.timestamp and sha256(held) not in signed.values() and not signing.accept:
        what = f"{place.label}/{name}/{VERSIONS} is not what was signed"
        raise DamagedError(what, f"put back {SIGNED}{signed[newest]}.{VERSIONS}, or, if you changed it, give --accept")
    snapshot = _plan_state(state, wanted, newest, signed)
    _plan_timestamp(state, snapshot, signing)
    if handing_over:
        assert state.root is not None  # it was planned
        last = metadata.root_of(state.root.signed.version + 1, state.signer.public_key)
        state.after[f"{last.version}.root.json"] = metadata.to_bytes(last, [state.signer])
    return Seal(
        {f"{state.folder}{path}": data for path, data in state.before.items()},
        {f"{state.folder}{path}": data for path, data in state.after.items()},
        called(state.signer.public_key),
    )


def _read_state(state: _State) -> None:
    """The newest list of keys and the timestamp, each held against the keys before it."""
    number = 1
    while (data := state.read(f"{number}.root.json")) is not None:
        label = state.label(f"{number}.root.json")
        found = metadata.read(Root, data, label)
        before = state.root or found
        if not all(metadata.is_signed(root.signed, "root", found) for root in (before, found)):
            raise DamagedError(f"{label} is not signed by the keys before it", _TELL)
        state.root, number = found, number + 1
    data = state.read("timestamp.json")
    if data is None:
        return
    state.timestamp = metadata.read(Timestamp, data, state.label("timestamp.json"))
    if state.root is None or not metadata.is_signed(state.root.signed, "timestamp", state.timestamp):
        raise DamagedError(f"{state.label('timestamp.json')} is not signed by the key of the place", _TELL)


def _plan_keys(state: _State, signing: Signing) -> bool:
    """Plan the list of keys, when there is none or it is to change; whether the old key must be taken off at the end.

    While the keys change, both may sign: a reader who meets the new list before the new state can check the old one.
    """
    own = state.signer.public_key
    if state.root is None:
        state.root = Metadata(metadata.root_of(1, own))
        state.before["1.root.json"] = metadata.to_bytes(state.root.signed, [state.signer])
        return False
    root = state.root.signed
    if [key.keyid for key in keys_of(root)] == [own.keyid]:
        return any(root.roles[role].keyids != [own.keyid] for role in _OTHERS)
    now = " and ".join(called(key) for key in keys_of(root))
    old = signer_of(signing.old_key) if signing.old_key else None
    if old is None or old.public_key.keyid not in root.roles["root"].keyids:
        what = f"{state.place.label}/{state.folder.removesuffix('/' + SIGNED)} is signed by {now}, not by {called(own)}"
        raise EventpackError(what, "sign with that key; to go over to another one, give the old key with --old-key")
    both = metadata.root_of(root.version + 1, own, keys_of(root))
    state.before[f"{both.version}.root.json"] = metadata.to_bytes(both, [old, state.signer])
    state.root = Metadata(both)
    return True


def _signed_digests(state: _State, first: int) -> Iterator[tuple[int, str]]:
    """The digest of `versions.json` in each signed state from a number on; empty where the signature does not hold."""
    assert state.root is not None
    number = first
    while (data := state.read(f"{number}.targets.json")) is not None:
        found = metadata.read(Targets, data, state.label(f"{number}.targets.json"))
        holds = metadata.is_signed(state.root.signed, "targets", found)
        yield number, metadata.digest_of(found.signed) if holds else ""
        number += 1


def _plan_state(state: _State, wanted: bytes, newest: int, taken: Mapping[int, str]) -> tuple[int, bytes]:
    """Plan the files of a state that are not there: the newest one, or the next number that nobody has taken."""
    copy = f"{sha256(wanted)}.{VERSIONS}"
    if state.read(copy) != wanted:
        state.before[copy] = wanted
    number = max(newest, 1)
    while True:
        targets = metadata.to_bytes(metadata.targets_of(number, wanted), [state.signer])
        if number not in taken or state.read(f"{number}.targets.json") == targets:
            break
        number += 1
    snapshot = metadata.to_bytes(metadata.snapshot_of(number, targets), [state.signer])
    for name, data in ((f"{number}.targets.json", targets), (f"{number}.snapshot.json", snapshot)):
        if state.read(name) != data:
            state.before[name] = data
    return number, snapshot


def _plan_timestamp(state: _State, snapshot: tuple[int, bytes], signing: Signing) -> None:
    old = state.timestamp
    stated = old.signed.unrecognized_fields.get(VALID, 0) if old else 0
    valid = signing.valid if signing.valid is not None else stated if isinstance(stated, int) else 0
    if not 0 <= valid <= _MOST_DAYS:
        raise EventpackError(
            f"a state cannot hold for {valid} days", f"give --valid up to {_MOST_DAYS}, or 0: for ever"
        )
    expires = _today() + timedelta(days=valid + 1) if valid else FOREVER
    number = old.signed.version if old else snapshot[0] - 1
    if old:
        same = metadata.timestamp_of(number, *snapshot, expires, valid)
        if metadata.to_bytes(same, [state.signer]) == state.read("timestamp.json"):
            return
    new = metadata.timestamp_of(number + 1, *snapshot, expires, valid)
    state.after["timestamp.json"] = metadata.to_bytes(new, [state.signer])


def _today() -> datetime:
    """The day (UTC), or the one that the environment gives to reproducible builds."""
    given = given_time()
    now = datetime.fromisoformat(given) if given else datetime.now(UTC)
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
