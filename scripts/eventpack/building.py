"""Build the derived files of a source tree: write what changed, or tell what is stale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from eventpack.derive import derived_files
from eventpack.derive.collisions import collision_findings
from eventpack.derive.tables import DERIVATIONS
from eventpack.descriptor import Package
from eventpack.differences import first_difference
from eventpack.enlisting import listing_files
from eventpack.errors import EventpackError
from eventpack.files import path_problem, write_atomically
from eventpack.finding import Finding, Location, near_miss, shorten
from eventpack.opening import Target, find_target, read_sound
from eventpack.overlay import Overlay
from eventpack.report import Report, order
from eventpack.subject import Subject, read_subject
from eventpack.trees import Folder, MissingFile, Tree


class NotClean(EventpackError):
    """The data must be mended first; `report` says what is wrong. The command line prints it and exits with 1."""

    def __init__(self, what: str, report: Report) -> None:
        super().__init__(what, "mend what is reported, then try again")
        self.report = report


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, as paths in the package: files written, those already right, and those found stale.

    A checking build writes nothing, so only it has stale files. `warnings` are doubts about what was built from.
    """

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    warnings: tuple[Finding, ...] = ()


def build(path: str | Path = ".", *, check: bool = False) -> Built:
    """Write every built file of the source tree at a path that is not up to date; with `check` only name them.

    A schema that no resource names becomes a resource first (`eventpack.enlisting`), which changes the descriptor.

    Raises:
        NotClean: Descriptor, schemas or tables cannot be read, or two files would stand at one path; nothing was
            written.
        NotAPackage: The path holds no package.
        EventpackError: It is no source tree, or a file would be written outside it.
        DiskError: A file cannot be read or written.
    """
    target = find_target(path)
    if not isinstance(target.tree, Folder):
        raise EventpackError(f"{path} is an archive; nothing is built in it", "build the source tree")
    subject, added, warnings = _readable_subject(target)
    if not subject.package.is_source:
        raise EventpackError(f"nothing is built in {path}", "name the source tree, where the record files are")
    files = derived_files(subject) | added  # the descriptor last: it names files that must be there
    fresh = {name: _held(target.tree, name) == data for name, data in files.items()}
    unchanged, others = [n for n in files if fresh[n]], [n for n in files if not fresh[n]]
    if check:
        return Built((), tuple(unchanged), tuple(others), warnings)
    for name in others:
        write_atomically(_inside(target.tree, name), files[name])
    return Built(tuple(others), tuple(unchanged), warnings=warnings)


def built_files(target: Target) -> dict[str, bytes]:
    """Every file that a build of a source tree would write, by path, whatever stands there now; nothing is written.

    Raises:
        NotClean: As `build`.
    """
    subject, added, _ = _readable_subject(target)
    return derived_files(subject) | added


def stale_findings(subject: Subject) -> Iterator[Finding]:
    """Built files of a source tree that are missing or differ from what a build gives now."""
    yield from _plan_findings(subject.package)
    tables = {resource.path: resource for resource in subject.package.tables}
    for path, data in derived_files(subject).items():
        resource = tables.get(path)
        held = _held(subject.package.tree, path)
        if held is None and not (resource and resource.derivation):  # reading the tables has told of a missing one
            what = f"`{path}` is not there; it is built from records and schemas"
            yield Finding("build/missing", Location(path), what, fix="run `eventpack build`")
        elif held is not None and held != data:
            first = first_difference(held, data)
            yield Finding(
                "build/stale", Location(path, first.line, 1, resource.name if resource else ""),
                "from this line on the file is not what `eventpack build` gives", shorten(first.held),
                fix="run `eventpack build`; change the records or schemas, never this file",
            )  # fmt: skip


def _readable_subject(target: Target) -> tuple[Subject, dict[str, bytes], tuple[Finding, ...]]:
    """The subject, without errors; the files that list its unlisted schemas; and the warnings about it."""
    package, findings = read_sound(target)
    added = {} if package is None else listing_files(package)
    if added:
        package, findings = read_sound(replace(target, tree=Overlay(target.tree, added)))
    subject = None
    if package is not None:
        subject, problems = read_subject(package)
        findings += [*_without_built(package, problems), *_plan_findings(package)]
    name = package.descriptor.name if package else ""
    report = Report(name, "", {}, order(findings), root=target.tree.label)
    if subject is None or not report.ok:
        raise NotClean("the package cannot be read as a whole, so nothing is built", report)
    return subject, added, report.findings


def _without_built(package: Package, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings that are not about built files: those are about to be replaced, whatever stands in them."""
    built = {resource.path for resource in package.descriptor.resources if package.built(resource)}
    for finding in findings:
        missing = finding.code == "descriptor/missing-file" and finding.found in built
        if not missing and finding.where.path not in built:
            yield finding


def _plan_findings(package: Package) -> Iterator[Finding]:
    """What is wrong with where and how files are to be built."""
    if package.is_source:
        yield from collision_findings(package)
    for index, resource in enumerate(package.descriptor.resources):
        name = resource.derivation
        if name is not None and name not in DERIVATIONS:
            where = package.document.at("resources", index, "eventpack:derivation")
            what = f"there is no derivation `{name}`{near_miss(name, DERIVATIONS)}"
            yield Finding("build/derivation", where, what, name, fix=f"one of: {', '.join(DERIVATIONS)}")


def _held(tree: Tree, path: str) -> bytes | None:
    try:
        return tree.read(path)
    except MissingFile:
        return None


def _inside(tree: Folder, path: str) -> Path:
    """Where a built file is written; a descriptor may neither name nor link a place outside the package."""
    place = tree.root / path
    if path_problem(path) or not place.parent.resolve().is_relative_to(tree.root.resolve()):
        raise EventpackError(
            f"`{path}` leaves the package, so it is not written", "correct the path, or remove the link"
        )
    return place
