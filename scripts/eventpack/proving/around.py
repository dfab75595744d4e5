"""What stands around the files of a release: the archive that holds them, its name, and what was recorded of it."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from eventpack.catalogue import VERSIONS
from eventpack.fetching.zipped import Zipped
from eventpack.files import sha256
from eventpack.finding import Finding, Location
from eventpack.listing import digest_of
from eventpack.proving.held import Held
from eventpack.proving.listed import AGAIN
from eventpack.releases import LIST, read_releases
from eventpack.trees import Folder
from eventpack.versions import parse_version

_CODE = "release/archive"
_LOCAL, _END, _END64 = 30, 22, 98  # bytes of the fixed parts of the format (APPNOTE 4.3.7, 4.3.14 to 4.3.16)
_LIMIT = 1 << 32
_DESCRIPTOR = 24  # most bytes that may follow an entry whose size was not known before it was written


def archive_findings(path: Path, name: str, version: str) -> Iterator[Finding]:
    """An archive holds nothing but its files, is what was recorded of it, and is named as what it holds."""
    where = Location(path.as_posix())
    if (at := _gap(path)) is not None:
        what = f"the archive holds bytes that belong to none of its files, at {at:,}"
        yield Finding(_CODE, where, what, str(at), fix=AGAIN)
    named = re.fullmatch(rf"{re.escape(name)}-(.+)\.zip", path.name)
    if named and parse_version(named[1]) and named[1] != version:
        what = f"the archive is named {path.name} and holds {version}"
        yield Finding(_CODE, where, what, version, fix="ask for the archive of the version that you want")
    if (recorded := _recorded(path)) and (digest := digest_of(path)) != recorded[1]:
        what = f"the archive has SHA-256 {digest}, and {LIST} says {recorded[1]} of {recorded[0]}"
        yield Finding(_CODE, where, what, digest, fix="take it from git: `git checkout -- releases`")


def _recorded(path: Path) -> tuple[str, str] | None:
    """Version and digest that the source tree which keeps an archive has recorded of it."""
    tree = Folder(path.absolute().parent.parent)
    if tree.root / LIST != path.absolute().parent / VERSIONS:
        return None
    releases, _, findings = read_releases(tree)
    entries = releases.versions if releases and not findings else []
    return next(((e.version, e.archive.sha256) for e in entries if e.archive.path == path.name), None)


def copy_findings(path: Path, held: Held) -> Iterator[Finding]:
    """The archive that a published place keeps beside the files holds the same files."""
    archive = Zipped(path)
    try:
        names = set(archive.names())
        for name in sorted(names | held.names):
            facts = held.facts(name)
            data = archive.read(name, _LIMIT) if name in names else None
            if data is None or facts != (len(data), sha256(data)):
                what = f"{name} in the archive is not what it is beside it"
                yield Finding(_CODE, Location(path.name), what, name, fix=AGAIN)
    finally:
        archive.close()


def _gap(path: Path) -> int | None:
    """Where a zip holds bytes that are neither an entry nor the list of entries; none when it does nowhere.

    Readers differ in what they make of such bytes: one that unpacks as it reads sees entries there that the list lacks.
    """
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        at, most = 0, 0  # where the next entry begins, and how much later it may
        for entry in sorted(archive.infolist(), key=lambda entry: entry.header_offset):
            if not 0 <= entry.header_offset - at <= most:
                return at
            file.seek(entry.header_offset + 26)
            name, extra = struct.unpack("<HH", file.read(4))
            at = entry.header_offset + _LOCAL + name + extra + entry.compress_size
            most = _DESCRIPTOR if entry.flag_bits & 8 else 0
        if not 0 <= archive.start_dir - at <= most:
            return at
        return None if _ends(file, path.stat().st_size, archive.start_dir) else archive.start_dir


def _ends(file: BinaryIO, size: int, listed: int) -> bool:
    """Whether nothing follows the list of entries, which begins at `listed`, but the end of a zip."""
    file.seek(max(0, size - _END64))
    tail = file.read()
    is_long = tail[-42:-38] == b"PK\x06\x07"
    (length,) = struct.unpack("<Q", tail[40:48]) if is_long else struct.unpack("<L", tail[-10:-6])
    return tail[-_END:-18] == b"PK\x05\x06" and listed + length + (_END64 if is_long else _END) == size
