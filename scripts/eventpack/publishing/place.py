"""Where versions are published: what every kind of place can do, and which kind an address means."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from eventpack.errors import EventpackError
from eventpack.fetching.address import is_address
from eventpack.fetching.storeaddress import is_store, parse_store
from eventpack.listing import ListedFile
from eventpack.publishing.folder import FolderPlace, Told


class Place(Protocol):
    """A place of datasets, written by one process at a time; paths are relative and begin with a dataset's name."""

    @property
    def label(self) -> str:
        """The address, for messages."""

    def locked(self, name: str) -> AbstractContextManager[None]:
        """Keep others from publishing the dataset while the block runs."""

    def sweep(self, name: str) -> None:
        """Remove what killed runs left; to be called under the lock."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a small file, or none when it is not there."""

    def fault(self, name: str, version: str, files: Iterable[ListedFile]) -> str | None:
        """The first file of a version that is not as listed; empty when all are, none when no file is there."""

    def add_version(self, name: str, version: str, files: Mapping[str, tuple[Path, ListedFile]], told: Told) -> None:
        """Put the files of a version in place: sources and what is listed of them, by path."""

    def replace(self, path: str, data: bytes) -> None:
        """Write a small file, so that a reader finds the old bytes or the new ones.

        Raises:
            Overtaken: Somebody else wrote it since it was read; what is to be written must be planned anew.
        """

    def close(self) -> None:
        """Let connections go."""


def open_place(address: str) -> Place:
    """The place that an address means.

    Raises:
        EventpackError: It is of a kind that cannot be published to.
    """
    if is_store(address):
        from eventpack.publishing.bucket import BucketPlace

        return BucketPlace(parse_store(address))
    if is_address(address):
        what = f"cannot publish to {address}: only folders and stores (s3://bucket/prefix) can be written"
        raise EventpackError(what, "publish to a folder, and copy it to the server")
    if os.path.lexists(address) and not os.path.isdir(address):
        raise EventpackError(f"{address} is there and is no folder", "name the folder that holds the datasets")
    return FolderPlace(Path(address))
