"""Rows of a large table as a small one: those that the kernel must judge, and those that their keys lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from eventpack.filter.plan import Plan, scan
from eventpack.filter.scan import Scan
from eventpack.finding import Location
from eventpack.structure.places import Places, find_spans, read_spans
from eventpack.tables import Table, table_from_rows
from eventpack.values import missing_texts

_PART, _PART_BYTES = 50_000, 64 << 20  # rows that are held at once


def judged_rows(found: Scan, alone: pl.Series, together: pl.Series) -> Iterator[Table]:
    """The rows of some numbers, and those that hold a doubtful character, with their places.

    They come in parts; those that are to be judged `together` are all in the first.
    """
    plan, first = found.plan, int(found.plan.table.dialect.header)
    joint = (together + first).to_list()
    rest = pl.concat([alone + first, found.doubts.filter(found.doubts >= first)]).unique().sort()
    rest = rest.filter(~rest.is_in(joint))
    if not joint and not len(rest):
        yield table_from_rows(plan.table.name, plan.schema.names, [], lambda row, field: Location(plan.table.path))
        return
    size = min(_PART, max(1, _PART_BYTES * found.rows // plan.table.file.stat().st_size))
    cut = max(0, size - len(joint))
    yield _Records(found, sorted([*joint, *rest[:cut]])).table()
    for start in range(cut, len(rest), size):
        yield _Records(found, rest[start : start + size].to_list()).table()


def texts_of(found: Scan, rows: Sequence[int], names: Sequence[str]) -> list[tuple[str, ...]]:
    """Some fields of some rows."""
    first = int(found.plan.table.dialect.header)
    return list(_Records(found, [row + first for row in rows]).table().rows(names)) if rows else []


class _Records:
    """Some records of a file as text, with their places."""

    def __init__(self, found: Scan, records: Sequence[int]) -> None:
        from eventpack.foreign.delimited import DelimitedText

        plan, places = found.plan, Places(found.plan.table, found.index)
        self._plan, self._first_row = plan, int(plan.table.dialect.header)
        self._records, self._spans = records, list(find_spans(places, records))
        data = b"".join(_ended(one) for one in read_spans(places, self._spans))
        data = data[plan.table.mark :] if self._spans[0].start == 0 else data
        before = "x\n" if plan.table.dialect.quote != "x" else "y\n"  # else it took mere spaces for an empty file
        self._text = DelimitedText(before + data.decode("utf-8"), plan.table.dialect)
        self._at = {name: index for index, name in enumerate(plan.schema.names)}
        missing = [missing_texts(plan.schema, one) | {plan.table.dialect.null_sequence} for one in plan.schema.fields]
        self._rows = [
            ["" if cell in texts else cell for cell, texts in zip(row, missing, strict=True)]
            for row in self._text.rows[1:]
        ]

    def table(self) -> Table:
        """The records as a table."""
        return table_from_rows(self._plan.table.name, self._plan.schema.names, self._rows, self.where)

    def where(self, row: int, field: str) -> Location:
        """The place of a cell."""
        begin, _ = self._text.position(row + 1, 0)
        line, column = self._text.position(row + 1, self._at.get(field, 0))
        line += self._spans[row].line - begin
        record = "|".join(self._rows[row][self._at[part]] for part in self._plan.schema.primary_key)
        number = self._records[row] - self._first_row + 1
        return Location(self._plan.table.path, line, column, self._plan.table.name, number, field, record)


def _ended(record: bytes) -> bytes:
    return record if record.endswith(b"\n") else record + b"\n"


def columns_of(plan: Plan, columns: Sequence[str]) -> Table:
    """Some columns of all rows; they are looked up, not judged, so have no places."""
    found = scan(plan).select(columns).collect(engine="streaming")
    texts = {name: found[name].fill_null("").to_list() for name in columns}
    return Table(
        plan.table.name, texts, len(found), lambda row, field: Location(plan.table.path, table=plan.table.name)
    )


class _Columns(Mapping[str, Sequence[str]]):
    """The columns of a large table, each read when it is first asked for."""

    def __init__(self, plan: Plan) -> None:
        self._plan, self._read = plan, dict[str, Sequence[str]]()

    def __getitem__(self, name: str) -> Sequence[str]:
        if name not in self._plan.schema.names:
            raise KeyError(name)
        if name not in self._read:
            self._read[name] = columns_of(self._plan, [name]).columns[name]
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._plan.schema.names  # asked without reading a column, as the base class would

    def __iter__(self) -> Iterator[str]:
        return iter(self._plan.schema.names)

    def __len__(self) -> int:
        return len(self._plan.schema.names)


def lazy_table(found: Scan) -> Table:
    """A large table of sound form, read column by column when it is asked."""

    def where(row: int, field: str) -> Location:
        return _Records(found, [row + int(found.plan.table.dialect.header)]).where(0, field)

    return Table(found.plan.table.name, _Columns(found.plan), found.rows, where)
