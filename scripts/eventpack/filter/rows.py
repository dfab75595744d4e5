"""Rows of a large table as a small one: those that the kernel must judge, and those that their keys lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from eventpack.csvtext import CsvText
from eventpack.filter.plan import scan
from eventpack.filter.structure import Span, find_spans, read_spans
from eventpack.finding import Location
from eventpack.schema import Schema
from eventpack.tables import LargeCsv, Table, table_from_rows


def suspect_rows(table: LargeCsv, schema: Schema, suspects: Sequence[pl.Expr]) -> Table:
    """The rows for which one of the expressions is true, with their places in the file."""
    numbers = _numbers(table, suspects) if suspects else []
    spans = find_spans(table.file, [number + 1 for number in numbers]) if numbers else []
    places = _Places(table, schema, numbers, spans)
    return table_from_rows(table.name, schema.names, places.rows, places.where)


class _Places:
    """Some records of a file as text, with their places."""

    def __init__(self, table: LargeCsv, schema: Schema, numbers: Sequence[int], spans: Sequence[Span]) -> None:
        self._table, self._key, self._numbers, self._spans = table, schema.primary_key, numbers, spans
        self._at = {name: index for index, name in enumerate(schema.names)}
        self._texts = [CsvText(data.decode("utf-8")) for data in read_spans(table.file, spans)]
        self.rows = [text.rows[0] for text in self._texts]

    def where(self, row: int, field: str) -> Location:
        """The place of a cell."""
        line, column = self._texts[row].position(0, self._at.get(field, 0))
        line += self._spans[row].line - 1
        record = "|".join(self.rows[row][self._at[part]] for part in self._key)
        return Location(self._table.path, line, column, self._table.name, self._numbers[row] + 1, field, record)


def _numbers(table: LargeCsv, suspects: Sequence[pl.Expr]) -> list[int]:
    either = pl.any_horizontal(mask.fill_null(False) for mask in suspects)
    found = scan(table).with_row_index("row number").filter(either).select("row number").collect(engine="streaming")
    return sorted(found["row number"])


def rows_with(table: LargeCsv, columns: Sequence[str], wanted: pl.Expr) -> Table:
    """Some columns of the rows for which an expression is true; they are looked up, not judged, so have no places."""
    found = scan(table).filter(wanted).select(columns).collect(engine="streaming")
    texts = {name: found[name].fill_null("").to_list() for name in columns}
    return Table(table.name, texts, len(found), lambda row, field: Location(table.path, table=table.name))


class _Columns(Mapping[str, Sequence[str]]):
    """The columns of a large table, each read when it is asked for, and not kept."""

    def __init__(self, table: LargeCsv, names: Sequence[str]) -> None:
        self._table, self._names = table, names

    def __getitem__(self, name: str) -> Sequence[str]:
        if name not in self._names:
            raise KeyError(name)
        texts = scan(self._table).select(name).collect(engine="streaming")[name]
        return list(texts.fill_null(""))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def lazy_table(table: LargeCsv, schema: Schema, size: int) -> Table:
    """A large table of sound form, read column by column when it is asked."""

    def where(row: int, field: str) -> Location:
        (span,) = find_spans(table.file, [row + 1])
        return _Places(table, schema, [row], [span]).where(0, field)

    return Table(table.name, _Columns(table, schema.names), size, where)
