"""Read what a signed place lists, as its keys have signed it: TUF's client over our own sources. Imported late."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tuf.api import exceptions as tuf
from tuf.api.metadata import Root
from tuf.ngclient import Updater, UpdaterConfig
from tuf.ngclient.fetcher import FetcherInterface

from eventpack.catalogue import SIGNED, VERSIONS
from eventpack.errors import DamagedError, DiskError, NetworkError
from eventpack.fetching import Absent, Forbidden, Source
from eventpack.files import write_atomically
from eventpack.locks import locked
from eventpack.signing import fingerprint
from eventpack.trust.memory import Memory
from eventpack.trust.metadata import called, keys_of, read, signed_by

_TELL = "do not use it; tell whoever publishes it"
_MOST_ROOTS = 256
_CONFIG = UpdaterConfig(max_root_rotations=_MOST_ROOTS, max_delegations=4)


@dataclass(frozen=True, slots=True)
class Verified:
    """The bytes of `versions.json` as signed, what the key is called, and whether it was met for the first time."""

    data: bytes
    signer: str
    first: bool


def read_verified(source: Source, name: str, memory: Memory, key: bytes) -> Verified:
    """What a signed place lists now; what is remembered of it is brought up to date.

    `key` is the public key that it must be signed by, or by one that it handed over to; empty: the one that is
    remembered, or else the first that is met.

    Raises:
        DamagedError: It is not signed so, or older than what was seen, or a mixture of states, or expired.
        NetworkError: The place cannot be reached.
    """
    try:
        with locked(memory.lock, f"another process reads the signatures of {name}; waiting for it"):
            known = memory.roots()
            if known:
                _require_key(known, key, source.label, memory)
                return _update(source, memory.folder, known[-1], memory, first=False)
            memory.folder.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=memory.folder.parent, prefix=f".{name}.") as made:
                found = _update(source, Path(made, name), _first_root(source, key), memory, first=True)
                Path(made, name).rename(memory.folder)
                return found
    except OSError as error:
        what = f"cannot remember the keys of {source.label}: {error.strerror or error}"
        raise DiskError(what, "check permissions, or name another folder with EVENTPACK_TRUST") from error


def require_remembered(memory: Memory, key: bytes, label: str) -> None:
    """Refuse a key under which nothing is remembered; for those who ask no server."""
    _require_key(memory.roots(), key, label, memory)


def _require_key(known: list[bytes], key: bytes, label: str, memory: Memory) -> None:
    if not key or any(signed_by(read(Root, data, label), key) for data in known):
        return
    now = " and ".join(called(each) for each in keys_of(read(Root, known[-1], label).signed)) if known else "no key"
    what = f"{label} is remembered as signed by {now}, not by {fingerprint(key)}"
    raise DamagedError(what, f"make sure whose key it is; to forget what is remembered, remove {memory.folder}")


def _first_root(source: Source, key: bytes) -> bytes:
    """The list of keys that trust begins with: the first one, or the first that is signed by a given key."""
    last = b""
    for number in range(1, _MOST_ROOTS):
        try:
            data = source.read(f"{SIGNED}{number}.root.json", _CONFIG.root_max_length)
        except (Absent, Forbidden):
            break
        last = data
        if not key or signed_by(read(Root, data, f"{source.label}/{SIGNED}{number}.root.json"), key):
            return data
    if not last:
        raise DamagedError(f"{source.label} is not signed", "ask its publisher; without --key nothing is required")
    now = " and ".join(called(each) for each in keys_of(read(Root, last, source.label).signed))
    raise DamagedError(f"{source.label} is signed by {now}, not by {fingerprint(key)}", "make sure whose key it is")


def _update(source: Source, folder: Path, root: bytes, memory: Memory, *, first: bool) -> Verified:
    """Bring a folder of metadata up to date, and fetch the list that it names unless it is there."""
    with _in_words(source.label, memory):
        fetcher = _Fetcher(source)
        folder.mkdir(parents=True, exist_ok=True)
        updater = Updater(str(folder), SIGNED, fetcher=fetcher, config=_CONFIG, bootstrap=root)
        updater.refresh()
        target = updater.get_targetinfo(VERSIONS)
        if target is None:
            raise DamagedError(f"{source.label} signs no {VERSIONS}", _TELL)
        kept = folder / VERSIONS
        if updater.find_cached_target(target, str(kept)) is None:
            digest = next(iter(target.hashes.values()))
            data = fetcher.download_bytes(f"{SIGNED}{digest}.{VERSIONS}", target.length)
            target.verify_length_and_hashes(data)
            write_atomically(kept, data)
        newest = read(Root, (folder / "root.json").read_bytes(), source.label)
        return Verified(kept.read_bytes(), " and ".join(called(each) for each in keys_of(newest.signed)), first)


class _Fetcher(FetcherInterface):
    """TUF's way to files, by one of our sources, with its patience and limits; addresses are paths below it."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def _fetch(self, url: str) -> Iterator[bytes]:
        raise NotImplementedError  # all goes through `download_bytes`

    def download_bytes(self, url: str, max_length: int) -> bytes:
        """A file of at most that length."""
        try:
            return self._source.read(url, max_length)
        except Absent as error:
            raise tuf.DownloadHTTPError(error.what, 404) from error
        except Forbidden as error:
            raise tuf.DownloadHTTPError(error.what, 403) from error


@contextlib.contextmanager
def _in_words(label: str, memory: Memory) -> Iterator[None]:
    """Raise what TUF finds as our own errors, with what it means."""
    forget = f"if its publisher says that this is so, remove {memory.folder}, and compare the key"
    try:
        yield
    except tuf.DownloadHTTPError as error:
        if error.status_code != 404:
            raise NetworkError(str(error), "check the address and whether you may read it") from error
        raise DamagedError(f"{label} is signed, and its signatures are not whole: {error}", _TELL) from error
    except tuf.UnsignedMetadataError as error:
        raise DamagedError(f"{label} is not signed by its key: {error}", _TELL) from error
    except tuf.BadVersionNumberError as error:
        what = f"{label} gives an older state than it gave before, or a mixture of states: {error}"
        raise DamagedError(what, forget) from error
    except tuf.ExpiredMetadataError as error:
        what = f"{label} may be held at an old state: what it says of itself has expired ({error})"
        raise DamagedError(what, "ask its publisher to publish again, which renews it") from error
    except tuf.LengthOrHashMismatchError as error:
        raise DamagedError(f"{label} gives other bytes than were signed: {error}", _TELL) from error
    except tuf.RepositoryError as error:
        raise DamagedError(f"{label}: its signatures cannot be read: {error}", _TELL) from error
