"""Make one record of two: the life of the second goes on as the first."""

from __future__ import annotations

from pathlib import Path

from eventpack.curate.bench import Bench
from eventpack.curate.lookup import fields_to, find_row, references, require_id
from eventpack.curate.row import Row
from eventpack.curate.settling import Revised, Why, settle
from eventpack.errors import EventpackError
from eventpack.revisions.rows import MERGED, Redirect


def merge(kept: str, gone: str, why: Why, path: str | Path = ".", *, table: str = "", dry_run: bool = False) -> Revised:
    """Merge the record `gone` into the record `kept`; its id leads there from now on.

    The rows inside it move, and what refers to it refers to the other one; rows that then stand twice, or link a record
    with itself, go. The fields of the record that is kept stay, and the remarks tell what the other one said.

    Raises:
        EventpackError: One is not there or is out of use, both are the same, or they cannot be one; nothing was
            written.
        NotClean: The package cannot be read as a whole.
        DiskError: A file cannot be written; then none is.
    """
    bench = Bench(path)
    if kept == gone:
        raise EventpackError(f"{kept} cannot be merged with itself", "name two records")
    into, row = find_row(bench, kept, table), find_row(bench, gone, table)
    _require_alike(bench, into, row)
    dropped = _redirect(bench, into, row)
    remarks = [f"{name} of {gone} is not carried over: {text}" for name, text in _differing(bench, into, row)]
    bench.remove(row, "merged")
    redirect = Redirect(row.table, gone, MERGED, (kept,))
    return settle(bench, why, [redirect], remarks=[*remarks, *dropped], dry_run=dry_run)


def _require_alike(bench: Bench, into: Row, row: Row) -> None:
    kept, gone = bench.key_of(into), bench.key_of(row)
    if into.table != row.table:
        what = f"{kept} is of {into.table} and {gone} of {row.table}"
        raise EventpackError(f"{what}: only records of one table can be merged", "name two records of one table")
    require_id(bench, into, "merge")
    require_id(bench, row, "merge")
    if into.number >= 0 and into.path != row.path:
        what = f"{kept} and {gone} stand in different records, {into.path} and {row.path}"
        raise EventpackError(what, "merge the records, or revise the field that names the record of one of them")
    if into.table == "sources":
        _require_one_text(bench, into, row)


def _require_one_text(bench: Bench, into: Row, row: Row) -> None:
    """Raise `EventpackError` when passages would lose the text that they stand in."""
    texts = [one.cells.get("text_sha256", "") for one in (into, row)]
    placed = [
        bench.key_of(other)
        for other, _ in references(bench, "sources", bench.key_of(row))
        if other.cells.get("passage_sha256")
    ]
    if placed and texts[0] != texts[1]:
        what = f"the passages of {', '.join(placed[:5])} stand in the text of {bench.key_of(row)}, which is another one"
        raise EventpackError(what, "point these claims to passages of the other source first")


def _redirect(bench: Bench, into: Row, row: Row) -> list[str]:
    """Let everything that refers to one record refer to the other; return what was dropped with rows that go."""
    kept, gone, dropped = bench.key_of(into), bench.key_of(row), []
    standing = _Standing(bench)
    found: dict[int, tuple[Row, dict[str, str]]] = {}
    for other, field in references(bench, row.table, gone):
        found.setdefault(id(other), (other, {}))[1][field] = kept
    for other, cells in found.values():
        if other is row:
            continue
        if other is into:  # it was a part of what it now is: then it is a part of what that was a part of
            above = {name: row.cells[name] for name in cells}
            bench.set(into, {name: text if text not in (kept, gone) else "" for name, text in above.items()})
        elif twin := _stands_already(bench, other, cells, row.table, standing):
            key = bench.key_of(other)
            dropped += [f"{name} of {other.table} {key} is dropped: {t}" for name, t in _differing(bench, twin, other)]
            standing.leave(other)
            bench.remove(other)
        else:
            standing.leave(other)
            bench.set(other, cells)
            standing.enter(other)
    return dropped


class _Standing:
    """The rows of tables by key, each table looked through once."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._held: dict[str, dict[tuple[str, ...], list[Row]]] = {}

    def others(self, row: Row, key: tuple[str, ...]) -> list[Row]:
        """The rows of a row's table that have a key, without itself."""
        return [other for other in self._of(row.table).get(key, ()) if other is not row]

    def leave(self, row: Row) -> None:
        """A row gives up its key."""
        self._of(row.table)[self._key(row)].remove(row)

    def enter(self, row: Row) -> None:
        """A row takes its key."""
        self._of(row.table).setdefault(self._key(row), []).append(row)

    def _of(self, table: str) -> dict[tuple[str, ...], list[Row]]:
        if table not in self._held:
            self._held[table] = {}
            for row in self._bench.rows(table):
                self._held[table].setdefault(self._key(row), []).append(row)
        return self._held[table]

    def _key(self, row: Row) -> tuple[str, ...]:
        return tuple(row.cells[name] for name in self._bench.package.schemas[row.table].primary_key)


def _stands_already(bench: Bench, row: Row, cells: dict[str, str], table: str, standing: _Standing) -> Row | None:
    """What makes a row needless once it has other cells: one with the same key, or itself when it links one record."""
    key = bench.package.schemas[row.table].primary_key
    after = {**row.cells, **cells}
    linked = [name for name in fields_to(bench, row.table, table) if name in key]
    if len(key) > 1 and len(linked) > 1 and len({after[name] for name in linked}) == 1:
        return row
    return next(iter(standing.others(row, tuple(after[name] for name in key))), None)


def _differing(bench: Bench, into: Row, row: Row) -> list[tuple[str, str]]:
    """The fields in which one row says something that the other does not, outside the key."""
    schema = bench.package.schemas[row.table]
    linked = fields_to(bench, row.table, row.table)
    names = (name for name in schema.names if name not in schema.primary_key and name not in linked)
    nesting = bench.form.shape.keys.get(row.table, "") if bench.form else ""
    return [(n, row.cells[n]) for n in names if n != nesting and row.cells[n] not in ("", into.cells[n])]
