"""The rows of `revisions` and `redirects`, and the names of what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from eventpack.cells import cells_of
from eventpack.subject import Subject

REVISIONS, REDIRECTS = "revisions", "redirects"
BOOKKEEPING = (REVISIONS, REDIRECTS)
NEXT = "next"  # the version of what is not released yet
WITHDRAWN, MERGED, SPLIT = "withdrawn", "merged-into", "split-into"


@dataclass(frozen=True, slots=True)
class Change:
    """One changed cell, or with an empty field one changed row, as `revisions` tells of it."""

    table: str
    key: str
    field: str
    op: str
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        if self.op != "changed":
            return f"{self.table} {self.key}: {self.op}"
        return f"{self.table} {self.key}: {self.field} {self.old or '(empty)'} → {self.new or '(empty)'}"


@dataclass(frozen=True, slots=True)
class Redirect:
    """What became of an id that is out of use; after a split it leads to several."""

    table: str
    old: str
    outcome: str
    new: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.table} {self.old} → {' | '.join(self.new) or self.outcome}"


def recorded_changes(subject: Subject, version: str = NEXT) -> Iterator[Change]:
    """The changes that `revisions` tells of in one version."""
    for row in cells_of(subject, REVISIONS):
        if row.get("version") == version:
            names = ("table", "record_key", "field", "op", "old", "new")
            yield Change(*(row.get(name, "") for name in names))


def redirects_of(subject: Subject) -> dict[str, Redirect]:
    """What became of the ids that are out of use, by old id."""
    found = {}
    for row in cells_of(subject, REDIRECTS):
        new = tuple(part for part in row.get("new_id", "").split("|") if part)
        old = row.get("old_id", "")
        found[old] = Redirect(row.get("table", ""), old, row.get("outcome", ""), new)
    return found
