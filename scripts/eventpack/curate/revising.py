"""Give cells of a record other values, and say why."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from eventpack.curate.bench import Bench
from eventpack.curate.lookup import find_row
from eventpack.curate.row import Row
from eventpack.curate.rows import row_findings
from eventpack.curate.settling import Revised, Why, settle
from eventpack.errors import EventpackError
from eventpack.finding import near_miss


def revise(
    key: str, cells: Mapping[str, str], why: Why, path: str | Path = ".", *, table: str = "", dry_run: bool = False
) -> Revised:
    """Change cells of one record; the empty text empties one.

    `key` is the record's id, or the parts of its key joined by a vertical bar; `table` names the table when the key
    stands in several.

    Raises:
        EventpackError: Record, field, value or reason is not one that there is; nothing was written.
        NotClean: The package cannot be read as a whole.
        DiskError: A file cannot be written; then none is.
    """
    bench = Bench(path)
    row = find_row(bench, key, table)
    require_cells(bench, row, cells)
    same = [name for name, text in cells.items() if row.cells[name] == text]
    if len(same) == len(cells):
        name = same[0] if same else ""
        what = f"`{name}` of {key} is {row.cells[name] or 'empty'} already" if same else "no field is named"
        raise EventpackError(what, "give another value with --field F --to VALUE")
    bench.set(row, cells)
    keys = [bench.key_of(other) for other in bench.rows(row.table)]
    if keys.count(bench.key_of(row)) > 1:
        raise EventpackError(f"`{row.table}` has a row {bench.key_of(row)} already", f"withdraw {key} instead")
    return settle(bench, why, dry_run=dry_run)


def require_cells(bench: Bench, row: Row, cells: Mapping[str, str]) -> None:
    """Raise `EventpackError` when a row has no such fields, or they may not hold these values."""
    schema = bench.package.schemas[row.table]
    for name in cells:
        if name not in schema.names:
            what = f"`{name}` is not a field of {row.table}{near_miss(name, schema.names)}"
            raise EventpackError(what, f"the fields are {', '.join(schema.names)}")
    own = bench.id_field(row.table)
    if own and cells.get(own, row.cells[own]) != row.cells[own]:
        raise EventpackError(f"`{own}` is permanent and never changed", "use merge, split or withdraw")
    for finding in row_findings(bench.subject, row.table, {**row.cells, **cells}):
        if finding.where.field in cells:
            raise EventpackError(finding.what, finding.fix or f"see {row.table} in the codebook")
