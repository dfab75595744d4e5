"""A large object, sent in parts: a run that broke off is gone on with at the first part that lacks."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eventpack.errors import DamagedError, DiskError
from eventpack.fetching.stores import Store
from eventpack.listing import ListedFile


def content_md5(data: bytes) -> str:
    """What a store holds arriving bytes against; every one knows it."""
    return base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode("ascii")


class PartedUpload:
    """An upload of one object in parts of a size; nothing is to be seen of it before its end."""

    def __init__(self, store: Store, key: str, size: int, more: Mapping[str, Any]) -> None:
        """Take up what the last run left of it, or begin; `more` are properties of the object."""
        self._store, self._key, self._size = store, key, size
        begun = [upload for found, upload in store.uploads(key) if found == key]
        self._upload = (
            begun[-1] if begun else store.field(store.call("create_multipart_upload", key, **more), "UploadId", key)
        )
        self._there = store.parts(key, self._upload) if begun else {}
        self._sent: list[dict[str, object]] = []

    def send(self, source: Path, file: ListedFile) -> None:
        """Send the parts of a file that are not there; raises `DamagedError` when it is not as listed."""
        digest, number = hashlib.sha256(), 0
        try:
            with source.open("rb") as reader:
                while data := reader.read(self._size):
                    number += 1
                    digest.update(data)
                    self._sent.append({"PartNumber": number, "ETag": self._send_part(number, data)})
        except OSError as error:
            raise DiskError(f"cannot read {source}: {error.strerror or error}", "check its mode") from error
        if digest.hexdigest() != file.sha256:
            self._store.call("abort_multipart_upload", self._key, UploadId=self._upload)
            raise DamagedError(f"{source} changed while it was published", "run it again")

    def end(self, condition: Mapping[str, str]) -> None:
        """Make the object of its parts; raises `Taken` when it is there already."""
        parts = {"Parts": self._sent}
        self._store.call(
            "complete_multipart_upload", self._key, UploadId=self._upload, MultipartUpload=parts, **condition
        )

    def _send_part(self, number: int, data: bytes) -> str:
        size, tag = self._there.get(number, (0, ""))
        if (size, tag.strip('"')) == (len(data), hashlib.md5(data, usedforsecurity=False).hexdigest()):
            return tag
        more = {"PartNumber": number, "UploadId": self._upload, "ContentMD5": content_md5(data)}
        return self._store.field(self._store.call("upload_part", self._key, Body=data, **more), "ETag", self._key)
