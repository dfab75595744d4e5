"""What became of the ids of an older state: each is still where it was, or leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.cells import cells_of
from eventpack.finding import Finding, Location, Severity
from eventpack.judge import compile_judge
from eventpack.revisions.rows import BOOKKEEPING, NEXT, REDIRECTS, REVISIONS, redirects_of
from eventpack.subject import Subject

_ID = "old_id"


def lineage_findings(old: Subject, new: Subject, since: str, severity: Severity = "error") -> Iterator[Finding]:
    """Ids of an older state that are gone without a redirect, and ids out of use that are used again.

    `since` says which state it is. Nothing is said when not all tables can be read, or none keeps redirects.
    """
    if REDIRECTS not in new.tables or new.unread:
        return
    is_id = compile_judge(new.package.schemas[REDIRECTS].field(_ID))
    before, now = _ids(old), _ids(new)
    led = redirects_of(new)
    for key, table in before.items():
        if table not in new.tables or is_id(key) or key in led:
            continue
        if key not in now:
            what = f"{key} was in {table} of {since}, and is gone without a redirect"
            fix = f"put it back, then withdraw or merge it; or tell why: eventpack revise {key} --explain"
            yield Finding("revision/vanished-id", _place(old, new, table, key), what, key, fix=fix, severity=severity)
        elif now[key] != table:
            yield _reused(new, now[key], key, f"{key} was an id of {table} in {since}", severity)
    for key, redirect in redirects_of(old).items():
        if key in led:
            continue  # if it is used again, event/withdrawn-id says so
        if key in now:
            yield _reused(new, now[key], key, f"{key} was out of use in {since}", severity)
        else:
            what = f"the redirect of {key}, {redirect.outcome} in {since}, is gone"
            where = Location(new.package.resource(REDIRECTS).path, table=REDIRECTS, record_id=key)
            fix = "put its row back: whoever follows the id must arrive somewhere"
            yield Finding("revision/vanished-id", where, what, key, fix=fix, severity=severity)
    yield from _lost_revisions(old, new, since, severity)


def _lost_revisions(old: Subject, new: Subject, since: str, severity: Severity) -> Iterator[Finding]:
    """Rows of `revisions` are added and never taken away: without them a change of an older version has no reason."""
    if REVISIONS not in old.tables or REVISIONS not in new.tables:
        return
    keys = [subject.package.schemas[REVISIONS].primary_key for subject in (old, new)]
    if len(keys[0]) != 1 or keys[0] != keys[1]:
        return
    left = set(new.tables[REVISIONS].column(keys[0][0]))
    for row in cells_of(old, REVISIONS):
        if (key := row.get(keys[0][0], "")) not in left and row.get("version") != NEXT:
            what = f"the revision {key} of {since} is gone"
            where = Location(new.package.resource(REVISIONS).path, table=REVISIONS, record_id=key)
            fix = "put its row back: it says why a released value changed"
            yield Finding("revision/vanished-id", where, what, key, fix=fix, severity=severity)


def _reused(subject: Subject, table: str, key: str, what: str, severity: Severity) -> Finding:
    own = subject.package.schemas[table].primary_key[0]
    where = subject.tables[table].where(list(subject.tables[table].column(own)).index(key), own)
    fix = "give the record a fresh id, as `eventpack new` does"
    return Finding("revision/reused-id", where, f"{what}, and is used again", key, fix=fix, severity=severity)


def _ids(subject: Subject) -> dict[str, str]:
    """The keys of one field with their tables, what is computed aside."""
    found = {}
    for resource in subject.package.tables:
        key = subject.package.schemas[resource.name].primary_key
        if len(key) == 1 and not resource.derivation and resource.name not in BOOKKEEPING:
            held = subject.tables.get(resource.name)
            found.update(dict.fromkeys(filter(None, held.column(key[0]) if held else ()), resource.name))
    return found


def _place(old: Subject, new: Subject, table: str, key: str) -> Location:
    """Where a record that is gone would stand: its record file, or that of the record in which it was written."""
    package = new.package
    resource, root = package.resource(table), package.record_table
    path, owner = resource.path, ""
    if root and resource is root:
        path = f"{root.records}/{key}.yaml"
    elif root and package.inside(resource) == root.name:
        own, parent = package.schemas[table].primary_key[0], package.nesting_key(resource)
        owners = dict(zip(old.tables[table].column(own), old.tables[table].column(parent), strict=True))
        owner = f"{root.records}/{owners.get(key, '')}.yaml"
        path = owner if package.tree.has(owner) else path
    return Location(path, table=table, record_id=key)
