"""The rows and records of a release against the numbers and digests in its manifest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from eventpack.digests import content_digests
from eventpack.errors import NotAPackage
from eventpack.files import DESCRIPTOR
from eventpack.finding import Finding, Location
from eventpack.listing import MANIFEST
from eventpack.opening import find_target, read_sound
from eventpack.proving.held import inner
from eventpack.proving.listed import AGAIN
from eventpack.subject import Subject, read_subject


def content_findings(place: Path, manifest: Mapping[str, object]) -> tuple[list[Finding], int]:
    """Rows per table and digests of records against the manifest; and how many records agree."""
    try:
        package, _ = read_sound(find_target(place))
    except NotAPackage:
        return [], 0  # said already: no descriptor
    if package is None:
        return [Finding("release/descriptor", Location(DESCRIPTOR), "the descriptor cannot be read", fix=AGAIN)], 0
    subject, _ = read_subject(package)
    findings = list(_row_findings(subject, inner(manifest, "counts")))
    wanted, held = inner(manifest, "records"), content_digests(package, subject.tables)
    agreeing = 0
    for table in dict.fromkeys([*wanted, *held]):
        said, is_so = inner(wanted, table), held.get(table, {})
        agreeing += sum(said.get(key) == digest for key, digest in is_so.items())
        for key in sorted(key for key in said.keys() | is_so if said.get(key) != is_so.get(key)):
            where = Location(_path(subject, table), table=table, record_id=key)
            what = (
                f"{key} has another content than the manifest says"
                if key in said and key in is_so
                else (f"{key} is {'not there' if key in said else 'not in the manifest'}")
            )
            findings.append(Finding("release/content", where, what, key, fix=AGAIN))
    return findings, agreeing


def _row_findings(subject: Subject, counts: Mapping[str, object]) -> Iterator[Finding]:
    listed = {resource.name for resource in subject.package.tables}
    for name in dict.fromkeys([*counts, *subject.tables]):
        rows = subject.tables[name].size if name in subject.tables else None
        if counts.get(name) == rows:
            continue
        where = Location(_path(subject, name), table=name)
        if rows is None:
            what = f"the table {name} {'cannot be read' if name in listed else 'is not there'}"
            yield Finding("release/rows", where, f"{what}, and the manifest counts its rows", name, fix=AGAIN)
            continue
        said = f"says {counts[name]}" if name in counts else "does not count them"
        yield Finding("release/rows", where, f"{name} has {rows:,} rows, and the manifest {said}", str(rows), fix=AGAIN)


def _path(subject: Subject, table: str) -> str:
    paths = {resource.name: resource.path for resource in subject.package.descriptor.resources}
    return paths.get(table, MANIFEST)
