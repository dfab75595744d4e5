"""Making a release beside the tree: every file as it will be, before any of them is moved."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from eventpack.building import NotClean
from eventpack.comparing import diff
from eventpack.derive.edition import Edition
from eventpack.errors import EventpackError
from eventpack.files import write_atomically
from eventpack.listing import listed
from eventpack.opening import Target, find_target, read_sound
from eventpack.origin import given_time
from eventpack.packaging import Packaged, package
from eventpack.publishing.changes import section as prose_in
from eventpack.releases import (
    LIST,
    PENDING,
    RELEASES,
    ReleasedVersion,
    Releases,
    find_archive,
    require_releases,
    with_entry,
)
from eventpack.releasing.committed import Base, copy_files, require_seen
from eventpack.releasing.explained import unexplained_findings
from eventpack.releasing.filling import Change, fill
from eventpack.releasing.journal import begin
from eventpack.releasing.numbering import first_version, next_version
from eventpack.report import Report, order
from eventpack.revisions.lineage import lineage_findings
from eventpack.subject import Subject, read_subject
from eventpack.trees import Folder
from eventpack.validation import validate
from eventpack.versions import parse_version

MOST_KEPT = 10_000_000
"""Bytes of an archive that is kept with the data: git keeps every one of them for ever, in every clone."""


@dataclass(frozen=True, slots=True)
class Released:
    """A release that was made, or with `done` false would be.

    `step` leads from `previous` (empty: the first release), because of `reasons`. `archive` is where the zip is kept,
    of `size` bytes and with that SHA-256; `files` are the paths in the tree that were written, `section` is that of
    CHANGES.md.
    """

    name: str
    version: str
    previous: str
    step: str
    reasons: tuple[str, ...]
    date: str
    archive: Path
    size: int
    sha256: str
    files: tuple[str, ...]
    section: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A release as files below a folder, at the paths that they will have in the tree, in the order of moving.

    `outside` are archives that go elsewhere, by the place that each will have.
    """

    released: Released
    folder: Path
    paths: tuple[str, ...]
    outside: Mapping[str, Path]


def make(
    target: Target, base: Base, version: str, *, summary: str, instead: str, archives: str | Path | None, key: str
) -> Made:
    """Make a release of a tree below its `releases/.pending`; see `eventpack.releasing.release`."""
    assert isinstance(target.tree, Folder)
    root, label = target.tree.root, target.tree.label
    report = validate(root if target.descriptor == find_target(root).descriptor else root / target.descriptor)
    if report.findings:
        raise NotClean("there are findings, so nothing is released", report)
    copy = root / PENDING / "tree"
    begin(root)
    copy_files(base, root, copy)
    subject = _subject(copy, label)
    old = require_releases(target.tree) if target.tree.has(LIST) else None
    change = _change(subject, old, root, copy, version, str(archives or ""))
    if change.archive is not None:
        before = _subject(change.archive, str(change.archive))
        findings = list(lineage_findings(before, subject, change.previous))
        findings += unexplained_findings(before, subject, change.previous)
        if findings:
            counts = {name: table.size for name, table in subject.own.items()}
            told = Report(subject.package.descriptor.name, change.version, counts, order(findings), root=label)
            raise NotClean("changes of released values are not explained, so nothing is released", told)
    section = fill(copy, target.descriptor, subject, change, summary, instead)
    try:
        edition = Edition(change.version, change.created, base.commit)
        packaged = package(copy / target.descriptor, root / PENDING / "out", edition=edition, key=key)
    except NotClean as error:
        raise NotClean(error.what, replace(error.report, root=label)) from None
    return _made(target, copy, packaged, change, section, _summary(section), base, archives)


def _subject(place: Path, label: str) -> Subject:
    """The tables of the last release, or of the copy: what is in git may lack what the tree has."""
    found, findings = read_sound(find_target(place))
    subject, problems = read_subject(found) if found else (None, [])
    if subject is None or findings or problems:
        report = Report("", "", {}, order([*findings, *problems]), root=label)
        raise NotClean("it cannot be read as a whole, so nothing is released", report)
    return subject


def _change(subject: Subject, old: Releases | None, root: Path, copy: Path, wanted: str, archives: str) -> Change:
    """What the release changes, and which version it becomes."""
    now = given_time() or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    declared = subject.package.descriptor.version
    if old is None or old.last is None:
        return Change(old, "", first_version(wanted, declared), "first", (), None, now)
    if entry := old.entry(wanted):
        what = f"{wanted} was released on {entry.date}, and a released version never changes"
        raise EventpackError(what, "leave the version out: the one that follows from the change is taken")
    previous = old.last.version
    archive = find_archive(root, old.last, archives)
    difference = diff(archive, copy)
    step = difference.step
    if step == "none":
        raise EventpackError(f"nothing differs from {previous}, which is released", "there is nothing to release")
    reasons = tuple(reason.say for reason in difference.reasons if reason.step == step)
    version = next_version(wanted or _declared(declared, previous), previous, step, reasons)
    return Change(old, previous, version, step, reasons, difference, now, archive)


def _declared(declared: str, previous: str) -> str:
    """The version that the descriptor asks for, when somebody has raised it."""
    new, old = parse_version(declared), parse_version(previous)
    return declared if new and old and new.precedence > old.precedence else ""


def _summary(section: str) -> str:
    """The prose of a section as one paragraph."""
    return prose_in(section, section.split()[1].rstrip(","))


def _made(
    target: Target, copy: Path, packaged: Packaged, change: Change, section: str, prose: str, base: Base,
    archives: str | Path | None,
) -> Made:  # fmt: skip
    """The archive and the list beside the other files that differ."""
    assert isinstance(target.tree, Folder)
    root, name = target.tree.root, packaged.manifest.name
    file = listed(packaged.archive.name, packaged.archive)
    place = _place(root, file.path, file.bytes, archives)
    kept = place == root / RELEASES / file.path
    entry = ReleasedVersion(
        version=change.version, date=change.created[:10], created=change.created, commit=base.commit,
        status="released", step=change.step, changes=prose, archive=file, kept=kept,  # type: ignore[arg-type]  # one of the four
    )  # fmt: skip
    entries = [*(change.old.versions if change.old else ()), entry]
    write_atomically(copy / LIST, with_entry(change.old, name, entries).to_bytes())
    if kept:
        os.replace(packaged.archive, copy / RELEASES / file.path)
    paths = [*_differing(copy, root), *([f"{RELEASES}/{file.path}"] if kept else []), LIST]
    require_seen(root, paths)
    outside = {} if kept else {str(place.resolve()): packaged.archive}
    released = Released(
        name, change.version, change.previous, change.step, change.reasons, entry.date, place, file.bytes, file.sha256,
        tuple(paths), section,
    )  # fmt: skip
    return Made(released, copy, tuple(paths), outside)


def _place(root: Path, name: str, size: int, archives: str | Path | None) -> Path:
    """Where an archive goes: beside the data when it is small, else to the folder that somebody names."""
    place = (Path(archives) if archives else root / RELEASES) / name
    if not archives and size > MOST_KEPT:
        what = (
            f"the archive has {size / 1e6:.1f} MB, and git would keep it for ever in every clone; more than "
            f"{MOST_KEPT / 1e6:.0f} MB are better kept elsewhere"
        )
        fix = f"give --archives FOLDER, maybe outside the repository; `--archives {RELEASES}` keeps it all the same"
        raise EventpackError(what, fix)
    place = root / RELEASES / name if place.resolve() == (root / RELEASES / name).resolve() else place
    if os.path.lexists(place):
        what = f"{place} is there, and {LIST} does not know it"
        raise EventpackError(what, "a released version never changes; release another one, or move the file away")
    return place


def _differing(copy: Path, root: Path) -> Sequence[str]:
    """The files of the copy that the tree has otherwise, or not; those of `releases/` left out."""
    found = []
    for folder, folders, names in os.walk(copy):
        if Path(folder) == copy and RELEASES in folders:
            folders.remove(RELEASES)
        for name in names:
            made = Path(folder, name)
            path = made.relative_to(copy).as_posix()
            if not made.is_symlink() and not _same(made, root / path):
                found.append(path)
    return sorted(found)


def _same(made: Path, held: Path) -> bool:
    return held.is_file() and (made.samefile(held) or made.read_bytes() == held.read_bytes())
