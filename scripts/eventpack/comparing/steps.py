"""Which step of the version a difference asks for, by the recipe of the Data Package standard.

https://datapackage.org/recipes/data-package-version/: what breaks users is major, what adds is minor, what corrects is
patch. What is merged, split or deleted is major where other tables refer to it ("combine, split, delete … data that is
referenced by another data resource"). The recipe says nothing of other records that go. Here one that just vanishes is
major, since somebody may cite its id; with a redirect, which says what became of it, it is minor. A row whose key holds
a foreign key has no id that anybody cites: its removal is a correction, and minor where it follows from a redirect
("change data to reflect changes in referenced data").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from eventpack.comparing.difference import Reason, SchemaChange, Step, TableDifference

STEPS: tuple[Step, ...] = ("none", "patch", "minor", "major")


def reasons_of(tables: Iterable[TableDifference], schema: Iterable[SchemaChange]) -> list[Reason]:
    """All reasons for a step, the largest first."""
    found = [Reason(change.step, _schema_words(change.table, change.field, change.kind)) for change in schema]
    found += [reason for table in tables for reason in _table_reasons(table)]
    return sorted(dict.fromkeys(found), key=lambda reason: -STEPS.index(reason.step))


def _schema_words(table: str, field: str, kind: str) -> str:
    place = ".".join(part for part in (table, field) if part)
    return f"{place}: {kind.replace('-', ' ')}" if place else f"package: {kind.replace('-', ' ')}"


def _table_reasons(table: TableDifference) -> Iterator[Reason]:
    if table.bookkeeping:  # it tells of changes that count where they are
        if table.differs:
            yield Reason("patch", f"entries in {table.name}")
        return
    told = [change for change in table.changes if change.redirect]
    withdrawn, lost = sum(change.fate == "removed" for change in told), table.counts["removed"]
    if count := lost - withdrawn:
        yield Reason("patch" if table.relation else "major", f"{_count(count, 'record')} removed from {table.name}")
    step: Step = "major" if table.referenced else "minor"
    because = ", to which others refer" if table.referenced else ""
    if withdrawn:
        yield Reason(step, f"{_count(withdrawn, 'record')} withdrawn from {table.name}{because}")
    if count := len(told) - withdrawn:
        yield Reason(step, f"{_count(count, 'id')} redirected in {table.name}{because}")
    if count := table.counts["added"]:
        yield Reason("minor", f"{_count(count, 'new record')} in {table.name}")
    if count := table.counts["changed"] - (len(told) - withdrawn):
        yield Reason("patch", f"{_count(count, 'corrected record')} in {table.name}")
    if count := sum(one.differs for one in table.duplicates):
        yield Reason("major", f"{_count(count, 'key')} of {table.name} that cannot be compared, being there twice")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
