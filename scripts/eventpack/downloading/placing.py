"""Copy a stored version to where it is wanted: whole and verified, or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from pathlib import Path

from eventpack.downloading.offers import Offer
from eventpack.errors import DamagedError, DiskError, EventpackError
from eventpack.listing import ListedFile, digest_of, first_fault

LINKED = 32 << 20
"""From this size on, files are not copied but linked, read-only: that is quick, and takes their space once."""
_BLOCK = 1 << 20
_ABANDONED = 24 * 3600  # seconds after which what a killed run left beside the target is removed


def target_of(to: Path, offer: Offer) -> Path:
    """Where a version goes below a folder; when something is there already, it is the same.

    Raises:
        EventpackError: Something else is there.
    """
    target = to / f"{offer.name}-{offer.entry.version}"
    if not os.path.lexists(target):
        return target
    fault = first_fault(target, offer.entry.files) if target.is_dir() else "it is no folder"
    if fault:
        what = f"{target.as_posix()} is there and is not {offer.name} {offer.entry.version}: {fault}"
        raise EventpackError(what, "move it away, or give another --to")
    return target


def place(stored: Path, target: Path, offer: Offer, *, verified: bool) -> Path:
    """Copy the listed files of a stored version to a target that is not there yet, and return the target.

    What was `verified` a moment ago is not read again.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as made:
            new = Path(made, target.name)
            for file in offer.entry.files:
                if not _put(stored / file.path, new / file.path, file, verified):
                    raise DamagedError(f"{stored / file.path} was changed", "download it again")
            _rename(new, target, offer)
    except OSError as error:
        what = f"cannot write {target}: {error.strerror or error}"
        raise DiskError(what, "check permissions and free space, or give another --to") from error
    return target


def _put(source: Path, sink: Path, file: ListedFile, verified: bool) -> bool:
    """Copy a file, or link a large one, and tell whether what is there is as listed.

    It is not forced to the disk: what a loss of power takes is in the cache, or can be had again.
    """
    sink.parent.mkdir(parents=True, exist_ok=True)
    if file.bytes >= LINKED and _link(source, sink):
        return verified or digest_of(sink) == file.sha256
    if verified:
        shutil.copyfile(source, sink)  # inside the system, without a look at the bytes
        return sink.stat().st_size == file.bytes
    digest = hashlib.sha256()
    with source.open("rb") as reader, sink.open("wb") as writer:
        while block := reader.read(_BLOCK):
            digest.update(block)
            writer.write(block)
    return digest.hexdigest() == file.sha256


def _link(source: Path, sink: Path) -> bool:
    """Give a file of the cache a second name, where both are on one disk, and let nobody write to it."""
    if os.name == "nt":  # there, what is read-only cannot be removed
        return False
    try:
        source.chmod(0o444)
        os.link(source, sink)
    except OSError:
        return False
    return True


def _rename(new: Path, target: Path, offer: Offer) -> None:
    """Put a folder in its place; when another process was quicker, its folder must be the same."""
    try:
        new.rename(target)
    except OSError:
        if not target.is_dir():
            raise
        target_of(target.parent, offer)


def _sweep(target: Path) -> None:
    """Remove what killed runs left beside the target."""
    for left in target.parent.glob(f".{target.name}.*/"):
        if time.time() - left.stat().st_mtime > _ABANDONED:
            shutil.rmtree(left, ignore_errors=True)
