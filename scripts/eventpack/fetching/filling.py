"""A file filled piece by piece: going on from what arrived, at a pace, and never beyond the size that was published."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from eventpack.errors import DamagedError, NetworkError
from eventpack.fetching.patience import Passing, Patience, persist
from eventpack.fetching.source import REPORT, Told, drop, stamp_of

AGAIN = "check the connection and run it again; what arrived is kept, and the transfer goes on from there"
_GAIN = 1024  # bytes that a try must bring, so that a server which cuts after each byte is not asked for ever


class Pace:
    """How fast bytes come while they are waited for, over all tries for one file; a server may send one a minute."""

    def __init__(self, patience: Patience, where: str) -> None:
        self._patience, self._where = patience, where
        self._spent, self._came, self._since = 0.0, 0, 0.0

    def begin(self) -> None:
        """A body begins to come."""
        self._since = time.monotonic()

    def count(self, size: int) -> None:
        """So many bytes came.

        Raises:
            NetworkError: Over the last stretch, fewer came than a server that means it sends.
        """
        now = time.monotonic()
        self._spent, self._since = self._spent + now - self._since, now
        self._came += size
        if self._spent >= self._patience.span:
            if self._came < self._patience.slowest * self._spent:
                slow = f"{self._came} bytes in {self._spent:.0f} s"
                raise NetworkError(f"{self._where} comes too slowly: {slow}", AGAIN)
            self._spent, self._came = 0.0, 0


def fill(part: Path, size: int, transfer: Callable[[], None], patience: Patience) -> bool:
    """Let `transfer` add to `part` until it holds `size` bytes, and tell whether they came in one go.

    Raises:
        NetworkError: It brought nothing too often in a row.
    """
    part.touch()
    fresh, goes, before = part.stat().st_size == 0, 0, 0

    def attempt() -> None:
        nonlocal goes, before
        before = part.stat().st_size
        if before > size:
            drop(part)
            part.touch()
        elif before < size:
            goes += 1
            transfer()

    persist(attempt, lambda: part.exists() and part.stat().st_size >= before + _GAIN, patience, AGAIN)
    return fresh and goes < 2


def write_body(
    chunks: Iterable[bytes], part: Path, held: int, size: int, told: Told, where: str, pace: Pace, stamp: str
) -> None:
    """Write a body behind the first `held` bytes; unbuffered, so that what came survives the end of the process.

    `stamp` names the state of the file, for whoever goes on later.

    Raises:
        DamagedError: More comes than the size.
        Passing: Less comes.
    """
    if not held:
        drop(part)
        stamp_of(part).write_text(stamp, "utf-8")
    pace.begin()
    with part.open("ab", buffering=0) as file:
        for chunk in chunks:
            held += len(chunk)
            if held > size:
                raise DamagedError(f"{where} sends more than the {size} bytes published", REPORT)
            file.write(chunk)
            told(held)
            pace.count(len(chunk))
    if held < size:
        raise Passing(f"{where} ended after {held} of {size} bytes")


def noted_stamp(part: Path) -> str:
    """The stamp beside a part; empty when there is none, or none that can stand in a header."""
    try:
        stamp = stamp_of(part).read_text("utf-8")
    except (OSError, UnicodeDecodeError):  # a loss of power leaves anything
        return ""
    return stamp if stamp.isascii() and stamp.isprintable() else ""
