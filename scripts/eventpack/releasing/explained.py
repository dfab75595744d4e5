"""Whether every change of a released value is explained by a revision or a redirect that is not released yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from eventpack.comparing.difference import CellChange, RecordChange
from eventpack.finding import Finding, Location, shorten
from eventpack.releasing.bookkeeping import NEXT, Redirected, Revision, redirects_of, revisions_of
from eventpack.revisions.rows import recorded_changes
from eventpack.revisions.unexplained import unexplained
from eventpack.subject import Subject


class Explanations:
    """The revisions and redirects of the coming release, by what they explain."""

    def __init__(self, subject: Subject) -> None:
        self.revisions = [row for row in revisions_of(subject) if row.version == NEXT]
        self.redirects = [row for row in redirects_of(subject) if row.version == NEXT]
        self._by_cell: dict[tuple[str, str, str], list[Revision]] = defaultdict(list)
        for row in self.revisions:
            self._by_cell[row.table, row.key, row.field].append(row)
        self._by_id = {row.id: row for row in self.redirects}

    def of_cell(self, change: RecordChange, cell: CellChange) -> list[Revision]:
        """The revisions that lead from the old value to the new one, in their order; none when they do not."""
        for key in _keys_of(change):
            rows = self._by_cell.get((change.table, key, cell.field), [])
            if path := _path(rows, cell.old, cell.new):
                return path
        return []

    def of_record(self, change: RecordChange) -> Revision | None:
        """The revision that tells of a record that came or is gone, or of the one inside which it was written."""
        places = [(change.table, "|".join(change.key)), *([change.parent] if change.parent else [])]
        rows = (row for table, key in places for row in self._by_cell.get((table, key, ""), []))
        return next((row for row in rows if (row.op == "added") == (change.fate == "added")), None)

    def redirect(self, cell: CellChange) -> Redirected | None:
        """The redirect by which an id became another."""
        row = self._by_id.get(cell.old)
        return row if row and cell.new in row.to else None


def unexplained_findings(old: Subject, new: Subject, previous: str) -> Iterator[Finding]:
    """A finding for each value of the last release that is another now, or gone, without a reason."""
    places = _Places(new)
    for change in unexplained(old, new, recorded_changes(new)):
        tell = f"eventpack revise {change.key} --explain"
        where = places.of(change.table, change.key, change.field)
        if change.op == "changed":
            what = f"`{_said(change.old)}` became `{_said(change.new)}` since {previous}, and no revision says why"
            yield Finding("release/unexplained", where, what, change.new, fix=f"say why: {tell} --field {change.field}")
        else:
            what = f"{change.key} was in {change.table} of {previous} and is gone, and no revision or redirect says why"
            yield Finding("release/unexplained", where, what, change.key, fix=f"say why: {tell}; or put it back")


def _said(text: str) -> str:
    return shorten(text) if text else "(nothing)"


def _keys_of(change: RecordChange) -> Iterator[str]:
    """The key of a record as it is now, and as it was when its ids were redirected."""
    yield "|".join(change.key)
    was = {cell.field: cell.old for cell in change.cells}
    before = [next((was[name] for name in was if change.row.get(name) == part), part) for part in change.key]
    if tuple(before) != change.key:
        yield "|".join(before)


def _path(rows: list[Revision], old: str, new: str) -> list[Revision]:
    """The revisions by which one value became another, a step each; their ids are random, so is their order."""
    reached: dict[str, list[Revision]] = {old: []}
    while step := next((row for row in rows if row.old in reached and row.new not in reached), None):
        reached[step.new] = [*reached[step.old], step]
    return reached.get(new, [])


class _Places:
    """Where the records of a state stand."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._rows: dict[str, dict[str, int]] = {}

    def of(self, name: str, key: str, field: str) -> Location:
        """Where a value stands now; of what is gone, the file of its table."""
        table, package = self._subject.tables.get(name), self._subject.package
        if table is None or name not in package.schemas:
            return Location(package.document.path, table=name, record_id=key)
        if name not in self._rows:
            parts = table.rows(package.schemas[name].primary_key)
            self._rows[name] = {"|".join(held): row for row, held in enumerate(parts)}
        row = self._rows[name].get(key)
        return (
            Location(package.resource(name).path, table=name, record_id=key) if row is None else table.where(row, field)
        )
