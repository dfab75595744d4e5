"""From the bytes of a foreign file to its text: gzip and zip with a bound, and any encoding that Python knows."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

from eventpack import limits
from eventpack.errors import TextError
from eventpack.files import BOM, decode, position
from eventpack.trees import unsafe_entries

# Text compresses to a tenth or so; what unpacks to more than this many times its size was made to fill a disk.
_MOST_GROWTH = 100
_LEAST_BOUND = 1 << 20
_PIECE = 1 << 20
_UTF8 = "utf-8"


def unpack(data: bytes, kind: str, inner: str, most: int = limits.TABLE) -> bytes:
    """The bytes inside a compressed file; `kind` is `gz`, `zip` or empty, `inner` the path in a zip, `most` its bytes.

    Raises:
        TextError: `file/packed`.
    """
    if kind == "gz":
        return _gunzip(data, most)
    return _unzip(data, inner, most) if kind == "zip" else data


def unpacked(file: BinaryIO, size: int, kind: str, inner: str, most: int = limits.TABLE) -> Iterator[bytes]:
    """The same piece by piece, of an open file of some size; what is damaged may show only behind the last piece.

    Raises:
        TextError: `file/packed`.
        OSError: The file cannot be read.
    """
    if kind == "gz":
        yield from _gzip_pieces(file, size, most)
    elif kind == "zip":
        with zip_entry(file, size, inner, most) as (entry, whole):
            for begin in range(0, whole, _PIECE):
                yield entry.read(min(_PIECE, whole - begin))
    else:
        while piece := file.read(_PIECE):
            yield piece


def _gunzip(data: bytes, most: int) -> bytes:
    import gzip  # 5 ms

    for _ in _gzip_pieces(io.BytesIO(data), len(data), most):
        pass  # measured first: a bomb is never held
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
        return file.read()


def _gzip_pieces(packed: BinaryIO, packed_size: int, most: int) -> Iterator[bytes]:
    import gzip
    import zlib

    bound, size = most_unpacked(packed_size, most), 0
    try:
        with gzip.GzipFile(fileobj=packed) as file:
            while piece := file.read(_PIECE):
                size += len(piece)
                if size > bound:
                    raise _bomb(_too_large(bound == most, most))
                yield piece
    except (OSError, EOFError, zlib.error) as error:
        raise TextError("file/packed", f"not a whole gzip file: {error}", fix="compress it again") from error


def most_unpacked(size: int, most: int) -> int:
    """So many bytes may be in a gzip file of some size."""
    return min(max(_MOST_GROWTH * size, _LEAST_BOUND), most)


def _unzip(data: bytes, inner: str, most: int) -> bytes:
    with zip_entry(io.BytesIO(data), len(data), inner, most) as (entry, left):
        return entry.read(left)


@contextmanager
def zip_entry(packed: BinaryIO, packed_size: int, inner: str, most: int) -> Iterator[tuple[IO[bytes], int]]:
    """The table in a zip, and how many bytes to read: one more than it says that there are."""
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(packed) as archive:
            entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
            if problem := unsafe_entries(entries, max(packed_size, _LEAST_BOUND // _MOST_GROWTH)):
                raise _bomb(problem)
            names = [entry.filename for entry in entries]
            if inner not in names and (inner or len(names) != 1):
                what = f"the zip holds no `{inner}`" if inner else f"the zip holds {len(names)} files, not one"
                raise TextError("file/packed", what, fix=f"name one in `innerpath`: {', '.join(names[:5])}")
            size = archive.getinfo(inner or names[0]).file_size
            if size > most:
                raise _bomb(_too_large(True, most))
            with archive.open(inner or names[0]) as file:
                yield file, size + 1
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, NotImplementedError) as error:
        raise TextError("file/packed", f"not a whole zip file: {error}", fix="compress it again") from error


def _too_large(whole: bool, most: int) -> str:
    return f"it would unpack to more than {f'{most:,} bytes' if whole else f'{_MOST_GROWTH} times its size'}"


def _bomb(problem: str) -> TextError:
    return TextError("file/packed", problem, fix="do not unpack it; get the file again")


def decode_as(data: bytes, encoding: str, family: str) -> tuple[str, bool]:
    """Bytes as text, and whether a byte order mark stood before it, which is left out.

    Raises:
        TextError: `<family>/encoding` or `<family>/nul`, with line and column.
    """
    name = codecs.lookup(encoding).name
    if name in (_UTF8, "utf-8-sig", "ascii"):
        marked = data.startswith(BOM) and name != "ascii"
        if name != "ascii":
            return decode(data[len(BOM) :] if marked else data, family), marked and name == _UTF8
    try:
        text = data.decode(name)
    except UnicodeError as error:
        raise _undecodable(data, name, encoding, error, family) from error
    if "\x00" in text:
        place = position(text, text.index("\x00"))
        raise TextError(f"{family}/nul", "the file holds a NUL character", *place, "remove the NUL character")
    return text.removeprefix("\ufeff"), text.startswith("\ufeff")


def _undecodable(data: bytes, name: str, encoding: str, error: UnicodeError, family: str) -> TextError:
    start = getattr(error, "start", 0)
    before = data[:start].decode(name, "replace")
    byte = f"0x{data[start]:02x}" if start < len(data) else ""
    what = f"byte {byte} at offset {start} is not {encoding}" if byte else f"the bytes are not {encoding}"
    fix = "name the encoding that the file has in `encoding`"
    return TextError(f"{family}/encoding", what, *position(before, len(before)), fix, byte)
