"""Large tables that are compressed, or in another encoding than UTF-8: plain copies of their files, for a while."""

from __future__ import annotations

import codecs
import contextlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from eventpack import limits
from eventpack.errors import TextError
from eventpack.foreign.packing import most_unpacked, unpacked, zip_entry
from eventpack.resource import Resource

_MARK = "\ufeff"
_TAIL = 4  # bytes at the end of a gzip file that say how many its last part has


class TemporaryCopies:
    """Plain copies of files in a temporary folder, which is made when one is needed, and vanishes with a stack.

    No copy is made of what the kernel may refuse: it says why, in its words.
    """

    def __init__(self, until: contextlib.ExitStack) -> None:
        self._until, self._folder, self._count = until, Path(), 0

    def size(self, resource: Resource, file: Path) -> int:
        """How many bytes a file has unpacked, as it says itself; 0 when it cannot be told, or is more than is read."""
        try:
            packed = file.stat().st_size
            size = _told(file, packed, resource)
        except (OSError, TextError):
            return 0
        return size if max(packed, size) <= limits.TABLE else 0

    def make(self, resource: Resource, file: Path) -> Path | None:
        """The bytes of a file as UTF-8; none when they are damaged or too many, or when the disk refuses.

        A copy takes at most half of what is free.
        """
        try:
            if not self._count:
                made = tempfile.TemporaryDirectory(prefix="eventpack-copies-", ignore_cleanup_errors=True)
                self._folder = Path(self._until.enter_context(made))
            if self.size(resource, file) > shutil.disk_usage(self._folder).free // 2:
                return None
            self._count += 1
            copy = self._folder / f"{self._count}.csv"
        except OSError:
            return None
        try:
            _copy(resource, file, copy)
        except (OSError, TextError, LookupError, ValueError):  # a `UnicodeError` is a `ValueError`
            with contextlib.suppress(OSError):
                copy.unlink()
            return None
        return copy


def _told(file: Path, packed: int, resource: Resource) -> int:
    """The size of what is packed; of several gzip files in one, the size of the last one, or that of all packed."""
    if resource.packed == "zip":
        with file.open("rb") as opened, zip_entry(opened, packed, resource.innerpath, limits.TABLE) as (_, most):
            return most - 1
    if resource.packed == "gz" and packed > _TAIL:
        with file.open("rb") as opened:
            opened.seek(-_TAIL, 2)
            last = int.from_bytes(opened.read(_TAIL), "little")
        return max(packed, last) if last <= most_unpacked(packed, limits.TABLE) else 0
    return packed


def _copy(resource: Resource, file: Path, copy: Path) -> None:
    with file.open("rb") as source, copy.open("xb") as target:
        pieces = unpacked(source, file.stat().st_size, resource.packed, resource.innerpath)
        left = limits.TABLE
        for text in _as_utf8(_short_lines(pieces), resource.encoding):
            if (left := left - len(text)) < 0:
                raise ValueError("the copy is too large")
            target.write(text)


def _short_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Bytes in which no line can be too long: where one may be, the kernel looks at the bytes as they stand."""
    without = 0
    for piece in pieces:
        without = 0 if b"\n" in piece or b"\r" in piece else without + len(piece)
        if without > limits.CELL // 2:
            raise ValueError("a line may be too long")
        yield piece


def _as_utf8(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Text in UTF-8; that of an encoding that is UTF-8 stays as it is, and is not looked at.

    Raises:
        UnicodeError: The bytes are not of the encoding, or begin with two byte order marks.
        LookupError: It cannot be read piece by piece.
    """
    known = codecs.lookup(encoding)
    if known.name == "utf-8":
        yield from pieces
        return
    decoder, first = codecs.getincrementaldecoder(known.name)(), known.name == "utf-8-sig"
    for piece in pieces:
        text = decoder.decode(piece)
        if first and text:
            if text.startswith(_MARK):
                raise UnicodeError("a second byte order mark")
            first = False
        yield text.encode()
    yield decoder.decode(b"", final=True).encode()
