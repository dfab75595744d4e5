"""Somebody's file as a plain one in UTF-8: unpacked and turned from another encoding into a temporary folder."""

from __future__ import annotations

import codecs
import errno
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from eventpack.errors import DiskError, EventpackError

_PIECE = 1 << 20
_PACKED = (".xz", ".gz", ".zip")
_TEXT = (".csv", ".tsv", ".txt", ".jsonl", ".json", ".tab")
# What UTF-8 is not is read as this, in which every byte is a character: some weekly files of POLECAT are.
FALLBACK = "iso-8859-1"


class Plain:
    """A plain file in UTF-8; `notes` say what was done to it."""

    def __init__(self, path: Path, notes: list[str]) -> None:
        self.path, self.notes = path, notes


@contextmanager
def plain_file(path: Path) -> Iterator[Plain]:
    """The file, or a copy without packing in UTF-8, which vanishes with the block.

    Raises:
        EventpackError: There is no such file, it is damaged, or a zip does not hold one table.
        DiskError: There is no room for the copy.
    """
    with ExitStack() as stack:
        try:
            found = _made_plain(path, stack)
        except FileNotFoundError:
            fix = "name a file: csv, tsv or jsonl, plain, xz, gz or zip"
            raise EventpackError(f"there is no {path}", fix) from None
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error, _xz_error()) as error:
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                raise DiskError(f"there is no room to unpack {path}", "unpack it elsewhere first") from error
            raise EventpackError(f"{path} cannot be read: {error}", "get the whole file again") from error
        yield found


def _made_plain(path: Path, stack: ExitStack) -> Plain:
    """The file itself when it is plain and in UTF-8, else a copy in a folder that vanishes with the stack."""
    made = path
    with ExitStack() as inner:
        file = _opened(path, inner)
        if path.suffix.lower() in _PACKED:
            made = _folder(stack) / "unpacked"
            _copy(file, made, "utf-8")
    with made.open("rb") as file:
        if _encoding(file) == "utf-8":
            return Plain(made, [])
        file.seek(0)
        copy = _folder(stack) / "plain"
        _copy(file, copy, FALLBACK)
    return Plain(copy, [f"{path.name} is not UTF-8; it was read as {FALLBACK.upper()}"])


def _folder(stack: ExitStack) -> Path:
    return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="eventpack-compare-")))


def _xz_error() -> type[Exception]:
    import lzma

    return lzma.LZMAError


def _opened(path: Path, stack: ExitStack) -> BinaryIO:
    kind = path.suffix.lower()
    if kind == ".xz":
        import lzma

        return stack.enter_context(lzma.open(path, "rb"))  # type: ignore[return-value]
    if kind == ".gz":
        import gzip

        return stack.enter_context(gzip.open(path, "rb"))  # type: ignore[return-value]
    if kind != ".zip":
        return stack.enter_context(path.open("rb"))
    archive = stack.enter_context(zipfile.ZipFile(path))
    names = [name for name in archive.namelist() if Path(name).suffix.lower() in _TEXT and "__MACOSX" not in name]
    if len(names) != 1:
        held = ", ".join(names[:5]) or "none"
        raise EventpackError(f"{path} holds {len(names)} tables ({held})", "unpack it, and name the table")
    return stack.enter_context(archive.open(names[0]))  # type: ignore[return-value]


def _encoding(file: BinaryIO) -> str:
    """UTF-8 when every byte fits it; what does not is read in an encoding that knows every byte."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := file.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return FALLBACK
    return "utf-8"


def _copy(source: BinaryIO, target: Path, encoding: str) -> None:
    left = shutil.disk_usage(target.parent).free // 2
    with target.open("xb") as file:
        while piece := source.read(_PIECE):
            written = piece if encoding == "utf-8" else piece.decode(encoding).encode("utf-8")
            left -= len(written)
            if left < 0:
                raise DiskError("the unpacked file takes more than half of the free disk", "unpack it elsewhere first")
            file.write(written)
