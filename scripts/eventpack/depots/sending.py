"""A file on its way to a depot."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO


class Upload:
    """A file that is sent as it is read, with its length; `told` hears the bytes sent."""

    def __init__(self, file: BinaryIO, size: int, told: Callable[[int], None]) -> None:
        self._file, self._size, self._told, self._sent = file, size, told, 0

    def __len__(self) -> int:
        return self._size

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most so many."""
        data = self._file.read(size if 0 <= size < 1 << 20 else 1 << 20)
        self._sent += len(data)
        self._told(self._sent)
        return data


@contextlib.contextmanager
def uploaded(path: Path, size: int, told: Callable[[int], None]) -> Iterator[Upload]:
    """A file of that size, ready to be sent."""
    with path.open("rb") as file:
        yield Upload(file, size, told)
