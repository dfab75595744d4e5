"""Tables that name other tables and records by word: redirects, external ids and revisions lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.finding import Finding, near_miss
from eventpack.subject import Subject
from eventpack.tables import Table

# Per table: the field that holds the keys of records, if they must be there. A revised record may be gone by now.
_NAMING = {"external_ids": "record_id", "redirects": "new_id", "revisions": ""}
_SPLIT = "split-into"  # its redirect names several records


def check_named_records(subject: Subject) -> Iterator[Finding]:
    """The field `table` names a table of the package, and the record named beside it is there."""
    if subject.package.descriptor.profile_version is None or not subject.whole:
        return
    for name, field in _NAMING.items():
        if name in subject.tables and name not in subject.unread:
            yield from _judge(subject, subject.tables[name], field)


def _judge(subject: Subject, table: Table, field: str) -> Iterator[Finding]:
    names = [resource.name for resource in subject.package.descriptor.resources]
    held = {name: _keys(subject, name) for name in set(table.column("table")) if name in subject.tables}
    for row, (name, text, outcome) in enumerate(table.rows(["table", field, "outcome"])):
        if name and name not in names:
            what = f"there is no table `{name}`{near_miss(name, names)}"
            yield Finding("event/named-table", table.where(row, "table"), what, name)
        for key in text.split("|") if outcome == _SPLIT else [text]:
            if key and name in held and name not in subject.unread and key not in held[name]:
                what = f"{key} is not in {name}{near_miss(key, held[name])}"
                yield Finding("event/named-record", table.where(row, field), what, key)


def _keys(subject: Subject, name: str) -> set[str]:
    """The primary keys of a table's rows, parts joined by `|`."""
    return {"|".join(key) for key in subject.tables[name].rows(subject.package.schemas[name].primary_key)}
