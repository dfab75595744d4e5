"""Releases kept with the data: the archive of each is there, with the bytes that were released."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from eventpack.finding import Finding, Location
from eventpack.subject import Subject
from eventpack.trees import Folder

if TYPE_CHECKING:
    from eventpack.releases import ReleasedVersion

_FOLDER = "releases"


def check_releases(subject: Subject) -> Iterator[Finding]:
    """The list of releases can be read, its archives are what was released, and no release was broken off."""
    tree = subject.package.tree
    if not (subject.whole and isinstance(tree, Folder) and tree.has_folder(_FOLDER)):
        return
    from eventpack.releases import JOURNAL, read_releases  # hashlib: 2 ms, and few trees have releases

    if tree.has(JOURNAL):
        what = "a release was broken off while its files were moved into place"
        fix = "run `eventpack release` again: it puts the old files back first"
        yield Finding("release/unfinished", Location(JOURNAL), what, fix=fix)
    releases, document, findings = read_releases(tree)
    yield from findings
    for index, entry in enumerate(releases.versions if releases else ()):
        if entry.kept:
            yield from _archive_findings(tree, entry, document.at("versions", index, "archive"))


def _archive_findings(tree: Folder, entry: ReleasedVersion, where: Location) -> Iterator[Finding]:
    from eventpack.listing import digest_of

    path = f"{_FOLDER}/{entry.archive.path}"
    if not tree.has(path):
        what = f"the archive of {entry.version} is not there: {path}"
        yield Finding("release/missing", where, what, path, fix=f"take it from git: `git checkout -- {path}`")
    elif tree.root.joinpath(path).stat().st_size != entry.archive.bytes or (
        digest_of(tree.root / path) != entry.archive.sha256
    ):
        what = f"the archive is not what was released as {entry.version}: its SHA-256 is another than recorded"
        fix = f"a released version never changes: `git checkout -- {path}`"
        yield Finding("release/archive", Location(path), what, digest_of(tree.root / path), fix=fix)
