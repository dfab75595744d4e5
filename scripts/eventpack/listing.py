"""Files as a list says they are: path, size, digest; and whether a folder holds them so."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from unicodedata import normalize

from eventpack.errors import DiskError
from eventpack.files import path_problem
from eventpack.model import Model, in_form, not_negative, prop

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"  # the two lists that a packaged folder holds of itself
SIGNATURE = f"{SUMS}.sig"  # of the checksums, when the version is signed; they do not list it
_BLOCK = 1 << 20
_LONGEST = 1000  # characters of a path; Linux takes 4096 bytes, macOS 1024, Windows 260 unless it is told otherwise
_NOT_ON_WINDOWS = re.compile(
    r'[<>:"|?*]|[. ](?:/|$)|(?:^|/)(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:[./]|$)', re.IGNORECASE
)


class ListedFile(Model):
    """One file of a version; `bytes` is its size, `sha256` its digest in lower-case hexadecimal."""

    path: str = prop(check=path_problem)
    bytes: int = prop(check=not_negative)
    sha256: str = prop(check=in_form("[0-9a-f]{64}", "64 hexadecimal digits in lower case"))

    def to_json(self) -> dict[str, object]:
        """The file as it stands in a list."""
        return {"path": self.path, "bytes": self.bytes, "sha256": self.sha256}


def paths_problem(files: Iterable[ListedFile]) -> str:
    """Why the files cannot stand in one folder on every system, or nothing; completes "`files` …"."""
    taken: set[str] = set()
    for file in files:
        if len(file.path) > _LONGEST:
            return f"name a path of {len(file.path)} characters, which no system takes"
        folded = normalize("NFC", file.path.casefold())
        if folded in taken:
            return f"name `{file.path}` twice, or differ only in case"
        if not file.path.isprintable():
            return f"name {file.path!r}, which does not print"
        if _NOT_ON_WINDOWS.search(file.path):
            return f"name `{file.path}`, which cannot be written on Windows"
        taken.add(folded)
    folders = (path[:at] for path in taken for at, char in enumerate(path) if char == "/")
    clash = min((folder for folder in folders if folder in taken), default="")
    return f"name `{clash}` as a file and as a folder" if clash else ""


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in lower-case hexadecimal; the file is not held in memory."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def listed(path: str, file: Path) -> ListedFile:
    """What a list says about a file that is there."""
    return ListedFile(path=path, bytes=file.stat().st_size, sha256=digest_of(file))


def first_difference(some: Iterable[ListedFile], others: Iterable[ListedFile]) -> str:
    """The first path at which two lists do not have the same file; empty when they agree."""
    one, other = ({file.path: file.sha256 for file in files} for files in (some, others))
    return min((path for path in one.keys() | other if one.get(path) != other.get(path)), default="")


def copy_listed(source: Path, sink: Path, file: ListedFile) -> bool:
    """Copy a file into folders that are made where they are missing, and tell whether the copy is as listed.

    The copy is on disk when this returns; an `OSError` is left to the caller.
    """
    sink.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as reader, sink.open("wb") as writer:
        shutil.copyfileobj(reader, writer, _BLOCK)
        writer.flush()
        os.fsync(writer.fileno())
    return digest_of(sink) == file.sha256


def first_fault(folder: Path, files: Iterable[ListedFile], *, hashing: bool = True) -> str:
    """The first file of a folder that is not as listed, with what is wrong with it; empty when all are.

    Without `hashing` only sizes are compared. Files that are not listed do not count.

    Raises:
        DiskError: A file that is there cannot be read.
    """
    for file in files:
        place = folder / file.path
        try:
            if not place.is_file():
                return f"{file.path} is missing"
            if (size := place.stat().st_size) != file.bytes:
                return f"{file.path} has {size} bytes, expected {file.bytes}"
            if hashing and (digest := digest_of(place)) != file.sha256:
                return f"{file.path} has SHA-256 {digest}, expected {file.sha256}"
        except OSError as error:
            raise DiskError(f"cannot read {place}: {error.strerror or error}", "check its mode") from error
    return ""
