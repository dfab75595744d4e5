"""From the bytes of a foreign file to its text: gzip and zip with a bound, and any encoding that Python knows."""

from __future__ import annotations

import codecs
import io

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


def _gunzip(data: bytes, most: int) -> bytes:
    import gzip  # 5 ms
    import zlib

    bound = min(max(_MOST_GROWTH * len(data), _LEAST_BOUND), most)
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            size = 0
            while piece := file.read(_PIECE):  # measured first: a bomb is never held
                size += len(piece)
                if size > bound:
                    raise _bomb(_too_large(bound == most, most))
            file.seek(0)
            return file.read()
    except (OSError, EOFError, zlib.error) as error:
        raise TextError("file/packed", f"not a whole gzip file: {error}", fix="compress it again") from error


def _unzip(data: bytes, inner: str, most: int) -> bytes:
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
            if problem := unsafe_entries(entries, max(len(data), _LEAST_BOUND // _MOST_GROWTH)):
                raise _bomb(problem)
            names = [entry.filename for entry in entries]
            if inner not in names and (inner or len(names) != 1):
                what = f"the zip holds no `{inner}`" if inner else f"the zip holds {len(names)} files, not one"
                raise TextError("file/packed", what, fix=f"name one in `innerpath`: {', '.join(names[:5])}")
            size = archive.getinfo(inner or names[0]).file_size
            if size > most:
                raise _bomb(_too_large(True, most))
            with archive.open(inner or names[0]) as file:
                return file.read(size + 1)  # no more than it says that there is
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
