"""One record in one version: its own row, and those that are written inside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eventpack.comparing.names import Names
from eventpack.digests import record_content
from eventpack.errors import EventpackError
from eventpack.finding import near_miss
from eventpack.releasing.bookkeeping import TABLES, Redirected, redirects_of
from eventpack.subject import Subject

Place = tuple[str, str]
"""A table and a key, its parts joined by `|`."""


@dataclass(frozen=True)
class Record:
    """A record as a version holds it: `rows` are its own and those inside it, with filled cells, by table and key.

    `content` is what its `digest` is made of (`eventpack.digests`).
    """

    table: str
    id: str
    label: str
    rows: Mapping[Place, Mapping[str, str]]
    content: Mapping[str, object]
    digest: str


def record_of(subject: Subject, id: str, table: str = "") -> Record | None:
    """The record of an id, or of a key whose parts are joined by `|`; none when no table has it.

    Raises:
        EventpackError: Several tables have it, or there is no table of that name.
    """
    package = subject.package
    names = [r.name for r in package.tables if not r.derivation and r.name not in TABLES]
    if table and table not in names:
        raise EventpackError(f"there is no table `{table}`{near_miss(table, names)}", f"one of: {', '.join(names)}")
    held = [name for name in names if (not table or name == table) and _has(subject, name, id)]
    if len(held) > 1:
        raise EventpackError(f"{id} stands in {' and '.join(held)}", f"say which: --table {held[0]}")
    if not held:
        return None
    found = record_content(package, subject.tables, held[0], id)
    assert found is not None  # the table has it
    rows = {(held[0], id): _row(subject, held[0], id)}
    for child in package.children(held[0]):
        owner, primary = package.nesting_key(child), package.schemas[child.name].primary_key
        inside = subject.tables[child.name]
        for index, (own, *parts) in enumerate(inside.rows([owner, *primary])):
            if own == id:
                rows[child.name, "|".join(parts)] = {k: v for k, v in inside.row(index).items() if v and k != owner}
    label = Names(subject).of_row(held[0], rows[held[0], id])
    return Record(held[0], id, label, rows, *found)


def _has(subject: Subject, name: str, id: str) -> bool:
    table, primary = subject.tables.get(name), subject.package.schemas[name].primary_key
    if table is None or not primary:
        return False
    if len(primary) == 1:
        return id in table.column(primary[0])
    return "|" in id and tuple(id.split("|")) in set(table.rows(primary))


def _row(subject: Subject, name: str, id: str) -> Mapping[str, str]:
    table, primary = subject.tables[name], subject.package.schemas[name].primary_key
    index = next(i for i, parts in enumerate(table.rows(primary)) if "|".join(parts) == id)
    return {field: text for field, text in table.row(index).items() if text}


def redirect_of(subject: Subject, id: str) -> Redirected | None:
    """What became of an id that is out of use."""
    return next((row for row in redirects_of(subject) if row.id == id), None)


def known_ids(subject: Subject) -> list[str]:
    """The ids of all tables whose key is one field, for guessing what was meant."""
    package = subject.package
    keys = ((r.name, package.schemas[r.name].primary_key) for r in package.tables if not r.derivation)
    return [
        id
        for name, key in keys
        if len(key) == 1 and name in subject.tables
        for id in subject.tables[name].column(key[0])
    ]
