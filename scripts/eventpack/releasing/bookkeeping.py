"""What the tables `revisions` and `redirects` tell: which value was changed why, and what became of ids."""

from __future__ import annotations

from dataclasses import dataclass

from eventpack.cells import cells_of
from eventpack.csvtext import CsvText, csv_bytes
from eventpack.files import decode
from eventpack.subject import Subject

NEXT = "next"
"""What stands for the version until it is released."""
TABLES = ("revisions", "redirects")


@dataclass(frozen=True, slots=True)
class Revision:
    """One row of `revisions`: a value, or with an empty field a record, that became another for a reason."""

    id: str
    version: str
    table: str
    key: str
    field: str
    op: str
    old: str
    new: str
    reason: str
    note: str
    by: str
    on: str


@dataclass(frozen=True, slots=True)
class Redirected:
    """One row of `redirects`: an id that is out of use since a version; `to` are the ids to use instead."""

    id: str
    table: str
    outcome: str
    to: tuple[str, ...]
    version: str
    reason: str

    def __str__(self) -> str:
        said = self.outcome.replace("-", " ")
        return f"{said} {', '.join(self.to)}" if self.to else said


def revisions_of(subject: Subject) -> list[Revision]:
    """The revisions of a package, in the order in which they were written."""
    names = (
        "revision_id", "version", "table", "record_key", "field", "op", "old", "new", "reason", "note", "revised_by",
        "revised_on",
    )  # fmt: skip
    return [Revision(*(row.get(name, "") for name in names)) for row in cells_of(subject, "revisions")]


def redirects_of(subject: Subject) -> list[Redirected]:
    """The redirects of a package."""
    return [
        Redirected(
            row.get("old_id", ""), row.get("table", ""), row.get("outcome", ""),
            tuple(filter(None, row.get("new_id", "").split("|"))), row.get("version", ""), row.get("reason", ""),
        )
        for row in cells_of(subject, "redirects")
    ]  # fmt: skip


def with_version(data: bytes, version: str) -> bytes:
    """A table with a version where it says `next`; raises `TextError` when it is no CSV."""
    header, *rows = CsvText(decode(data, "csv")).rows
    if "version" not in header:
        return data
    at = header.index("version")
    filled = [[version if i == at and cell == NEXT else cell for i, cell in enumerate(row)] for row in rows]
    return csv_bytes(header, filled) if filled != rows else data
