"""Tables: named columns of text, and where each cell came from. All checks see only these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from eventpack import limits
from eventpack.csvtext import CsvText, refuse_endless_quotes, refuse_long_line
from eventpack.files import decode
from eventpack.finding import Finding, Location, near_misses
from eventpack.frozen import Frozen
from eventpack.schema import Schema
from eventpack.trees import Tree, read_within

Where = Callable[[int, str], Location]
_FORMAT = "run `eventpack format`, which brings the columns into the schema's order and adds those that may be empty"


class Table(Frozen):
    """Columns of text in the order of the header; the empty text is missing.

    `where(row, field)` gives the location of a cell, rows counted from 0; an empty field means the whole row.
    """

    name: str
    columns: Mapping[str, Sequence[str]]
    size: int
    where: Where

    def column(self, name: str) -> Sequence[str]:
        """The texts of one field; a field that the table lacks is missing everywhere."""
        return self.columns.get(name) or ("",) * self.size

    def rows(self, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The rows, reduced to some fields; a field that the table lacks is missing everywhere."""
        return zip(*map(self.column, names), strict=True)

    def row(self, index: int) -> dict[str, str]:
        """One row as a mapping."""
        return {name: column[index] for name, column in self.columns.items()}


def table_from_rows(name: str, header: Sequence[str], rows: Sequence[Sequence[str]], where: Where) -> Table:
    """A table from rows of equal length."""
    columns: list[Sequence[str]] = list(zip(*rows, strict=True)) if rows else [() for _ in header]
    return Table(name, dict(zip(header, columns, strict=True)), len(rows), where)


class CsvFile(Frozen):
    """A CSV file as a table, and the places of its header's cells."""

    table: Table
    header: Sequence[Location]


def read_csv(tree: Tree, path: str, name: str, key: Sequence[str]) -> CsvFile:
    """A table from a CSV file; `key` names the fields that identify a row in locations.

    Raises:
        TextError: The file is not UTF-8 or not CSV.
        MissingFile: There is no such file.
    """
    data = read_within(tree, path, limits.TABLE)
    refuse_long_line(data)
    refuse_endless_quotes(data)
    text = CsvText(decode(data, "csv"))
    del data
    header, *rows = text.rows
    at = {field: index for index, field in enumerate(header)}

    def where(row: int, field: str) -> Location:
        line, column = text.position(row + 1, at.get(field, 0))
        record = "|".join(rows[row][at[part]] for part in key if part in at)
        return Location(path, line, column, name, row + 1, field, record)

    positions = zip(header, text.header_positions(), strict=True)
    places = [Location(path, line, column, name, 0, field) for field, (line, column) in positions]
    return CsvFile(table_from_rows(name, header, rows, where), places)


def header_findings(file: CsvFile, schema: Schema) -> Iterator[Finding]:
    """How the header of a CSV file departs from the schema: the names and their order must be equal."""
    wanted, held = schema.names, [place.field for place in file.header]
    given = set(held)
    if held == wanted:
        return
    for name in dict.fromkeys(wanted):
        if name not in given:
            fix = "add it, with a text in each row" if schema.demands(name) and file.table.size else _FORMAT
            yield Finding("csv/header", replace(file.header[0], field=name), f"the column `{name}` is missing", fix=fix)
    seen: set[str] = set()
    known, meant = set(wanted), near_misses(wanted)
    for place in file.header:
        if not place.field.strip():
            yield Finding("csv/blank-header", place, "a column has no name", fix="name it, or remove the column")
        elif place.field not in known:
            what = f"the column `{place.field}` is not in the schema{meant(place.field)}"
            yield Finding("csv/header", place, what, place.field, fix="add it to the schema, or remove it")
        elif place.field in seen:
            yield Finding("csv/duplicate-header", place, f"the column `{place.field}` stands twice", place.field)
        seen.add(place.field)
    if sorted(held) == sorted(wanted):
        what = "the columns are not in the schema's order"
        yield Finding("csv/header", replace(file.header[0], field=""), what, ",".join(held), fix=_FORMAT)


def combine(name: str, header: Sequence[str], parts: Sequence[Table]) -> Table:
    """Several tables one after another as one table; each cell keeps its place."""
    rows = [row for part in parts for row in part.rows(header)]
    owners = [(part, index) for part in parts for index in range(part.size)]

    def where(row: int, field: str) -> Location:
        part, index = owners[row]
        return replace(part.where(index, field), row=row + 1)

    return table_from_rows(name, header, rows, where)


def without(table: Table, field: str, text: str) -> Table:
    """The table without the rows whose field has this text; each cell keeps its place."""
    kept = [row for row, value in enumerate(table.columns[field]) if value != text]
    columns = {name: [column[row] for row in kept] for name, column in table.columns.items()}
    return Table(table.name, columns, len(kept), lambda row, name: table.where(kept[row], name))
