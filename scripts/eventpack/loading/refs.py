"""From what somebody typed to the package's path on this machine: a path, an address, or a name in the cache."""

from __future__ import annotations

import re
from pathlib import Path

from eventpack.cache import cached
from eventpack.catalogue import VERSIONS
from eventpack.depots.addresses import is_in_depot
from eventpack.errors import EventpackError
from eventpack.fetching.address import is_address
from eventpack.files import DESCRIPTOR
from eventpack.model import NAME
from eventpack.versions import LATEST


def local_path(ref: str | Path, version: str = LATEST, offline: bool = False, key: str | Path | None = None) -> Path:
    """The folder, zip or descriptor that holds the data; what is published is downloaded and verified first.

    `key` is the public key that the place must be signed by.

    Raises:
        EventpackError: There is nothing of that name, here or in the cache.
        NetworkError: The server or the network refuses.
        DamagedError: What arrived is not what was published.
    """
    if isinstance(ref, str) and (is_address(ref) or is_in_depot(ref)):
        return _download(ref, version, offline, key)
    path = Path(ref)
    if _is(path):
        published = (path / VERSIONS).is_file() and not (path / DESCRIPTOR).is_file()
        if published:
            return _download(str(path), version, offline, key)
        _require_no(key, path)
        return path
    _require_no(key, ref)
    if isinstance(ref, str) and re.fullmatch(NAME, ref):
        return _cached(ref, version)
    return path  # opening tells what is wrong


def _is(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name too long, a folder that may not be entered
        return False


def _require_no(key: str | Path | None, ref: str | Path) -> None:
    if key:
        raise EventpackError(f"{ref} is no published place, so no key signs it", "leave the key out")


def _download(ref: str, version: str, offline: bool, key: str | Path | None) -> Path:
    from eventpack.downloading import download

    return download(ref, version=version, offline=offline, key=key).folder


def _cached(name: str, version: str) -> Path:
    if (folder := cached(name, version)) is not None:
        return folder
    which = f"`{name}`" if version == LATEST else f"version {version} of `{name}`"
    raise EventpackError(
        f"{which} is neither a path nor in the cache",
        f"give a path or an address, or run `eventpack download https://…/{name}`",
    )
