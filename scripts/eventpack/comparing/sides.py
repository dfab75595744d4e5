"""What somebody names to compare: a folder, a zip, a published place, a git revision, or a CSV file."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path, PurePosixPath

from eventpack import limits
from eventpack.catalogue import VERSIONS
from eventpack.commits import Commit
from eventpack.depots.addresses import is_in_depot
from eventpack.descriptor import DESCRIPTORS, Package
from eventpack.errors import EventpackError, NotAPackage, TextError
from eventpack.fetching.address import is_address
from eventpack.files import DESCRIPTOR
from eventpack.finding import Finding, Location, near_miss
from eventpack.history import resolve_commit
from eventpack.opening import Target, find_target, package_above, read_sound
from eventpack.overlay import Overlay
from eventpack.passing import large_of
from eventpack.subject import Subject, read_subject
from eventpack.trees import Folder, MissingFile, Tree, pieces
from eventpack.versions import LATEST

LONE = "table"
_GIT = "git:"
_TABLES = (".csv", ".tsv", ".csv.gz", ".tsv.gz")
_HEADER = 1 << 20  # bytes in which the header of a table must end


@dataclass(frozen=True, slots=True)
class Side:
    """One of two states: its name, its package with all tables, and its subject, whose large tables stay on disk.

    `lone` is what the one table is called when it is a CSV file, which nobody describes; the package calls it `LONE`.
    """

    label: str
    package: Package
    subject: Subject
    lone: str = ""


def open_side(
    ref: str | Path, until: ExitStack, *, beside: str | Path = "", derived: bool = False, offline: bool = False
) -> Side:
    """What a reference names; `derived` tables are read only when they are wanted.

    A git revision alone is that of the package here, or above; where there is none, of the folder that stands `beside`.
    Beside a CSV file it is that of the file.

    Raises:
        NotAPackage: There is nothing of the kind.
        EventpackError: A table cannot be read, so that nobody can say what differs; or there is no such commit.
    """
    text = str(ref)
    if text.startswith(_GIT):
        return _git_side(text, _in_git(text, beside), until, derived)
    place = Path(text)
    if is_address(text) or not place.exists() or (place / VERSIONS).is_file():
        return _published_side(text, until, derived, offline)
    if place.is_file() and place.name.lower().endswith(_TABLES):
        real = place.resolve()  # a link is followed, since it was named
        return replace(_lone_side(text, Folder(real.parent), real.name, until), lone=_stem(place.name))
    return _side(text, find_target(place), until, derived)


def _in_git(ref: str, beside: str | Path) -> str:
    """The path that `git:REV:PATH` names, or else what stands beside; empty when neither does."""
    path = ref.removeprefix(_GIT).partition(":")[2]
    if path or str(beside).startswith(_GIT):
        return path
    place = Path(beside)
    if place.is_dir():
        is_package = any((place / name).is_file() for name in DESCRIPTORS)
        return str(place) if is_package and package_above(Path(DESCRIPTOR)) is None else ""
    return str(place) if place.is_file() and place.name.lower().endswith(_TABLES) else ""


def _git_side(ref: str, path: str, until: ExitStack, derived: bool) -> Side:
    """`git:REV` is the package here, or above, as of a commit; with a path, what is there."""
    rev = ref.removeprefix(_GIT).partition(":")[0]
    place = Path(path) if path else Path()
    lone = path.lower().endswith(_TABLES)
    root = place.parent if lone else place
    if not path and not any((root / name).is_file() for name in DESCRIPTORS):
        root = package_above(root / DESCRIPTOR) or root
    if not root.is_dir():
        raise EventpackError(f"there is no folder {root}", "name a folder that is also in the working tree")
    tree = until.enter_context(Commit(root, resolve_commit(root, rev)))
    if lone:
        return _lone_side(ref, tree, place.name, until)
    name = next((name for name in DESCRIPTORS if tree.has(name)), None)
    if name is None:
        what = f"{rev} holds no {DESCRIPTOR} in {root.resolve().name}"
        raise NotAPackage(what, "name the folder of the package: git:REV:FOLDER")
    return _side(ref, Target(tree, name), until, derived)


def _published_side(ref: str, until: ExitStack, derived: bool, offline: bool) -> Side:
    """`PLACE@VERSION`; without a version, the latest."""
    place, at, version = ref.rpartition("@")
    if not at or "/" in version:
        place, version = ref, LATEST
    if not is_address(place) and not is_in_depot(place) and not Path(place).exists():
        beside = [one.name for one in Path(ref).parent.iterdir()] if Path(ref).parent.is_dir() else []
        fix = "name a folder, zip, address, CSV file or git:REV"
        raise NotAPackage(f"there is no {ref}{near_miss(Path(ref).name, beside)}", fix)
    from eventpack.downloading import download  # 30 ms

    done = download(place, version=version, offline=offline)
    return _side(ref, find_target(done.folder), until, derived)


def _lone_side(label: str, tree: Tree, path: str, until: ExitStack) -> Side:
    """A CSV file as a package of one table, all of whose fields are text."""
    if not path.isascii() and path != path.encode("utf-8", "replace").decode():
        raise EventpackError(f"the name of {label} is not UTF-8", "rename the file")
    try:
        line = _first_text(tree, path)
    except TextError as error:
        raise EventpackError(f"{label}: {error.what}", error.fix) from None
    delimiter = _delimiter(line)
    fields = [{"name": one} for one in _header(line, delimiter, label)]
    resource = {
        "name": LONE, "path": path, "dialect": {"delimiter": delimiter}, "schema": {"fields": fields},
    }  # fmt: skip
    descriptor = json.dumps({"resources": [resource]}).encode()
    target = Target(Overlay(tree, {DESCRIPTOR: descriptor}), DESCRIPTOR)
    package, findings = read_sound(target)
    _require([replace(one, where=Location(label)) for one in findings])
    assert package is not None
    package = replace(package, tree=tree)
    subject, findings = read_subject(package, large=large_of(package, until))
    _require([replace(one, where=replace(one.where, path=label)) for one in findings])
    return Side(label, package, subject, _stem(PurePosixPath(path).name))


def _stem(name: str) -> str:
    """What the table of a file is called."""
    return re.sub(r"\.[ct]sv(\.gz)?$", "", name, flags=re.IGNORECASE)


def _first_text(tree: Tree, path: str) -> str:
    """The beginning of a table, with its header."""
    data = b"".join(_first(tree, path))
    if path.lower().endswith(".gz"):
        from eventpack.foreign.packing import unpack

        data = unpack(b"".join(pieces(tree, path)), "gz", "", limits.TABLE)
    return data[:_HEADER].decode("utf-8-sig", "replace")


def _delimiter(text: str) -> str:
    """The delimiter of a table by its first line: a comma, unless there is none and there are others."""
    line = text.partition("\n")[0]
    return "," if "," in line else max("\t;|", key=line.count) if set("\t;|") & set(line) else ","


def _header(text: str, delimiter: str, label: str) -> list[str]:
    """The names of a table's columns, which must be there and differ."""
    try:
        names = [name.strip() for name in next(csv.reader(StringIO(text, newline=""), delimiter=delimiter), [])]
    except csv.Error as error:
        raise EventpackError(f"{label}:1: the header cannot be read: {error}", "name a CSV file") from None
    if len(text) * 4 >= _HEADER and "\n" not in text:
        raise EventpackError(f"{label}:1: the header is too long", "name a CSV file whose first line names its columns")
    seen: set[str] = set()
    if not names:
        raise EventpackError(f"{label} is empty; a table needs at least its header", "name another file")
    for at, name in enumerate(names):
        if not name:
            raise EventpackError(f"{label}:1: column {at + 1} has no name", "name it")
        if name in seen:
            raise EventpackError(f"{label}:1: the column `{name}` stands twice", "rename one of the two")
        seen.add(name)
    return names


def _first(tree: Tree, path: str) -> Iterator[bytes]:
    """The pieces of a file that may hold its header."""
    left = _HEADER
    try:
        for piece in pieces(tree, path):
            yield piece
            left -= len(piece)
            if left <= 0:
                return
    except MissingFile as error:
        raise NotAPackage(f"there is no {path}: {error}", "name another file") from None


def _side(label: str, target: Target, until: ExitStack, derived: bool) -> Side:
    if target.record:
        raise EventpackError(f"{label} is one record", "name its package")
    package, findings = read_sound(target)
    _require(findings, label)
    assert package is not None
    held = package.schemas
    if not derived:
        held = {name: schema for name, schema in held.items() if not package.resource(name).derivation}
    return Side(label, package, _read(replace(package, schemas=held), label, until))


def _read(package: Package, label: str, until: ExitStack) -> Subject:
    subject, findings = read_subject(package, large=large_of(package, until))
    _require(findings, label)
    return subject


def _require(findings: Iterable[Finding], label: str = "") -> None:
    """Nothing is compared that cannot be read as it was meant."""
    for finding in findings:
        if finding.severity == "error":
            place = f"{label}: {finding.where}" if label else str(finding.where)
            raise EventpackError(f"{place}: {finding.what}", finding.fix or "mend it, then compare")
