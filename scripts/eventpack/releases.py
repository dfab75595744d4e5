"""`releases/versions.json`, in which a source tree keeps its releases, and where their archives are."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from eventpack import limits
from eventpack.document import Document
from eventpack.errors import DamagedError, DiskError, EventpackError, TextError
from eventpack.files import decode
from eventpack.finding import Finding, Location
from eventpack.jsontext import json_bytes, parse_json
from eventpack.listing import ListedFile, digest_of
from eventpack.model import NAMED, Model, in_form, not_empty, prop
from eventpack.reading import read_object
from eventpack.trees import Folder, Tree, read_within
from eventpack.versions import LATEST, choose, latest_of, parse_version, version_problem

RELEASES = "releases"
LIST = f"{RELEASES}/versions.json"
PENDING = f"{RELEASES}/.pending"  # what a release is made in
JOURNAL = f"{PENDING}/journal.json"  # there while its files are moved into place
ARCHIVES = "EVENTPACK_ARCHIVES"
"""The variable that names the folder of archives that are too large to be kept beside the data."""
MARKER = "1"
_DAY = in_form(r"\d{4}-\d\d-\d\d", "a day like 2026-03-05")


class Withdrawal(Model):
    """When a version was withdrawn, and why."""

    date: str = prop(check=_DAY)
    reason: str = prop(check=not_empty)


class ReleasedVersion(Model):
    """One release. The path of its `archive` is relative to `releases/`; `kept` says whether it is there.

    `created` is the time of the release (UTC), `date` its day, `commit` the one it was made from, `step` how far it
    is from the release before.
    """

    version: str = prop(check=version_problem)
    date: str = prop(check=_DAY)
    created: str
    commit: str
    status: Literal["released", "withdrawn"]
    step: Literal["first", "major", "minor", "patch"]
    changes: str = ""
    archive: ListedFile
    kept: bool = True
    withdrawn: Withdrawal | None = None

    def to_json(self) -> dict[str, object]:
        """The release as it stands in the file; what is not known of it stays."""
        withdrawn = {"date": self.withdrawn.date, "reason": self.withdrawn.reason} if self.withdrawn else None
        known = {
            "version": self.version, "date": self.date, "created": self.created, "commit": self.commit,
            "status": self.status, "step": self.step, "changes": self.changes, "archive": self.archive.to_json(),
            "kept": self.kept, **({"withdrawn": withdrawn} if withdrawn else {}),
        }  # fmt: skip
        return {**known, **self.other}


class Releases(Model):
    """The content of the file: all releases, the first one first."""

    releases: str = prop(check=in_form(MARKER, f'"{MARKER}"'))
    name: str = prop(check=NAMED)
    versions: list[ReleasedVersion]

    def misfit(self) -> str:
        """A version stands once, and each is higher than those before it."""
        texts = [entry.version for entry in self.versions or () if entry and entry.version]
        twice = next((text for text in texts if texts.count(text) > 1), None)
        return f"`versions` hold {twice} twice" if twice else ""

    def entry(self, version: str) -> ReleasedVersion | None:
        """What is recorded of a version, or none when it is not released."""
        return next((entry for entry in self.versions if entry.version == version), None)

    @property
    def last(self) -> ReleasedVersion | None:
        """The release that was made last, whatever became of it."""
        return self.versions[-1] if self.versions else None

    def texts(self, status: str = "released") -> list[str]:
        """The versions with a status, in the order of release."""
        return [entry.version for entry in self.versions if entry.status == status]

    def chosen(self, wanted: str = LATEST) -> ReleasedVersion:
        """The release that is wanted: `latest`, an exact one or a range like `~1.2`; raises `EventpackError`."""
        entry = self.entry(choose(wanted, self.texts(), self.texts("withdrawn")))
        assert entry is not None  # it was chosen among them
        return entry

    def as_of(self, date: str) -> ReleasedVersion:
        """The release that was the latest one at the end of a day; one withdrawn later counts, since it was.

        Raises:
            EventpackError: Nothing was released then, or it is no day.
        """
        day = require_day(date)
        there = [
            entry.version for entry in self.versions
            if entry.date <= day and not (entry.withdrawn and entry.withdrawn.date <= day)
        ]  # fmt: skip
        found = self.entry(latest_of(there))
        if found is None:
            first = next((entry for entry in self.versions if not parse_version(entry.version).pre), None)  # type: ignore[union-attr]  # versions were checked
            fix = f"the first release, {first.version}, is of {first.date}" if first else "nothing is released yet"
            raise EventpackError(f"no version of {self.name} was released on {day}", fix)
        return found

    def to_bytes(self) -> bytes:
        """The file."""
        versions = [entry.to_json() for entry in self.versions]
        return json_bytes({"releases": MARKER, "name": self.name, "versions": versions, **self.other})


def require_day(date: str) -> str:
    """A day like 2026-03-05, which a calendar has; raises `EventpackError`."""
    from datetime import date as calendar  # 1 ms, and few ask

    try:
        return calendar.fromisoformat(date).isoformat()
    except ValueError:
        raise EventpackError(f"`{date}` is no day", "write it like 2026-03-05") from None


def read_releases(tree: Tree) -> tuple[Releases | None, Document, list[Finding]]:
    """The releases of a source tree, the document, and why it cannot be read; nothing when there are none."""
    nothing = Document(LIST, "")
    if not tree.has(LIST):
        return None, nothing, []
    try:
        text = decode(read_within(tree, LIST, limits.DOCUMENT), "json")
        value = parse_json(text, "json")
    except TextError as error:
        return None, nothing, [_misformed(Location(LIST, error.line, error.column), error.what, error.found)]
    document = Document(LIST, text)
    releases, misfits = read_object(Releases, value)
    return (
        releases,
        document,
        [_misformed(document.at(*m.pointer), m.what, m.found) for m in misfits[: limits.FINDINGS]],
    )


def _misformed(where: Location, what: str, found: str) -> Finding:
    return Finding("release/form", where, what, found, fix="take it from an earlier commit; only `release` writes it")


def require_releases(tree: Tree) -> Releases:
    """The releases of a source tree.

    Raises:
        EventpackError: There are none.
        DamagedError: The file cannot be read.
    """
    releases, _, findings = read_releases(tree)
    if findings:
        raise DamagedError(f"{findings[0].where}: {findings[0].what}", findings[0].fix)
    if releases is None or not releases.versions:
        place = tree.label or "this folder"
        raise EventpackError(f"there is no {LIST} in {place}, so nothing was released", "run `eventpack release`")
    return releases


def archive_places(root: Path, entry: ReleasedVersion, archives: str = "") -> Iterator[Path]:
    """Where the archive of a release may be: with the data, or in the folder for those that are too large."""
    yield root / RELEASES / entry.archive.path
    for folder in dict.fromkeys((archives, os.environ.get(ARCHIVES, ""))):
        if folder:
            yield Path(folder) / entry.archive.path


def find_archive(root: Path, entry: ReleasedVersion, archives: str = "") -> Path:
    """The archive of a release, with the bytes that were released.

    Raises:
        EventpackError: It is not here.
        DamagedError: It has other bytes.
    """
    places = list(archive_places(root, entry, archives))
    for place in places:
        if not place.is_file():
            continue
        try:
            digest = digest_of(place)
        except OSError as error:
            raise DiskError(f"cannot read {place}: {error.strerror or error}", "check its mode") from error
        if digest != entry.archive.sha256:
            what = f"{place} is not what was released as {entry.version}: its SHA-256 is {digest}"
            raise DamagedError(what, f"get it again; the digest recorded in {LIST} is {entry.archive.sha256}")
        return place
    place = places[0 if entry.kept else -1]
    kept = "git has it: `git checkout -- releases`" if entry.kept else f"let {ARCHIVES} name the folder that holds it"
    raise EventpackError(f"the archive of {entry.version} is not here: there is no {place}", kept)


def released_archive(
    tree: Tree, *, version: str = LATEST, date: str = "", archives: str = ""
) -> tuple[ReleasedVersion, Path]:
    """The release that is wanted, by version or as of a day, with its archive.

    Raises:
        EventpackError: There is none, its archive is not here, or the tree is not a folder.
        DamagedError: Archive or list are not as they were written.
    """
    if not isinstance(tree, Folder):
        raise EventpackError(f"{tree.label} holds one version only", "name the source tree, or a published place")
    releases = require_releases(tree)
    entry = releases.as_of(date) if date else releases.chosen(version)
    return entry, find_archive(tree.root, entry, archives)


def with_entry(old: Releases | None, name: str, entries: Sequence[ReleasedVersion]) -> Releases:
    """The list with other releases in it."""
    if old is None:
        return Releases(releases=MARKER, name=name, versions=list(entries))
    return Releases(releases=MARKER, name=old.name, versions=list(entries), other=old.other)
