"""The address of a bucket in an S3-compatible store, and of a prefix in it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from eventpack.errors import EventpackError
from eventpack.files import sha256
from eventpack.model import NAME

SCHEME = "s3://"
_FORM = "write s3://bucket/prefix"
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,62}")


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """A bucket and a prefix in it, which may be empty and neither begins nor ends with a slash."""

    bucket: str
    prefix: str

    @property
    def label(self) -> str:
        """The address as it is written."""
        return f"{SCHEME}{self.bucket}/{self.prefix}".rstrip("/")

    @property
    def key(self) -> str:
        """A short name that can name a folder; the prefix without its last step counts, and the endpoint."""
        inner = f"{endpoint()} {self.bucket} {self.prefix.rpartition('/')[0]}"
        return f"s3-{re.sub(r'[^a-z0-9.-]', '_', self.bucket.lower())}-{sha256(inner.encode())[:12]}"

    @property
    def name(self) -> str:
        """The last step of the prefix: the name of a dataset, when the address is that of one."""
        return self.prefix.rpartition("/")[2]

    def of(self, path: str) -> str:
        """The key of an object below the prefix."""
        return f"{self.prefix}/{path}".lstrip("/")


def is_store(ref: str) -> bool:
    """Whether a reference is the address of a store."""
    return ref.startswith(SCHEME)


def parse_store(ref: str, *, dataset: bool = False) -> StoreAddress:
    """The address that a text is; a `dataset` must end in the name of one.

    Raises:
        EventpackError: It is none.
    """
    bucket, _, prefix = ref.removeprefix(SCHEME).partition("/")
    if not _BUCKET.fullmatch(bucket):
        raise EventpackError(f"`{ref}` names no bucket", _FORM)
    prefix = prefix.rstrip("/")
    steps = prefix.split("/") if prefix else []
    if any(step in ("", ".", "..") or not step.isprintable() for step in steps):
        raise EventpackError(f"`{ref}` has an empty step, or one that cannot be in a path", _FORM)
    if dataset and not re.fullmatch(NAME, prefix.rpartition("/")[2]):
        raise EventpackError(f"`{ref}` does not end in the name of a dataset", f"{_FORM}/<name>")
    return StoreAddress(bucket, prefix)


def endpoint() -> str:
    """The address of the store's server, where the environment names one."""
    return os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL", "")
