"""What `eventpack package` made, read back: its list of files, held against its own checksums and manifest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from eventpack.catalogue import VERSION_FORM, read_marked
from eventpack.errors import DamagedError, NotAPackage, TextError
from eventpack.fetching import Absent, Source
from eventpack.files import decode, sha256
from eventpack.jsontext import parse_json
from eventpack.listing import MANIFEST, SIGNATURE, SUMS, ListedFile, paths_problem
from eventpack.model import NAMED, Model, in_form, prop

_LIMIT = 256 << 20  # a manifest holds a digest per record: two million of them
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_FIX = "package it again, or get it again"


class Enumerable(Source, Protocol):
    """A source that knows the names of all its files."""

    def names(self) -> list[str]:
        """The paths of all files, sorted."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A packaged state: its name and version, and all its files by path, manifest and checksums included."""

    name: str
    version: str
    files: tuple[ListedFile, ...]


class ManifestDocument(Model):
    """What is read of `manifest.json`; its `files` are all but itself and the checksums."""

    manifest: str
    name: str = prop(check=NAMED)  # both become names of folders
    version: str = prop(check=in_form(VERSION_FORM, "a version"))
    files: list[ListedFile]


def read_candidate(source: Enumerable) -> Candidate:
    """The packaged state in a folder or zip; nothing but checksums and manifest is read.

    Raises:
        NotAPackage: It was not made by `eventpack package`.
        DamagedError: Checksums, manifest and files do not agree; the first file that is wrong is named.
    """
    try:
        sums_data = source.read(SUMS, _LIMIT)
    except Absent:
        raise NotAPackage(f"no {SUMS} in {source.label}", "name what `eventpack package` made") from None
    sums = read_sums(sums_data, f"{source.label}/{SUMS}")
    names = source.names()
    _require_same(sums.keys() | {SUMS}, set(names) - {SIGNATURE}, source.label)
    data = source.read(MANIFEST, _LIMIT) if MANIFEST in sums else b""
    if sha256(data) != sums.get(MANIFEST):
        raise DamagedError(f"{source.label}/{MANIFEST} is not as {SUMS} says", _FIX)
    manifest = read_marked(ManifestDocument, data, f"{source.label}/{MANIFEST}", "manifest")
    own = [ListedFile(path=MANIFEST, bytes=len(data), sha256=sha256(data)),
           ListedFile(path=SUMS, bytes=len(sums_data), sha256=sha256(sums_data))]  # fmt: skip
    if SIGNATURE in names:
        signature = source.read(SIGNATURE, _LIMIT)
        own.append(ListedFile(path=SIGNATURE, bytes=len(signature), sha256=sha256(signature)))
    files = tuple(sorted([*manifest.files, *own], key=lambda file: file.path))
    require_sums(files, sums, source.label)
    if problem := paths_problem(files):
        raise DamagedError(f"{source.label}/{MANIFEST}: the files {problem}", _FIX)
    return Candidate(manifest.name, manifest.version, files)


def read_sums(data: bytes, label: str) -> dict[str, str]:
    """Digests by path, from checksums as `sha256sum` writes them."""
    try:
        lines = decode(data, "sums").splitlines()
    except TextError as error:
        raise DamagedError(f"{label}:{error.line}: {error.what}", _FIX) from error
    matches = [_LINE.fullmatch(line) for line in lines]
    if None in matches:
        raise DamagedError(f"{label}:{matches.index(None) + 1}: not a digest and a path", _FIX)
    return {match[2]: match[1] for match in matches if match}


def require_sums(files: Iterable[ListedFile], sums: Mapping[str, str], label: str) -> None:
    """Refuse a list of files that the checksums contradict."""
    listed = {file.path: file.sha256 for file in files if file.path not in (SUMS, SIGNATURE)}
    _require_same(sums.keys(), listed, label)
    wrong = sorted(path for path, digest in listed.items() if sums[path] != digest)
    if wrong:
        raise DamagedError(f"{label}: {SUMS} gives another digest for {wrong[0]} than the list of files", _FIX)


def _require_same(wanted: Iterable[str], held: Iterable[str], label: str) -> None:
    wanted, held = set(wanted), set(held)
    if missing := sorted(wanted - held):
        raise DamagedError(f"{label} lacks {missing[0]}, which {SUMS} lists", _FIX)
    if extra := sorted(held - wanted):
        raise DamagedError(f"{label} holds {extra[0]}, which {SUMS} does not list", "remove it, or package again")


def require_identity(descriptor: bytes, name: str, version: str, label: str) -> None:
    """Refuse a descriptor of another dataset or version; `label` is where it came from.

    Raises:
        DamagedError: Name or version is another one.
    """
    try:
        value = parse_json(decode(descriptor, "descriptor"), "descriptor")
    except TextError as error:
        raise DamagedError(f"{label}:{error.line}:{error.column}: {error.what}", _FIX) from error
    for key, wanted in (("name", name), ("version", version)):
        found = value.get(key) if isinstance(value, dict) else None
        if found != wanted:
            what = f"{label} has the {key} {found!r}, expected {wanted!r}: this is another dataset or version"
            raise DamagedError(what, "check the address; if it is right, tell whoever publishes it")
