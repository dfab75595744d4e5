"""From the rows of one or more files to a table: header, comments, widths, columns by field, missing values."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from eventpack import limits
from eventpack.csvtext import CUT, CUT_FIX
from eventpack.dialect import Dialect
from eventpack.finding import Finding, Location, Tally, shorten
from eventpack.foreign.grid import Grid
from eventpack.foreign.header import match_columns
from eventpack.foreign.jsonrows import text_of_json
from eventpack.judge import ConstraintError, Problem, compile_judge
from eventpack.schema import Field, Schema
from eventpack.tables import Table
from eventpack.values import missing_texts

_MOST_RAGGED = limits.FINDINGS // 2  # findings; a file that goes wrong in one place goes on like that


class _Rows:
    """The data rows of all grids: their cells, and the grid and row where each of them stands."""

    def __init__(self) -> None:
        self.cells: list[Sequence[object]] = []
        self._grids: list[tuple[int, Grid]] = []  # each with the number of rows before it
        self._indexes = array("L")

    def add(self, grid: Grid, indexes: Iterable[int]) -> None:
        """Some rows of a grid."""
        self._grids.append((len(self.cells), grid))
        for index in indexes:
            self.cells.append(grid.rows[index])
            self._indexes.append(index)

    def owner(self, row: int) -> tuple[Grid, int]:
        """The grid of a row, and where in it the row stands."""
        return next(grid for before, grid in reversed(self._grids) if before <= row), self._indexes[row]


def assemble(name: str, grids: Sequence[Grid], dialect: Dialect, schema: Schema) -> tuple[Table | None, list[Finding]]:
    """The table that some grids are together, and what is wrong with its form; none when that is an error."""
    first = grids[0]
    findings: list[Finding] = []
    dialect = replace(dialect, header=True, header_rows=(1,)) if first.keyed else dialect
    labels = labels_of(first, dialect) if dialect.header else schema.names
    top = dialect.header_rows[0] - 1 if dialect.header and dialect.header_rows else 0

    def place(column: int, field: str) -> Location:
        return _at(first, name, min(top, len(first.rows) - 1), column, 0, field)

    if dialect.header and labels is None:
        what = f"row {top + 1}, which should be the header, is a comment or is not there"
        fix = "say in `headerRows` which row it is"
        return None, [Finding("csv/header", place(0, ""), what, fix=fix)]
    columns, problems = match_columns(labels or [], schema, dialect.ignore_case, place)
    findings += problems
    rows = _Rows()
    for grid in grids:
        if grid is not first and dialect.header and (other := labels_of(grid, dialect)) != labels:
            what = f"the header is not that of {first.path}"
            where = _at(grid, name, 0, 0, 0, "")
            findings.append(Finding("csv/header", where, what, ",".join(other or []), fix="repeat the first header"))
        rows.add(grid, _content(grid, dialect))
        if len(rows.cells) > limits.ROWS:
            what = f"the table has more than {limits.ROWS:,} rows, which is the most that is read in this form"
            findings.append(Finding("file/too-large", Location(grid.path), what, fix="write it as a plain CSV file"))
            return None, findings
    findings += _misshapen(name, rows, len(labels or []))
    if any(finding.severity == "error" for finding in findings):
        return None, findings
    return _table(name, rows, columns, dialect, schema, findings), findings


def labels_of(grid: Grid, dialect: Dialect) -> list[str] | None:
    """The names of the columns, those of several header rows joined; none when no such row is there."""
    labels: list[str] = []
    before: dict[int, str] = {}
    numbers = [n for n in dialect.header_rows if n <= len(grid.rows) and not _is_comment(grid.rows[n - 1], n, dialect)]
    for number in numbers:
        for index, cell in enumerate(map(_label, grid.rows[number - 1])):
            if before.get(index) == cell:
                continue  # a heading over several rows says the same in each
            before[index] = cell
            if index < len(labels):
                labels[index] = dialect.header_join.join((labels[index], cell))
            else:
                labels.append(cell)
    return labels if numbers else None


def _label(cell: object) -> str:
    return "" if cell is None else str(cell)


def _is_comment(cells: Sequence[object], number: int, dialect: Dialect) -> bool:
    first, mark = cells[0] if cells else "", dialect.comment_char
    return number in dialect.comment_rows or (bool(mark) and isinstance(first, str) and first.startswith(mark))


def _content(grid: Grid, dialect: Dialect) -> Iterable[int]:
    """The rows that hold data."""
    every = range(dialect.content_from - 1, len(grid.rows))
    if not (dialect.comment_char or dialect.comment_rows or dialect.skip_blank_rows):
        return every
    return (
        index
        for index in every
        if not _is_comment(grid.rows[index], index + 1, dialect)
        and not (dialect.skip_blank_rows and _is_blank(grid.rows[index]))
    )


def _is_blank(cells: Sequence[object]) -> bool:
    return all(cell in ("", None) for cell in cells)


def _at(grid: Grid, name: str, index: int, column: int, row: int, field: str, record: str = "") -> Location:
    line, across = grid.position(index, column) if index < len(grid.rows) else (1, 1)
    return Location(grid.path, line, across, name, row, field, record)


def _misshapen(name: str, rows: _Rows, width: int) -> Iterator[Finding]:
    """Blank rows, and rows of another width than the header."""
    wrong = [row for row, cells in enumerate(rows.cells) if len(cells) != width or _is_blank(cells)]
    for row in wrong[:_MOST_RAGGED]:
        grid, index = rows.owner(row)
        where, cells = _at(grid, name, index, 0, row + 1, ""), rows.cells[row]
        if _is_blank(cells):
            yield Finding("csv/blank-row", where, "the row is blank", fix="remove it")
        else:
            what = f"the row has {len(cells)} cells, the header {width}"
            if not grid.ended and len(cells) < width and index == len(grid.rows) - 1 > 0:
                yield Finding("csv/cut", where, f"{CUT}: {what}", str(len(cells)), fix=CUT_FIX)
                continue
            yield Finding("csv/ragged", where, what, str(len(cells)), fix="add or remove cells, or quote a cell")
    if len(wrong) > _MOST_RAGGED:
        grid, index = rows.owner(wrong[_MOST_RAGGED])
        what = f"{len(wrong) - _MOST_RAGGED} more rows are blank or have another number of cells than the header"
        yield Finding("csv/ragged", _at(grid, name, index, 0, wrong[_MOST_RAGGED] + 1, ""), what)


def _table(
    name: str, rows: _Rows, columns: Sequence[int | None], dialect: Dialect, schema: Schema, findings: list[Finding]
) -> Table:
    at = dict(zip(schema.names, columns, strict=True))
    texts: dict[str, Sequence[str]] = {}

    def where(row: int, field: str) -> Location:
        grid, index = rows.owner(row)
        record = "|".join(texts[part][row] for part in schema.primary_key if part in texts)
        return _at(grid, name, index, at.get(field) or 0, row + 1, field, record)

    table, tally = Table(name, texts, len(rows.cells), where), Tally(limits.FINDINGS // 2)
    for field in schema.fields:
        column = at[field.name]
        cells = [] if column is None else [row[column] for row in rows.cells]
        texts[field.name] = [""] * table.size if column is None else _texts(cells, field, dialect, schema)
        findings += tally.listed(_unfit(table, field, cells, dialect, schema, tally))
    held = [texts[name] for name, column in at.items() if column is not None]
    findings += tally.listed(_without_values(table, held, tally))
    findings += tally.rest()
    return table


def _without_values(table: Table, columns: Sequence[Sequence[str]], tally: Tally) -> Iterator[Finding]:
    """Rows that are not blank, and say of each value that it is missing."""
    for row in range(table.size):
        if not any(column[row] for column in columns) and tally.takes("csv/blank-row", table.name):
            what = "all values of the row are missing, so it is as good as blank"
            yield Finding("csv/blank-row", table.where(row, ""), what, fix="remove it")


def _texts(cells: list[object], field: Field, dialect: Dialect, schema: Schema) -> list[str]:
    """Cells as text, those that are missing as the empty text."""
    missing = missing_texts(schema, field) | {dialect.null_sequence}
    read: dict[object, str] = {}
    texts = []
    for cell in cells:
        if isinstance(cell, str):
            text = read.get(cell)
            if text is None:
                text = read[cell] = "" if cell in missing else cell
        else:
            text = text_of_json(cell, field.type) or ""
        texts.append(text)
    return texts


def _unfit(
    table: Table, field: Field, cells: list[object], dialect: Dialect, schema: Schema, tally: Tally
) -> Iterator[Finding]:
    """JSON values that the field's type does not take, and empty cells that are no missing values, and no fit ones."""
    unfit = None if dialect.null_sequence == "" else _unfit_empty(field, schema)
    for row, cell in enumerate(cells):
        if not isinstance(cell, str):
            if text_of_json(cell, field.type) is None and tally.takes("json/value", table.name):
                what = f"`{field.name}` is of type {field.type}, and this is {_kind(cell)}"
                fix = "write the value as text" if field.type != "boolean" else "write true or false"
                yield Finding("json/value", table.where(row, field.name), what, shorten(str(cell)), fix=fix)
        elif unfit and not cell and tally.takes(unfit.code, table.name):
            fix = unfit.fix or "add the empty text to `missingValues`"
            yield Finding(unfit.code, table.where(row, field.name), unfit.what, fix=fix)


def _unfit_empty(field: Field, schema: Schema) -> Problem | None:
    """Why an empty cell of a field will not do where the schema does not count the empty text as missing."""
    if "" in missing_texts(schema, field):
        return None
    try:
        problem = compile_judge(field, canonical=False, empty=True)("")
    except ConstraintError:
        return None  # reported with the schema
    if problem is None or problem.code not in ("cell/type", "cell/format"):
        return problem
    what = f"`{field.name}` is empty, and the schema does not count the empty text as missing"
    return Problem("cell/type", what, "add it to `missingValues`")


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), "something else")
