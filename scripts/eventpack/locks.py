"""One process at a time: a lock on a file, which the system lifts when its holder dies."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

from eventpack.errors import DiskError, EventpackError

_SILENT = 1.0  # seconds to wait before saying so


@contextlib.contextmanager
def locked(path: Path, waiting: str) -> Iterator[None]:
    """Hold the lock that a file stands for while the block runs; `waiting` is said when another process holds it.

    The file stays: taking it away would let a third process in while a second waits.

    Raises:
        DiskError: The file cannot be made.
    """
    from filelock import FileLock, Timeout  # 30 ms

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        try:
            lock.acquire(timeout=_SILENT)
        except Timeout:
            logging.getLogger("eventpack").warning(waiting)
            lock.acquire()
    except OSError as error:
        raise DiskError(f"cannot lock {path}: {error.strerror or error}", "check permissions and space") from error
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def held_alone(path: Path, refusal: EventpackError) -> Iterator[None]:
    """Hold a lock as `locked` does, but refuse at once when another process holds it.

    Raises:
        EventpackError: The refusal.
        DiskError: The file cannot be made.
    """
    from filelock import FileLock, Timeout  # 30 ms

    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise refusal from None
    except OSError as error:
        raise DiskError(f"cannot lock {path}: {error.strerror or error}", "check permissions and space") from error
    try:
        yield
    finally:
        lock.release()
