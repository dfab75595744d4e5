"""What a place of files can do, and how one file is taken from it so that its bytes are those expected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Protocol

from eventpack.errors import DamagedError, NetworkError
from eventpack.fetching.following import digesting
from eventpack.listing import ListedFile, digest_of

Told = Callable[[int], None]
"""Called with the bytes of one file that are there by now; the number falls when a transfer starts over."""

CHUNK = 1 << 18
REPORT = "nothing of it was kept; tell whoever publishes it"


class Absent(NetworkError):
    """There is nothing at an address."""

    def __init__(self, where: str, fix: str = "check the address") -> None:
        super().__init__(f"{where} is not there", fix)


class Forbidden(NetworkError):
    """The server does not let one read it; some answer so when there is nothing."""


class Source(Protocol):
    """Files addressed by relative paths with forward slashes."""

    @property
    def label(self) -> str:
        """The address of the whole, without a slash at the end and without secrets."""

    @property
    def key(self) -> str:
        """A short name for the whole that can name a folder; no other source has it."""

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a small file; raises `Absent`, and `DamagedError` when it is larger than the limit."""

    def fetch(self, path: str, part: Path, size: int, told: Told) -> bool:
        """Fill `part` until it holds the `size` bytes of a file, going on from what it holds already.

        Returns whether the bytes came in one go; when not, they may be of two states of the file. Raises `Absent`;
        `DamagedError` when the file has another size; `NetworkError`, which leaves in `part` what came so far.
        """


def fetch_verified(source: Source, path: str, file: ListedFile, part: Path, told: Told) -> None:
    """Fill `part` with a listed file that lies at `path` in a source.

    Bytes that came in pieces and do not fit are thrown away and fetched once more, in one go.

    Raises:
        DamagedError: The file is missing, or its bytes are not those expected.
        NetworkError: The source cannot be reached; what came so far stays in `part`.
    """
    where = f"{source.label}/{path}"
    try:
        with digesting(part, file.bytes) as follower:
            whole = source.fetch(path, part, file.bytes, told)
        digest = follower.digest or digest_of(part)
        if digest != file.sha256 and not whole:
            drop(part)
            source.fetch(path, part, file.bytes, told)
            digest = digest_of(part)
    except Absent:
        raise DamagedError(f"{where} is listed and not there", "try again later; if it stays so, report it") from None
    if digest != file.sha256:
        raise DamagedError(f"{where} is not what was published: SHA-256 {digest}, expected {file.sha256}", REPORT)


def stamp_of(part: Path) -> Path:
    """Where it is noted which state of a file its first bytes were taken from."""
    return part.with_name(f"{part.name}.stamp")


def drop(part: Path) -> None:
    """Throw away what came so far."""
    part.unlink(missing_ok=True)
    stamp_of(part).unlink(missing_ok=True)


def copy_local(file: BinaryIO, part: Path, size: int, told: Told) -> bool:
    """Copy an open file of that size into `part`, from the start."""
    done = 0
    with part.open("wb") as sink:
        while done < size and (chunk := file.read(min(CHUNK, size - done))):
            done += len(chunk)
            sink.write(chunk)
            told(done)
    return True
