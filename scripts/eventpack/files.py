"""Bytes on disk: atomic writes, digests, and which paths a package may name."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from eventpack.errors import DiskError, TextError

DESCRIPTOR = "datapackage.json"  # the file in which a package says what it holds
RECORD_SUFFIXES = (".yaml", ".yml")
_SHORT = 16_384  # bytes; longer data are worth the import of OpenSSL
BOM = b"\xef\xbb\xbf"  # the byte order mark, in UTF-8
# What a path in a descriptor may not be, and how to say so; the first that fits counts.
_PATH_FAULTS = tuple(
    (re.compile(pattern, re.DOTALL), say)
    for pattern, say in (
        (r"\s*", "is empty"),
        (r".*[\x00\\].*", "holds a backslash or NUL; separate folders with /"),
        (r"[A-Za-z][A-Za-z0-9+.-]*://.*", "is a remote address; only local files can be read here"),
        (r"(?:/|~|[A-Za-z]:).*", "is absolute; paths are relative to the descriptor"),
        (r"(?:.*/)?\.\.(?:/.*)?", "leaves the package"),
        (r"(?:.*/)?\.?(?:/.*)?", "holds an empty or `.` step; write it without"),
    )
)


def path_problem(path: str) -> str:
    """Why a path may not stand in a descriptor, or nothing: it must be relative, forward and inside the package."""
    return next((say for fault, say in _PATH_FAULTS if fault.fullmatch(path)), "")


def sha256(data: bytes) -> str:
    """SHA-256 of bytes, in lower-case hexadecimal."""
    digest: str = (_built_in() if len(data) < _SHORT else _fast())(data).hexdigest()
    return digest


@cache
def _built_in() -> Callable[[bytes], Any]:
    """The interpreter's own SHA-256, as its `random` takes it: it is there at once, and slower on long data."""
    for name in ("_sha2", "_sha256"):  # since Python 3.12, and before
        with contextlib.suppress(ImportError):
            own: Callable[[bytes], Any] = import_module(name).sha256
            return own
    return _fast()


def _fast() -> Callable[[bytes], Any]:
    import hashlib  # OpenSSL: 2 ms

    return hashlib.sha256


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old bytes or the new ones, never a part.

    Raises:
        DiskError: The folder refuses; nothing was changed.
    """
    with replacing(path) as file:
        file.write(data)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file to write into; it takes the place of `path` when the block ends, and vanishes when the block fails.

    Raises:
        DiskError: The folder refuses, or the block raised an `OSError`; nothing was changed.
    """
    import tempfile  # 2 ms, and a check writes nothing

    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode_for(path))
        Path(temporary).replace(path)
        temporary = ""
    except OSError as error:
        raise DiskError(
            f"cannot write {path}: {error.strerror or error}", "check permissions and free space"
        ) from error
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _mode_for(path: Path) -> int:
    """The mode of the file to be replaced, or what an ordinary new file gets (mkstemp makes private ones)."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def decode(data: bytes, family: str) -> str:
    """Bytes as UTF-8 text without BOM; `family` ("csv", "record", "descriptor", "schema") prefixes the finding code.

    Raises:
        TextError: `<family>/encoding`, `<family>/bom` or `<family>/nul`, with line and column; of a table also
            `csv/utf-16` or `csv/cut`.
    """
    if _is_utf16(data):
        code = "csv/utf-16" if family == "csv" else f"{family}/encoding"
        raise TextError(code, "the file is UTF-16, not UTF-8", fix="save it as UTF-8 without BOM")
    if data.startswith(BOM):
        raise TextError(f"{family}/bom", "the file begins with a byte order mark", fix="save it as UTF-8 without BOM")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(data, error, family) from error
    if "\x00" in text:
        line, column = position(text, text.index("\x00"))
        raise TextError(f"{family}/nul", "the file holds a NUL character", line, column, "remove the NUL character")
    return text


def _is_utf16(data: bytes) -> bool:
    """By its mark, or by its first two characters when both are ASCII."""
    first = [byte > 0 for byte in data[:4]]
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or first in ([True, False] * 2, [False, True] * 2)


def _not_utf8(data: bytes, error: UnicodeDecodeError, family: str) -> TextError:
    before = data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    if family == "csv" and line > 1 and error.reason == "unexpected end of data":
        what, fix = "the file ends in the middle of a character", "get the whole file again"
        return TextError("csv/cut", what, line, column, fix)
    byte = f"0x{data[error.start]:02x}"
    what = f"byte {byte} at offset {error.start} is not UTF-8"
    return TextError(f"{family}/encoding", what, line, column, "save the file as UTF-8", byte)


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column (from 1, in characters) of an offset into a text; lines end at LF."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
