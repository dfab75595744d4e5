"""A dataset in an S3-compatible store as a source. Imported late, as `stores` is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eventpack.errors import DamagedError, NetworkError
from eventpack.fetching.filling import AGAIN, Pace, fill, noted_stamp, write_body
from eventpack.fetching.patience import Passing, Patience, persist
from eventpack.fetching.source import CHUNK, REPORT, Absent, Told, drop
from eventpack.fetching.storeaddress import StoreAddress
from eventpack.fetching.stores import Missing, Store, Taken

PATIENCE = Patience()


class Bucket:
    """A prefix of a bucket as a source; whether it may be read is the store's to say."""

    def __init__(self, address: StoreAddress) -> None:
        self.label, self.key = address.label, address.key
        self._address, self._store, self._patience = address, Store(address.bucket), PATIENCE

    def close(self) -> None:
        """Close the connections."""
        self._store.close()

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a small file; raises `Absent`, and `DamagedError` when it is larger than the limit."""
        end, where = time.monotonic() + self._patience.whole, f"{self.label}/{path}"

        def attempt() -> bytes:
            data = bytearray()
            for chunk in self._chunks(self._ask(path), where):
                data += chunk
                if time.monotonic() > end:
                    raise NetworkError(f"{where} takes longer than {self._patience.whole:g} s", AGAIN)
                if len(data) > limit:
                    raise DamagedError(f"{where} is larger than {limit} bytes", REPORT)
            return bytes(data)

        return persist(attempt, lambda: False, self._patience, AGAIN)

    def fetch(self, path: str, part: Path, size: int, told: Told) -> bool:
        """Fill `part`, asking only for what is missing; see `Source`."""
        pace = Pace(self._patience, f"{self.label}/{path}")
        return fill(part, size, lambda: self._transfer(path, part, size, told, pace), self._patience)

    def _transfer(self, path: str, part: Path, size: int, told: Told, pace: Pace) -> None:
        """One call for what is missing; for all, when what came so far is of another state of the object."""
        held, where = part.stat().st_size, f"{self.label}/{path}"
        conditions = {"Range": f"bytes={held}-"} if held else {}
        if held and (stamp := noted_stamp(part)):
            conditions["IfMatch"] = stamp
        try:
            answer = self._ask(path, **conditions)
        except Taken:
            drop(part)
            part.touch()
            raise Passing(f"{where} was replaced while it was fetched") from None
        if "ContentRange" not in answer:
            held = 0
        length = answer.get("ContentLength")  # a body in chunks comes without
        if length is not None and (found := held + int(length)) != size:
            raise DamagedError(f"{where} has {found} bytes, expected {size}", REPORT)
        write_body(self._chunks(answer, where), part, held, size, told, where, pace, str(answer.get("ETag", "")))

    def _ask(self, path: str, **conditions: str) -> dict[str, Any]:
        try:
            return self._store.get(self._address.of(path), **conditions)
        except Missing:
            raise Absent(f"{self.label}/{path}") from None

    def _chunks(self, answer: dict[str, Any], where: str) -> Iterator[bytes]:
        body = answer["Body"]
        try:
            with self._store.reading(where):
                while chunk := body.read(CHUNK):
                    yield chunk
        finally:
            body.close()
