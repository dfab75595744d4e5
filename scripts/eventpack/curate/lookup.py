"""Find a row by its key in whichever table it stands, and every row that refers to one."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.curate.bench import Bench
from eventpack.curate.row import Row
from eventpack.errors import EventpackError
from eventpack.finding import near_miss
from eventpack.judge import compile_judge
from eventpack.revisions.rows import BOOKKEEPING, MERGED, REDIRECTS, WITHDRAWN, redirects_of

_WORDED = "external_ids"  # its rows name a table and a record by word


def find_row(bench: Bench, key: str, table: str = "") -> Row:
    """The row of a key, its parts joined by a vertical bar; `table` says which, when the key stands in several.

    Raises:
        EventpackError: There is none, there are several, or it is of a table that nobody edits.
    """
    tables = _searched(bench, table)
    found = [row for name in tables for row in bench.rows(name) if bench.key_of(row) == key]
    if not found:
        raise _unknown(bench, key, tables, table)
    if len(found) > 1:
        names = ", ".join(dict.fromkeys(row.table for row in found))
        raise EventpackError(f"{key} stands more than once: in {names}", "say which with --table")
    return found[0]


def _searched(bench: Bench, table: str) -> list[str]:
    editable = [name for name in bench.tables if name not in BOOKKEEPING]
    if not table:
        return [name for name in editable if name not in bench.subject.unread]
    names = [resource.name for resource in bench.package.tables]
    if table in BOOKKEEPING:
        raise EventpackError(f"`{table}` tells what was changed and is never rewritten", "add another revision")
    if table not in names:
        raise EventpackError(
            f"the package has no table `{table}`{near_miss(table, names)}", f"one of: {', '.join(editable)}"
        )
    if table not in editable:
        raise EventpackError(f"`{table}` is computed", "revise what it is built from")
    return [table]


def _unknown(bench: Bench, key: str, tables: list[str], table: str) -> EventpackError:
    redirect = redirects_of(bench.subject).get(key)
    if redirect and redirect.outcome == WITHDRAWN:
        return EventpackError(f"{key} is withdrawn already", "see data/redirects.csv for the reason")
    if redirect:
        how = "was merged into" if redirect.outcome == MERGED else "was split into"
        return EventpackError(f"{key} {how} {' and '.join(redirect.new)}", f"name {' or '.join(redirect.new)} instead")
    start = f"{key.partition('-')[0]}-" if "-" in key else ""
    known = [bench.key_of(row) for name in tables for row in bench.rows(name)]
    alike = [other for other in known if other.startswith(start)] or known
    lost = sorted(bench.subject.unread)
    fix = f"run `eventpack validate`: not all of {', '.join(lost)} can be read" if lost else "see the tables in data"
    where = f" in {table}" if table else ""
    return EventpackError(f"there is no record {key}{where}{near_miss(key, alike)}", fix)


def references(bench: Bench, table: str, key: str) -> Iterator[tuple[Row, str]]:
    """Each row of a table that people edit, and the field in it, that refers to a record by its id."""
    for name in bench.tables:
        if name in BOOKKEEPING:
            continue
        fields = fields_to(bench, name, table)
        for row in bench.rows(name) if fields else ():
            yield from ((row, field) for field in fields if row.cells[field] == key)
    if _WORDED in bench.tables:
        for row in bench.rows(_WORDED):
            if (row.cells["table"], row.cells["record_id"]) == (table, key):
                yield row, "record_id"


def fields_to(bench: Bench, name: str, table: str) -> list[str]:
    """The fields of one table whose values are ids of another one."""
    own = bench.id_field(table)
    keys = bench.package.schemas[name].foreign_keys
    return [k.fields[0] for k in keys if (k.reference.resource or name) == table and k.reference.fields == [own]]


def goes_with(bench: Bench, row: Row, field: str) -> bool:
    """Whether a row means nothing without the record that it refers to: its key holds the reference, and is no id."""
    key = bench.package.schemas[row.table].primary_key
    return field in key and len(key) > 1


def require_id(bench: Bench, row: Row, verb: str) -> str:
    """The id of a row, which can go on to be followed; raises `EventpackError` when it has a key of another form."""
    own, key = bench.id_field(row.table), bench.key_of(row)
    if not own:
        raise EventpackError(f"{key} has no id of its own, so there is nothing to {verb}", "revise or withdraw it")
    if REDIRECTS in bench.package.schemas:
        problem = compile_judge(bench.package.schemas[REDIRECTS].field("old_id"))(key)
        if problem:
            fix = "say in its row until when it was used and what replaced it, with `eventpack revise`"
            raise EventpackError(f"{key} is a code of {row.table} and no id, so it cannot be redirected", fix)
    return key
