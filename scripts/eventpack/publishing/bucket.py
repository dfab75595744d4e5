"""A prefix in an S3-compatible store as a place. Nothing there is moved or locked: conditions on writes decide.

Files of a version are only ever made, never replaced, so it does not matter how often that is tried; readers find them
when `versions.json` names them, which is replaced only in the state that was read. Imported late: `botocore` costs
200 ms.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import mimetypes
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from eventpack.errors import DamagedError, DiskError, EventpackError
from eventpack.fetching.storeaddress import StoreAddress
from eventpack.fetching.stores import Missing, Store, Taken, Unknown
from eventpack.listing import SUMS, ListedFile
from eventpack.publishing.overtaken import Overtaken
from eventpack.publishing.parts import PartedUpload, content_md5

_BLOCK, _SMALL = 1 << 20, 64 << 20  # bytes; no list of versions comes near the second
LARGE = 64 << 20
"""From this size on, a file is sent in parts of this size, and a run that broke off goes on at the first that lacks."""
_DIGEST = "sha256"  # of an object's own metadata
_STEADY, _MOVING = "public, max-age=31536000, immutable", "no-cache"
_ALONE = "%s knows no conditional writes: see to it that only one publishes there at a time"


class BucketPlace:
    """A place in a store; see `Place`."""

    def __init__(self, address: StoreAddress, store: Store | None = None) -> None:
        self.label = address.label
        self._address, self._store = address, store or Store(address.bucket)
        self._states: dict[str, str] = {}  # ETag of small files as they were read; empty: not there
        self._held: dict[str, set[str]] = {}  # by version, what is there already as it should be
        self._conditions = True

    def close(self) -> None:
        """Close the connections."""
        self._store.close()

    @contextlib.contextmanager
    def locked(self, name: str) -> Iterator[None]:
        """Nothing: who writes first is found out by the write."""
        yield

    def sweep(self, name: str) -> None:
        """Nothing: what a killed run left is what the next one goes on from."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a small file, or none when it is not there; its state is the one that `replace` replaces."""
        try:
            answer = self._store.get(self._address.of(path))
            with self._store.reading(f"{self.label}/{path}"):
                data: bytes = answer["Body"].read(_SMALL + 1)
        except Missing:
            self._states[path] = ""
            return None
        if len(data) > _SMALL:
            raise DamagedError(f"{self.label}/{path} is larger than {_SMALL} bytes", "look what is there")
        self._states[path] = self._store.field(answer, "ETag", self._address.of(path))
        return data

    def fault(self, name: str, version: str, files: Iterable[ListedFile]) -> str | None:
        """The first file of a version that is there and not as listed; empty when all are, none when some lack."""
        folder = f"{name}/{version}"
        wanted = {file.path: file for file in files}
        there = self._store.below(self._address.of(f"{folder}/"))
        self._held[folder] = set()
        for path, size in there.items():
            if path not in wanted:
                return f"{path} is not listed"
            if size != wanted[path].bytes:
                return f"{path} has {size} bytes, expected {wanted[path].bytes}"
            if (digest := self._digest(f"{folder}/{path}")) != wanted[path].sha256:
                return f"{path} has SHA-256 {digest}, expected {wanted[path].sha256}"
            self._held[folder].add(path)
        return "" if there.keys() == wanted.keys() else None

    def add_version(
        self, name: str, version: str, files: Mapping[str, tuple[Path, ListedFile]], told: Callable[[int], None]
    ) -> None:
        """Make the objects of a version that lack, the checksums first: whoever makes those has taken the version."""
        folder = f"{name}/{version}"
        held = self._held.get(folder, set())
        done = 0
        for path in sorted(files, key=lambda path: (path != SUMS, path)):
            source, file = files[path]
            if path not in held:
                self._make(f"{folder}/{path}", source, file)
            done += file.bytes
            told(done)
        self._end_uploads(f"{folder}/")

    def replace(self, path: str, data: bytes) -> None:
        """Write a small file in place of the state that was read last.

        Raises:
            Overtaken: It is in another state by now.
        """
        state = self._states.get(path, "")
        condition = {"IfMatch": state} if state else {"IfNoneMatch": "*"}
        try:
            self._states[path] = self._put(path, data, condition, ContentType=_kind(path), CacheControl=_MOVING)
        except Taken:
            raise Overtaken(f"{self.label}/{path} was changed by somebody else") from None

    def _make(self, path: str, source: Path, file: ListedFile) -> None:
        """Make one object, or find that it is there with the same bytes."""
        try:
            if file.bytes > LARGE:
                self._send_parts(path, source, file)
            else:
                data = _read(source, file)
                more = {"Metadata": {_DIGEST: file.sha256}, "ContentType": _kind(path), "CacheControl": _STEADY}
                self._put(path, data, {"IfNoneMatch": "*"}, **more)
                self._try_conditions(path, data, more)
        except Taken:
            if (digest := self._digest(path)) != file.sha256:
                what = f"{self.label}/{path} is there with other bytes (SHA-256 {digest}): somebody took this version"
                fix = "a published version never changes; give the data a new version, and package again"
                raise EventpackError(what, fix) from None

    def _send_parts(self, path: str, source: Path, file: ListedFile) -> None:
        more = {"Metadata": {_DIGEST: file.sha256}, "ContentType": _kind(path), "CacheControl": _STEADY}
        upload = PartedUpload(self._store, self._address.of(path), LARGE, more)
        upload.send(source, file)
        try:
            upload.end({"IfNoneMatch": "*"} if self._conditions else {})
        except Unknown:
            self._go_without()
            upload.end({})

    def _put(self, path: str, data: bytes, condition: dict[str, str], **more: Any) -> str:
        """Write an object under a condition; where the store knows none, look before."""
        key = self._address.of(path)
        if self._conditions:
            with contextlib.suppress(Unknown):
                return self._store.put(key, data, ContentMD5=content_md5(data), **condition, **more)
            self._go_without()
        try:
            state = self._store.field(self._store.head(key), "ETag", key)
        except Missing:
            state = ""
        if state != condition.get("IfMatch", ""):
            raise Taken(key)
        return self._store.put(key, data, ContentMD5=content_md5(data), **more)

    def _try_conditions(self, path: str, data: bytes, more: Mapping[str, Any]) -> None:
        """Find out whether the store passes over conditions: the same bytes once more, only if they are not there."""
        if not (self._conditions and path.endswith(f"/{SUMS}")):
            return
        with contextlib.suppress(Taken):
            self._put(path, data, {"IfNoneMatch": "*"}, **more)
            self._go_without()

    def _go_without(self) -> None:
        if self._conditions:
            logging.getLogger("eventpack").warning(_ALONE, self.label)
        self._conditions = False

    def _digest(self, path: str) -> str:
        """SHA-256 of an object: as it was told when it was sent, else of its bytes."""
        key = self._address.of(path)
        try:
            if told := self._store.head(key).get("Metadata", {}).get(_DIGEST, ""):
                return str(told)
            body, digest = self._store.get(key)["Body"], hashlib.sha256()
        except Missing:
            return ""
        with self._store.reading(f"{self.label}/{path}"):
            while block := body.read(_BLOCK):
                digest.update(block)
        return digest.hexdigest()

    def _end_uploads(self, prefix: str) -> None:
        """Throw away uploads in parts that earlier runs left; a store may not let everybody list them."""
        with contextlib.suppress(EventpackError, Unknown, Missing):
            for key, upload in self._store.uploads(self._address.of(prefix)):
                self._store.call("abort_multipart_upload", key, UploadId=upload)


def _kind(path: str) -> str:
    return {"json": "application/json", "csv": "text/csv"}.get(path.rpartition(".")[2]) or (
        mimetypes.guess_type(path)[0] or "application/octet-stream"
    )


def _read(source: Path, file: ListedFile) -> bytes:
    try:
        data = source.read_bytes()
    except OSError as error:
        raise DiskError(f"cannot read {source}: {error.strerror or error}", "check its mode") from error
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise DamagedError(f"{source} changed while it was published", "run it again")
    return data
