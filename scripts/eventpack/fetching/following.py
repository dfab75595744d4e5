"""The digest of a file that is being written: read behind the writer, while it waits for what comes."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

_LARGE = 4 << 20  # smaller files are read again faster than a thread begins
_BLOCK = 1 << 20
_PAUSE = 0.02  # seconds


class Follower:
    """Reads a file as it grows; `digest` is its SHA-256 in the end, or empty when it could not be followed."""

    def __init__(self, path: Path) -> None:
        self.digest = ""
        self._path = path
        self._ended = threading.Event()

    def run(self) -> None:
        """Follow until the end; whatever goes wrong, the file is read anew by whoever asks."""
        try:
            while not self._follow_one():
                self._ended.wait(_PAUSE)
        except OSError:
            return

    def end(self) -> None:
        """Nothing will be written any more."""
        self._ended.set()

    def _follow_one(self) -> bool:
        """Read one file of that name to its end; false when another one took its place before."""
        digest, done = hashlib.sha256(), 0
        try:
            file = self._path.open("rb", buffering=0)
        except FileNotFoundError:
            return self._ended.is_set()
        with file:
            while True:
                last = self._ended.is_set()
                while block := file.read(_BLOCK):
                    digest.update(block)
                    done += len(block)
                if not self._is_still(file, done):
                    return last
                if last:
                    self.digest = digest.hexdigest()
                    return True
                self._ended.wait(_PAUSE)

    def _is_still(self, file: FileIO, done: int) -> bool:
        """Whether the open file is the one of that name, and was not cut."""
        held = os.fstat(file.fileno())
        try:
            named = self._path.stat()
        except FileNotFoundError:
            return False
        return (held.st_ino, held.st_dev) == (named.st_ino, named.st_dev) and held.st_size >= done


@contextmanager
def digesting(path: Path, size: int) -> Iterator[Follower]:
    """Follow a file of that size while the block writes it; a small one is not followed."""
    follower = Follower(path)
    if size < _LARGE:
        yield follower
        return
    thread = threading.Thread(target=follower.run, daemon=True)
    thread.start()
    try:
        yield follower
    finally:
        follower.end()
        thread.join()
