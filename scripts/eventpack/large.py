"""Tables that are better left on disk: their rows are looked at where they stand."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from eventpack import limits
from eventpack.descriptor import Package
from eventpack.dialect import Dialect, read_dialect
from eventpack.errors import DiskError
from eventpack.files import BOM, path_problem
from eventpack.frozen import Frozen
from eventpack.resource import Resource
from eventpack.trees import Folder

# Bytes from which tables stay on disk, all together and each: below, reading them costs less than the engine.
_LARGE, _SMALL = 4 << 20, 64 << 10
_LONGEST_HEADER = 1 << 20
_NEAR, _FAR = 1 << 12, 1 << 16


class LargeCsv(Frozen):
    """A CSV file that stays on disk: its path in the package, its file, how it is written, and its first bytes.

    The file is a plain copy where that of the package is compressed, or in another encoding. The names of its columns,
    when it has them, are exactly those of the schema; nothing else is known of the file. `header` counts
    the bytes before the first row, those of a byte order mark (`mark`) with them, `header_quotes` the quotes in it.
    """

    name: str
    path: str
    file: Path
    dialect: Dialect
    header: int
    header_quotes: int = 0
    mark: int = 0


class Copies(Protocol):
    """Makes plain files of those that are compressed, or in another encoding than UTF-8."""

    def size(self, resource: Resource, file: Path) -> int:
        """How many bytes a file has unpacked, about; 0 when no copy of it can be made."""

    def make(self, resource: Resource, file: Path) -> Path | None:
        """The copy of a file; none when it must be read as it is."""


def large_tables(package: Package, others: Collection[str], copies: Copies | None = None) -> dict[str, LargeCsv]:
    """The tables but some others that are better left on disk; none when together they are small.

    Those that are not plain are among them when there is who makes `copies`.
    """
    if not isinstance(package.tree, Folder):
        return {}
    found: dict[str, LargeCsv] = {}
    packed, total = [], 0
    for resource, file, dialect, size in _candidates(package, package.tree.root, others, copies):
        if not resource.plain:
            packed.append((resource, file, dialect))
        elif table := _large(package, resource, file, dialect):
            found[resource.name] = table
        total += size if not resource.plain or resource.name in found else 0
    if total < _LARGE:
        return {}
    for resource, file, dialect in packed:
        copy = copies.make(resource, file) if copies else None
        if copy and (table := _large(package, resource, copy, dialect)):
            found[resource.name] = table
    return found


def _candidates(
    package: Package, root: Path, others: Collection[str], copies: Copies | None
) -> Iterator[tuple[Resource, Path, Dialect, int]]:
    """Tables of one file that the columnar engine may be able to read: the file, its dialect, and its size unpacked."""
    for resource in package.tables:
        if resource.name in others or not resource.one_csv or not _is_here(package, resource.path):
            continue
        file, dialect = root / resource.path, _dialect(package, resource)
        size = file.stat().st_size if resource.plain else copies.size(resource, file) if copies else 0
        if size >= _SMALL and dialect is not None:
            yield resource, file, dialect, size


def _is_here(package: Package, path: str) -> bool:
    """Whether there is a file of that path on this disk, not at an address."""
    return not path_problem(path) and package.tree.has(path)


def _dialect(package: Package, resource: Resource) -> Dialect | None:
    """The dialect of a table, when the columnar engine has it."""
    dialect, refusals = read_dialect(resource.dialect_object, resource.form)
    if refusals or not _is_known(dialect) or (not package.foreign and dialect != Dialect()):
        return None
    return dialect


def _large(package: Package, resource: Resource, file: Path, dialect: Dialect) -> LargeCsv | None:
    """The table of a file whose header is that of the schema."""
    names, first = package.schemas[resource.name].names, _first_line(file)
    mark = len(BOM) if first.startswith(BOM) and package.foreign else 0
    if len(first) == mark or first.startswith(BOM, mark) or _has_meaning(first[mark:], dialect):
        return None
    if not dialect.header:
        return LargeCsv(resource.name, resource.path, file, dialect, mark, mark=mark)
    line = first[mark:]
    quotes = line.count(dialect.quote.encode()) if dialect.quote else 0
    if _labels(line, dialect) != names or not _has_rows(file, dialect if len(names) > 1 else None):
        return None
    return LargeCsv(resource.name, resource.path, file, dialect, len(first), quotes, mark)


def _is_known(dialect: Dialect) -> bool:
    """Whether only these differ from the plain form: what follows, by one byte each.

    Comments, and spaces that are passed over, are known as long as there are none.
    """
    plain = Dialect(
        dialect.delimiter, dialect.quote, null_sequence=dialect.null_sequence, header=dialect.header,
        comment_char=dialect.comment_char, skip_initial_space=dialect.skip_initial_space,
    )  # fmt: skip
    return dialect == plain and (dialect.delimiter + dialect.quote + dialect.comment_char).isascii()


def _has_meaning(line: bytes, dialect: Dialect) -> bool:
    """Whether a first line is a comment, or a cell in it may begin with a space that is passed over."""
    comment, separator = dialect.comment_char.encode(), dialect.delimiter.encode()
    if comment and line.startswith((comment, dialect.quote.encode() + comment)):
        return True
    return dialect.skip_initial_space and (line.startswith(b" ") or separator + b" " in line)


def _has_rows(file: Path, dialect: Dialect | None) -> bool:
    """Whether lines, and cells of a dialect, end all along a file: in one endless cell they do not."""
    ends, step = (b"\n", dialect.delimiter.encode()) if dialect else (b"\n",), limits.CELL // 2
    with file.open("rb", buffering=0) as stream:
        for start in range(0, file.stat().st_size - limits.CELL, step):
            stream.seek(start)
            if not _holds(stream, ends, step):
                return False
    return True


def _holds(stream: BinaryIO, ends: Sequence[bytes], most: int) -> bool:
    """Whether each of some bytes stands in the next ones of a file; of so many at most, and mostly of the first few."""
    text = b""
    for size in (_NEAR, _FAR, most):
        text += stream.read(size - len(text))
        if all(end in text for end in ends):
            return True
    return False


def _first_line(file: Path) -> bytes:
    with _opened(file) as stream:
        return stream.readline(_LONGEST_HEADER)


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    try:
        with file.open("rb") as stream:
            yield stream
    except OSError as error:
        raise DiskError(f"cannot read {file}: {error.strerror or error}", "check its mode") from error


def begins_with_empties(table: LargeCsv) -> bool:
    """Whether empty cells are in quotes where a file begins."""
    quote, delimiter = table.dialect.quote.encode(), table.dialect.delimiter.encode()
    with _opened(table.file) as stream:
        return bool(quote) and delimiter + quote * 2 + delimiter in stream.read(_FAR)


def _labels(line: bytes, dialect: Dialect) -> list[str] | None:
    """The names in a header; none when it does not end where the line does, or holds a quote."""
    if not line.endswith(b"\n") or (dialect.quote and dialect.quote.encode() * 2 in line):
        return None
    try:
        text = line.decode("utf-8").removesuffix("\n").removesuffix("\r")
        if not dialect.quote:
            return text.split(dialect.delimiter)
        return next(csv.reader([text], delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True), None)
    except (UnicodeDecodeError, csv.Error):
        return None
