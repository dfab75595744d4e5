"""Make two records of one: both have new ids, to which the old one leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from eventpack.curate.bench import Bench
from eventpack.curate.ids import fresh_ids
from eventpack.curate.lookup import find_row, references, require_id
from eventpack.curate.revising import require_cells
from eventpack.curate.row import Row
from eventpack.curate.settling import Revised, Why, settle
from eventpack.errors import EventpackError
from eventpack.finding import near_miss
from eventpack.revisions.rows import BOOKKEEPING, SPLIT, Redirect


@dataclass(frozen=True, slots=True)
class Division:
    """What makes two records of one: rows that `move` to the second or are copied for it, and cells of either.

    Rows are named by their keys, which may leave out the id that is split.
    """

    move: Iterable[str] = ()
    copy: Iterable[str] = ()
    first: Mapping[str, str] = field(default_factory=dict)
    second: Mapping[str, str] = field(default_factory=dict)


def split(
    key: str, division: Division, why: Why, path: str | Path = ".", *, table: str = "", dry_run: bool = False
) -> Revised:
    """Split a record into two with new ids; what refers to it goes to the first, unless it is said to move.

    What refers to a row that moves, such as a participant whom a claim names, moves with it.

    Raises:
        EventpackError: Record, field or value is none that there is, a row named does not refer to the record, or one
            of the two would not be valid; nothing was written.
        NotClean: The package cannot be read as a whole.
        DiskError: A file cannot be written; then none is.
    """
    bench = Bench(path)
    row = find_row(bench, key, table)
    own, old = bench.id_field(row.table), require_id(bench, row, "split")
    for cells in (division.first, division.second):
        require_cells(bench, row, cells)
    ids = fresh_ids(bench.subject, row.table, 2)
    found = list(references(bench, row.table, old))
    moved = _named(bench, found, division.move, old)
    copied = _named(bench, found, division.copy, old)
    moved += _following(bench, [one for one, _ in found], moved, [*moved, *copied])
    first = bench.add(row.table, {**row.cells, **division.first, own: ids[0]}, like=row)
    second = bench.add(row.table, {**row.cells, **division.second, own: ids[1]})
    for other, name in found:
        if other is row:
            continue
        if other in copied:
            if bench.id_field(other.table):
                raise EventpackError(f"{bench.key_of(other)} has an id and cannot stand twice", "move it, or split it")
            bench.add(other.table, {**other.cells, name: ids[1]})
        bench.set(other, {name: ids[1] if other in moved else ids[0]})
    bench.remove(row, "split")
    same = not division.first and not division.second
    remarks = [f"{first.table} {ids[0]} and {ids[1]} say the same: revise what tells them apart"] if same else []
    remarks.append(f"{old} is now {ids[0]}, with what did not move, and {bench.key_of(second)}")
    return settle(bench, why, [Redirect(row.table, old, SPLIT, tuple(ids))], remarks=remarks, dry_run=dry_run)


def _named(bench: Bench, found: list[tuple[Row, str]], keys: Iterable[str], old: str) -> list[Row]:
    known: dict[str, list[Row]] = {}
    for other, _ in found:
        full = bench.key_of(other)
        short = "|".join(part for part in full.split("|") if part != old)
        for name in {full, short}:
            known.setdefault(name, []).append(other)
    rows = []
    for key in keys:
        if key not in known:
            fix = f"name rows that refer to it: {', '.join(sorted(known)[:10])}" if known else "nothing refers to it"
            raise EventpackError(f"{key} does not refer to {old}{near_miss(key, known)}", fix)
        rows += known[key]
    return rows


def _following(bench: Bench, rows: list[Row], moved: list[Row], settled: list[Row]) -> list[Row]:
    """The rows that refer to one which moves, as participants to the claim that names them."""
    ids = {(one.table, bench.key_of(one)) for one in moved if bench.id_field(one.table)}
    follow = [one for table, key in ids for one, _ in references(bench, table, key)]
    return [one for one in rows if one.table not in BOOKKEEPING and one in follow and one not in settled]
