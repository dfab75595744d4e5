"""Bring record files and hand-edited tables into their one canonical form.

A table gets the columns that its schema has and it lacks, as far as they may be empty.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eventpack.csvtext import CsvText, sorted_csv, with_plain_breaks
from eventpack.curate.source import open_source, root_of
from eventpack.descriptor import Package
from eventpack.differences import first_difference
from eventpack.document import text_finding
from eventpack.errors import EventpackError, TextError
from eventpack.files import BOM, DESCRIPTOR, RECORD_SUFFIXES, decode, write_atomically
from eventpack.finding import Finding, Location, shorten
from eventpack.opening import package_above
from eventpack.recordtext import Form, format_record, record_form
from eventpack.resource import Resource
from eventpack.schema import Schema
from eventpack.trees import MissingFile


@dataclass(frozen=True, slots=True)
class Formatted:
    """What formatting did, or would do: the files changed (as paths to print), how many were in form, and findings."""

    changed: tuple[str, ...]
    unchanged: int
    findings: tuple[Finding, ...]


def format_files(files: Sequence[str | Path] = (), *, check: bool = False) -> Formatted:
    """Format record files and hand-edited tables; with none named, all of the package here; a folder means its package.

    Files that are in form are not touched. With `check` nothing is written, and each file that is not in form is a
    finding, `record/form` or `csv/form`. A file that cannot be read is a finding, and the others are still done.

    Raises:
        EventpackError: A file is no record and no hand-edited table of a package, or cannot be written.
    """
    changed: list[str] = []
    findings: list[Finding] = []
    unchanged = 0
    packages: dict[Path, Package] = {}
    work = [item for path in files or [Path()] for item in _jobs(Path(path), packages)]
    for package, path in work:
        try:
            old = package.tree.read(path)
            new = canonical_bytes(package, path, old)
        except TextError as error:
            findings.append(text_finding(_shown(package, path), error))
            continue
        except MissingFile as error:
            findings.append(Finding("record/missing-file", Location(_shown(package, path)), str(error)))
            continue
        if old == new:
            unchanged += 1
            continue
        changed.append(_shown(package, path))
        if check:
            findings.append(_difference(package, path, old, new))
        else:
            write_atomically(root_of(package) / path, new)
    return Formatted(tuple(changed), unchanged, tuple(findings))


def canonical_bytes(package: Package, path: str, data: bytes) -> bytes:
    """The canonical form of one file of a package; a byte order mark and CR LF are mended on the way.

    Raises:
        TextError: The file is not readable as what it should be.
    """
    text = decode(data.removeprefix(BOM), _family(path))
    if path.endswith(RECORD_SUFFIXES):
        return format_record(text, path, _form(package)).encode("utf-8")
    resource = next(r for r in package.tables if r.path == path)
    return _canonical_csv(package, resource, text)


def _canonical_csv(package: Package, resource: Resource, text: str) -> bytes:
    header, *rows = CsvText(with_plain_breaks(text)).rows
    schema = package.schemas[resource.name]
    if not set(header) <= set(schema.names) or len(set(header)) < len(header):
        return sorted_csv(header, schema.primary_key, rows)  # one is misspelt or stands twice: nothing may be lost
    columns = _columns(schema, header, bool(rows))
    cells = (dict(zip(header, row, strict=True)) for row in rows)
    return sorted_csv(columns, schema.primary_key, ([row.get(name, "") for name in columns] for row in cells))


def _columns(schema: Schema, header: Sequence[str], filled: bool) -> list[str]:
    """The columns of a table in the schema's order, and with them those missing that may be empty."""
    return [name for name in schema.names if name in header or not (filled and schema.demands(name))]


def _jobs(path: Path, packages: dict[Path, Package]) -> Iterator[tuple[Package, str]]:
    """The files that a path means, each with its package; packages are opened once."""
    if path.is_dir():
        package = open_source(path)
        yield from ((package, inner) for inner in _all(package))
        return
    if not os.path.lexists(path):
        raise EventpackError(f"there is no {path}", "name record files or hand-edited tables")
    root = package_above(path)
    if root is None:
        raise EventpackError(f"no {DESCRIPTOR} above {path}", "name files inside a data package")
    if root not in packages:
        packages[root] = open_source(Path(os.path.relpath(root)))
    package, inner = packages[root], Path(os.path.abspath(path)).relative_to(root).as_posix()
    if inner not in _all(package) and path.exists():
        built = any(resource.path == inner for resource in package.tables)
        fix = "run `eventpack build`; the file is built" if built else "name record files or hand-edited tables"
        raise EventpackError(f"{path} is no record and no hand-edited table", fix)
    yield package, inner


def _all(package: Package) -> list[str]:
    root = package.record_table
    records: Iterable[str] = package.tree.under(root.records) if root and root.records else ()
    tables = [
        resource.path for resource in package.tables if not package.built(resource) and package.tree.has(resource.path)
    ]
    return [*(path for path in records if path.endswith(RECORD_SUFFIXES)), *tables]


def _form(package: Package) -> Form:
    form = record_form(package)
    if form is None:
        raise EventpackError("the package has no records", f"mark a table with `eventpack:records` in {DESCRIPTOR}")
    return form


def _family(path: str) -> str:
    return "record" if path.endswith(RECORD_SUFFIXES) else "csv"


def _shown(package: Package, path: str) -> str:
    return f"{package.tree.label}/{path}" if package.tree.label else path


def _difference(package: Package, path: str, old: bytes, new: bytes) -> Finding:
    """Where a file first departs from its canonical form."""
    first = first_difference(old, new)
    what = f"the file is not in canonical form; this line would be `{shorten(first.wanted)}`"
    where = Location(_shown(package, path), first.line, 1)
    return Finding(f"{_family(path)}/form", where, what, shorten(first.held), fix="run `eventpack format`")
