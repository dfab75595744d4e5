"""One coding: the record files of a folder, as events, claims and what else stands in them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eventpack.cells import Cells
from eventpack.descriptor import Package
from eventpack.errors import EventpackError, NotAPackage
from eventpack.files import RECORD_SUFFIXES
from eventpack.nesting import record_shape, tables_from_records
from eventpack.opening import open_package, package_above
from eventpack.subject import read_one
from eventpack.trees import Folder


@dataclass(frozen=True, slots=True)
class Coding:
    """The rows of one coder by table, each by field name; `folder` is where they stand."""

    folder: str
    rows: Mapping[str, Sequence[Cells]]

    def by_id(self, table: str, key: str) -> dict[str, Cells]:
        """The rows of a table by their id."""
        return {row[key]: row for row in self.rows.get(table, ())}

    def of_event(self, table: str) -> dict[str, list[Cells]]:
        """The rows of a table by the event in whose record they stand."""
        found: dict[str, list[Cells]] = {}
        for row in self.rows.get(table, ()):
            found.setdefault(row["event_id"], []).append(row)
        return found


def package_of(folder: Path) -> Package:
    """The nearest package above a folder of records, whose schemas say what stands in them.

    Raises:
        NotAPackage: There is none.
    """
    root = package_above(folder / "record")
    if root is None:
        raise NotAPackage(f"no datapackage.json above {folder}", "name a folder of records inside a data package")
    return open_package(Path(os.path.relpath(root)))


def read_coding(folder: Path, package: Package) -> Coding:
    """The records of a folder, by the schemas of a package.

    Raises:
        EventpackError: There is no such folder, no record in it, or one that cannot be read.
    """
    if not folder.is_dir():
        raise EventpackError(f"there is no folder {folder}", "name the folder that holds a coding's record files")
    shape = record_shape(package)
    if shape is None or not {"events", "claims"} <= shape.headers.keys():
        what = "the package has no records of events with claims"
        raise EventpackError(what, "agreement compares what follows the Event Data Package profile")
    here, records = replace(package, tree=Folder(folder)), []
    for path in sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.suffix in RECORD_SUFFIXES):
        record, findings = read_one(here, path, shape)
        if record is None or findings:
            found = findings[0]
            raise EventpackError(f"{folder / found.where.path}:{found.where.line}: {found.what}", found.fix)
        records.append(record)
    if not records:
        raise EventpackError(f"{folder} holds no records", "name the folder that holds a coding's record files")
    tables = tables_from_records(records, shape)
    _refuse_repeats(folder, tables["claims"].column("claim_id"))
    rows = {name: [table.row(index) for index in range(table.size)] for name, table in tables.items()}
    return Coding(folder.as_posix(), rows)


def _refuse_repeats(folder: Path, claims: Sequence[str]) -> None:
    seen: set[str] = set()
    for claim in claims:
        if claim in seen:
            raise EventpackError(f"{folder} holds the claim {claim} twice", "give one of them a new id")
        seen.add(claim)
