"""Take a record out of the data for good: its id stays in `redirects`, and nothing that is left refers to it."""

from __future__ import annotations

from pathlib import Path

from eventpack.curate.bench import Bench
from eventpack.curate.lookup import find_row, goes_with, references, require_id
from eventpack.curate.row import Row
from eventpack.curate.settling import Revised, Why, settle
from eventpack.errors import EventpackError
from eventpack.revisions.rows import WITHDRAWN, Redirect

_SHOWN = 5


def withdraw(key: str, why: Why, path: str | Path = ".", *, table: str = "", dry_run: bool = False) -> Revised:
    """Withdraw a record, and with it what is written inside it or means nothing without it.

    A row without an id of its own is removed. Links to it, its names and its ids elsewhere go with it; whatever else
    refers to it must be revised before.

    Raises:
        EventpackError: There is no such record, it is withdrawn already, or something still refers to it; nothing was
            written.
        NotClean: The package cannot be read as a whole.
        DiskError: A file cannot be written; then none is.
    """
    bench = Bench(path)
    row = find_row(bench, key, table)
    if bench.id_field(row.table):
        require_id(bench, row, "withdraw")
    redirects = []
    for gone in reversed(_going(bench, row)):  # what stands in a record goes before the record
        if bench.id_field(gone.table):
            redirects.append(Redirect(gone.table, bench.key_of(gone), WITHDRAWN))
        bench.remove(gone, "withdrawn" if bench.id_field(gone.table) else "removed")
    return settle(bench, why, redirects[::-1], dry_run=dry_run)


def _going(bench: Bench, row: Row) -> list[Row]:
    """The row and all rows that go with it; raises `EventpackError` for what would be left without it."""
    going, left = [row], list[tuple[Row, str]]()
    for gone in going:  # which grows meanwhile
        going += [child for child in bench.children(gone) if child not in going]
        if not bench.id_field(gone.table):
            continue
        for other, field in references(bench, gone.table, bench.key_of(gone)):
            if other in going:
                continue
            if goes_with(bench, other, field) and (gone.nested or not other.nested):
                going.append(other)
            else:
                left.append((other, field))
    left = [(other, field) for other, field in left if other not in going]
    if left:
        shown = [f"{other.table} {bench.key_of(other)} by {field}" for other, field in left[:_SHOWN]]
        rest = f" and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
        what = f"{bench.key_of(row)} cannot be withdrawn, since it is referred to: {', '.join(shown)}{rest}"
        raise EventpackError(what, "revise or withdraw those first, or merge it into another record")
    return going
