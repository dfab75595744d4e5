"""The rows of a file of others as text: its columns found by name, and by count where names do not help."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from eventpack.errors import EventpackError
from eventpack.files import BOM
from eventpack.finding import near_miss
from eventpack.interchange.scheme import Scheme

if TYPE_CHECKING:
    import polars as pl

_SAMPLE = 200
_LONGEST = 10_000_000  # characters of a cell; the csv module asks for a bound


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns that a format knows, as text, under the names that we write; and what is to be said of the file."""

    frame: pl.DataFrame
    notes: Sequence[str]


def read_grid(path: Path, scheme: Scheme, wanted: Sequence[str], needed: Sequence[str], label: str) -> Grid:
    """The wanted columns of a delimited file.

    Header names count, whatever their order and case. A file without header is read by position when it has as many
    columns as the format; headers that stand there beyond the rows' cells are passed over when they are known extras.

    Raises:
        EventpackError: A needed column is missing, or the rows do not fit the header.
    """
    layout = _layout(path, scheme, needed, label)
    import polars as pl  # 110 ms

    at = {name: index for index, name in enumerate(layout.names) if name in wanted}
    try:
        frame = read_quickly(path, layout, at)
        return Grid(frame, layout.notes)
    except (pl.exceptions.PolarsError, Doubt):
        rows, notes = read_carefully(path, layout, at)
        frame = pl.DataFrame(rows, schema=dict.fromkeys(at, pl.String), orient="row")
        return Grid(frame, [*layout.notes, *notes])


class Doubt(Exception):
    """The quick reader may have misread the file."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is written: its delimiter, whether the first row is a header, and our names of its columns."""

    delimiter: str
    header: bool
    names: Sequence[str]
    notes: Sequence[str]


def _rows(file: IO[str], delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST)
    if delimiter == "\t":  # signs for quotes are text there
        return csv.reader(file, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    return csv.reader(file, delimiter=delimiter)


def _layout(path: Path, scheme: Scheme, needed: Sequence[str], label: str) -> Layout:
    known = {name.casefold(): column.name for column in scheme.columns for name in column.names}
    best: tuple[int, str, list[list[str]]] = (0, "\t" if scheme.form == "tsv" else ",", [])
    refused = ""
    for delimiter in ("\t", ",", ";", "|"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            try:
                sample = list(islice(_rows(file, delimiter), _SAMPLE))
            except csv.Error as error:
                refused = str(error)
                continue
        found = sum(cell.strip().casefold() in known for cell in sample[0]) if sample else 0
        best = max(best, (found, delimiter, sample), key=lambda each: each[0])
        if not found and sample and len(sample[0]) == len(scheme.columns) and not best[0]:
            best = (0, delimiter, sample)
    found, delimiter, sample = best
    if refused and not sample:
        raise EventpackError(f"{label} cannot be read: {refused}", "get the whole file again")
    if not found:
        if sample and len(sample[0]) == len(scheme.columns):
            note = f"{label} has no header; its {len(sample[0])} columns were taken in the format's order"
            return Layout(delimiter, False, scheme.header, [note])
        _refuse(label, scheme, needed, sample[0] if sample else [])
    names = [known.get(cell.strip().casefold(), f"+{cell.strip()}") for cell in sample[0]]
    names, notes = _by_count(names, sample[1:], scheme, label)
    if missing := [name for name in needed if name not in names]:
        _refuse(label, scheme, missing, sample[0])
    return Layout(delimiter, True, names, notes)


def _by_count(
    names: list[str], rows: Sequence[Sequence[str]], scheme: Scheme, label: str
) -> tuple[list[str], Sequence[str]]:
    """The names without known extras that no cell stands under: most rows have as many cells as what remains."""
    extras = {f"+{name}" for name in scheme.more.get("extra", {}).get("columns", ())}
    plain = [name for name in names if name not in extras]
    usual = Counter(map(len, rows)).most_common(1)
    if usual and usual[0][0] == len(plain) != len(names):
        said = ", ".join(name.removeprefix("+") for name in names if name in extras)
        return plain, [f"{label} names a column that its rows do not have ({said}); it was passed over"]
    return names, []


def _refuse(label: str, scheme: Scheme, missing: Sequence[str], held: Sequence[str]) -> None:
    hint = near_miss(missing[0], [cell.strip() for cell in held]) if missing else ""
    what = f"{label} lacks the column `{missing[0]}` of {scheme.name}{hint}"
    raise EventpackError(what, f"a file of {scheme.name} has {', '.join(scheme.header[:6])} …")


def read_quickly(path: Path, layout: Layout, at: dict[str, int]) -> pl.DataFrame:
    """The columns by the columnar reader.

    It fills short rows in silence, and where it is asked for some columns it passes over surplus cells as well. So all
    columns are read once for the law of bytes: cells, separators, line ends and quotes take the size of the file.

    Raises:
        Doubt: They do not.
    """
    import polars as pl

    labels = [f"column_{index + 1}" for index in range(len(layout.names))]
    quote = None if layout.delimiter == "\t" else '"'
    scan = pl.scan_csv(
        path, separator=layout.delimiter, has_header=False, schema=dict.fromkeys(labels, pl.String), quote_char=quote,
        glob=False,
    )  # fmt: skip

    def total(count: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
        return sum((count(pl.col(name)).cast(pl.Int64).sum() for name in labels), pl.lit(0, pl.Int64))

    told = scan.select(
        pl.len().alias("rows"),
        total(lambda cell: cell.str.len_bytes()).alias("bytes"),
        total(lambda cell: cell.str.count_matches('"', literal=True) if quote else pl.lit(0)).alias("quotes"),
        total(lambda cell: cell.str.count_matches("\r", literal=True)).alias("returns"),
    ).collect(engine="streaming")
    rows, content, quotes, returns = told.row(0)
    size, all_quotes, all_returns = _counted(path, bool(quote))
    if size != content + rows * len(labels) + all_quotes - quotes + all_returns - returns:
        raise Doubt
    frame = scan.select(pl.col(labels[index]).alias(name) for name, index in at.items()).collect(engine="streaming")
    return frame.slice(1 if layout.header else 0).with_columns(pl.all().fill_null(""))


def _counted(path: Path, quoted: bool) -> tuple[int, int, int]:
    """The bytes of a file without its mark and with an end of its last line, its quotes and carriage returns."""
    size = quotes = returns = 0
    last = b"\n"
    with path.open("rb") as file:
        size -= len(BOM) if file.read(len(BOM)) == BOM else 0
        file.seek(0)
        while piece := file.read(1 << 20):
            size += len(piece)
            quotes += piece.count(b'"') if quoted else 0
            returns += piece.count(b"\r")
            last = piece[-1:]
    return size + (last != b"\n"), quotes, returns


def read_carefully(path: Path, layout: Layout, at: dict[str, int]) -> tuple[list[list[str]], list[str]]:
    """The same row by row: surplus empty cells at the end are dropped, rows that do not fit are left out and told."""
    width, rows, unfit = len(layout.names), list[list[str]](), list[int]()
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = _rows(file, layout.delimiter)
        try:
            for number, row in enumerate(reader):
                if number == 0 and layout.header:
                    continue
                while len(row) > width and not row[-1].strip():
                    row.pop()
                if len(row) == width:
                    rows.append([row[index] for index in at.values()])
                elif row:
                    unfit.append(reader.line_num)  # type: ignore[attr-defined]
        except csv.Error as error:
            raise EventpackError(f"{path.name}: {error}", "get the whole file again") from error
    if unfit and not rows:
        raise EventpackError(f"no row has the {width} cells that its header names", "get the whole file again")
    where = ", ".join(map(str, unfit[:5])) + (" …" if len(unfit) > 5 else "")
    notes = (
        [f"{len(unfit)} rows have more or fewer than {width} cells and were left out: lines {where}"] if unfit else []
    )
    return rows, notes


def read_lines(path: Path, label: str) -> Iterator[dict[str, object]]:
    """The JSON objects of a file with one a line.

    Raises:
        EventpackError: A line is no JSON object.
    """
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise EventpackError(f"{label}:{number}: {error}", "write one JSON object a line") from error
            if not isinstance(value, dict):
                raise EventpackError(f"{label}:{number}: the line is no JSON object", "write one JSON object a line")
            yield value
