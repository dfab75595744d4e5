"""The last release of a source tree, to compare the data with."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.errors import EventpackError
from eventpack.finding import Finding
from eventpack.opening import find_target, read_sound
from eventpack.releases import find_archive, read_releases
from eventpack.revisions.lineage import lineage_findings
from eventpack.subject import Subject, read_subject
from eventpack.trees import Folder, Tree


def last_release(tree: Tree) -> tuple[str, Subject] | None:
    """Version and tables of the last release, withdrawn or not; nothing when there is none.

    Raises:
        EventpackError: Its archive is not here, or cannot be read.
        DamagedError: It has other bytes than were released.
    """
    releases, _, _ = read_releases(tree)
    if releases is None or releases.last is None or not isinstance(tree, Folder):
        return None
    target = find_target(find_archive(tree.root, releases.last))
    package, findings = read_sound(target)
    if package is None:
        raise EventpackError(f"{target.tree.label}: {findings[0].what}", "get the archive again")
    return releases.last.version, read_subject(package)[0]


def released_findings(subject: Subject) -> Iterator[Finding]:
    """What became of the ids of the last release, when its archive is kept with the data.

    Other archives are large, and only `release` reads them. That one is missing or damaged is said elsewhere.
    """
    releases, _, _ = read_releases(subject.package.tree)
    if releases is None or releases.last is None or not releases.last.kept:
        return
    try:
        found = last_release(subject.package.tree)
    except EventpackError:
        return
    if found:
        yield from lineage_findings(found[1], subject, found[0])
