"""Whether every change of a released value is explained by a revision or a redirect that is not released yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from eventpack.comparing.difference import CellChange, Difference, RecordChange
from eventpack.finding import Finding, Location, shorten
from eventpack.releasing.bookkeeping import NEXT, Redirected, Revision, redirects_of, revisions_of
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
        """The revision that tells of a record that is gone, or of the one inside which it was written."""
        places = [(change.table, "|".join(change.key)), *([change.parent] if change.parent else [])]
        told = (row for table, key in places for row in self._by_cell.get((table, key, ""), []) if row.op != "added")
        return next(told, None)

    def redirect(self, cell: CellChange) -> Redirected | None:
        """The redirect by which an id became another."""
        row = self._by_id.get(cell.old)
        return row if row and cell.new in row.to else None


def unexplained(difference: Difference, subject: Subject, previous: str) -> Iterator[Finding]:
    """A finding for each released value that is another now, or gone, without a reason; `subject` is the new state."""
    given = Explanations(subject)
    places = _Places(subject)
    for change in difference.records:
        if difference.tables[change.table].bookkeeping or change.fate == "added":
            continue
        if change.fate == "changed":
            for cell in change.cells:
                if not (given.of_cell(change, cell) or given.redirect(cell)):
                    what = f"`{_said(cell.old)}` became `{_said(cell.new)}` since {previous}, and no revision says why"
                    fix = f"give the reason: eventpack revise --explain {change.key[0]} --field {cell.field}"
                    yield Finding("release/unexplained", places.of(change, cell.field), what, cell.new, fix=fix)
        elif not (change.redirect or given.of_record(change)):
            key = "|".join(change.key)
            what = f"{key} was in {change.table} of {previous} and is gone, and no revision or redirect says why"
            fix = f"put it back and withdraw it: eventpack withdraw {change.key[0]}"
            yield Finding("release/unexplained", places.of(change, ""), what, key, fix=fix)


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
        self._rows: dict[str, dict[tuple[str, ...], int]] = {}

    def of(self, change: RecordChange, field: str) -> Location:
        """Where a value stands now; of what is gone, the file of its table."""
        table = self._subject.tables.get(change.table)
        key = "|".join(change.key)
        if table is None:
            return Location(self._subject.package.document.path, table=change.table, record_id=key)
        if change.table not in self._rows:
            names = self._subject.package.schemas[change.table].primary_key
            self._rows[change.table] = {held: row for row, held in enumerate(table.rows(names))}
        row = self._rows[change.table].get(tuple(change.key))
        if row is None:
            path = self._subject.package.resource(change.table).path
            return Location(path, table=change.table, record_id=key)
        return table.where(row, field)
