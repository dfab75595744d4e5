"""Tables that name other tables and records by word: redirects, external ids and revisions lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
    if "redirects" in subject.tables and "redirects" not in subject.unread:
        yield from _judge_chains(subject.tables["redirects"])


def _judge(subject: Subject, table: Table, field: str) -> Iterator[Finding]:
    names = [resource.name for resource in subject.package.descriptor.resources]
    away = set(table.column("old_id"))  # of redirects: where these lead, a finding of their own tells
    held = {name: _keys(subject, name) for name in set(table.column("table")) if name in subject.tables}
    for row, (name, text, outcome) in enumerate(table.rows(["table", field, "outcome"])):
        if name and name not in names:
            what = f"there is no table `{name}`{near_miss(name, names)}"
            yield Finding("event/named-table", table.where(row, "table"), what, name)
        for key in text.split("|") if outcome == _SPLIT else [text]:
            if key and name in held and name not in subject.unread and key not in held[name] | away:
                what = f"{key} is not in {name}{near_miss(key, held[name])}"
                yield Finding("event/named-record", table.where(row, field), what, key)


def _judge_chains(table: Table) -> Iterator[Finding]:
    """No redirect leads to an id that is out of use itself."""
    leads = {old: new.split("|") if new else [] for old, new in table.rows(["old_id", "new_id"])}
    for row, (old, new) in enumerate(table.rows(["old_id", "new_id"])):
        if not (steps := [key for key in leads[old] if key in leads]):
            continue
        passed = _passed(leads, steps)
        if old in passed:
            what = f"the redirect of {old} leads back to it"
            fix = "let it lead to a record, or say that it was withdrawn"
            yield Finding("event/redirect-loop", table.where(row, "new_id"), what, new, fix=fix)
        else:
            ends = sorted(key for key in passed.union(leads[old]) if key not in leads)
            what = f"{old} leads to {', '.join(steps)}, which is out of use itself"
            fix = f"let it lead to {'|'.join(ends)}" if ends else "say that it was withdrawn"
            yield Finding("event/redirect-chain", table.where(row, "new_id"), what, new, fix=fix)


def _passed(leads: Mapping[str, Sequence[str]], steps: Sequence[str]) -> set[str]:
    """All ids that one comes to from some."""
    passed: set[str] = set()
    left = list(steps)
    while left:
        key = left.pop()
        if key not in passed:
            passed.add(key)
            left += leads.get(key, ())
    return passed


def _keys(subject: Subject, name: str) -> set[str]:
    """The primary keys of a table's rows, parts joined by `|`."""
    return {"|".join(key) for key in subject.tables[name].rows(subject.package.schemas[name].primary_key)}
