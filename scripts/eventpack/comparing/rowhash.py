"""The records of a large file as numbers: where each begins, and hashes of its key and of what it says.

Lines are hashed as bytes and joined to records by their quotes, so that records are not cut into cells; a second look
cuts out the key alone. What the engine would pass over in silence makes it give up: bytes that are not accounted for,
quotes that stay open, short records.
"""

from __future__ import annotations

import os
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import xor

os.environ.setdefault("POLARS_CSV_CHUNK_SIZE", str(1 << 20))  # halves the memory; read when polars is imported

import polars as pl

from eventpack.comparing.difference import Key
from eventpack.comparing.rowtext import Misfit, RecordReader, Spans
from eventpack.large import LargeCsv

JOIN = "\x1f"
"""Between the parts of a key."""
_NOWHERE = "\x01"  # a separator for whole lines; the engine gives up on a file that holds it
_NO_NAME = re.compile(r"\^.*\$$|\*$|.*\x00", re.DOTALL)  # what the engine takes for a pattern of names


@dataclass(frozen=True, slots=True)
class LargeSide:
    """A large table: its file, the names of its columns, and what stands for no value, by column."""

    table: LargeCsv
    names: Sequence[str]
    missing: Sequence[frozenset[str]]

    @property
    def first_line(self) -> bytes:
        """The header as it stands in the file."""
        with self.table.file.open("rb") as file:
            return file.read(self.table.header)

    @property
    def plain(self) -> bool:
        """Whether the engine can be asked about it at all."""
        plain = not self.table.mark and len(self.names) > 1 and not any(map(_NO_NAME.match, self.names))
        return plain and all("" in texts for texts in self.missing)

    def meaning(self, name: str) -> frozenset[str]:
        """What stands for no value in a column."""
        return self.missing[list(self.names).index(name)]


@dataclass(frozen=True, slots=True)
class Hashes:
    """The records of a file: hashes of key and content (k, h) with the number of the record (i), and their reader."""

    frame: pl.DataFrame
    reader: RecordReader


def hash_records(side: LargeSide, key: Key, contents: Sequence[str], seed: int) -> Hashes:
    """The records of a file, hashed by their bytes, or by the `contents` of some columns where they are given.

    Raises:
        Misfit: The form of the file cannot be proved.
        PolarsError: The engine refuses it.
    """
    table, first = side.table, int(side.table.dialect.header)
    rows = _cells(side, key, contents, seed)
    lines = _lines(table, seed)
    records, starts = _records(lines, _line_end(table, lines), table.file.stat().st_size, seed)
    if len(rows) != len(records) - first:
        raise Misfit("lines and rows do not fit")
    reader = RecordReader(table, _spans(starts), side.names, side.missing)
    _require_widths(side, reader, rows, first)
    numbers = pl.int_range(first, len(records), dtype=pl.UInt32, eager=True)
    content = rows["h"] if contents else records.slice(first)
    return Hashes(pl.DataFrame({"k": rows["k"] if key else content, "h": content, "i": numbers}), reader)


def _spans(starts: pl.Series) -> Spans:
    """Where records begin and end."""
    return lambda records: zip(
        *(starts.gather([one + end for one in records]).to_list() for end in (0, 1)), strict=True
    )


def key_hashes(texts: Sequence[str], seed: int) -> pl.Series:
    """The hashes of keys whose parts are joined."""
    return pl.Series("k", texts, dtype=pl.String).hash(seed)


def _lines(table: LargeCsv, seed: int) -> pl.DataFrame:
    """Per line its hash (h), its number of bytes (n), and whether its number of quotes is odd (q)."""
    line, quote = pl.col("line").fill_null(""), table.dialect.quote
    scan = pl.scan_csv(table.file, has_header=False, separator=_NOWHERE, quote_char=None, schema={"line": pl.String})
    odd = line.str.count_matches(quote, literal=True) % 2 > 0 if quote else pl.lit(False)
    return scan.select(
        line.hash(seed).alias("h"), line.str.len_bytes().alias("n"), odd.alias("q")
    ).collect(engine="streaming")  # fmt: skip


def _line_end(table: LargeCsv, lines: pl.DataFrame) -> int:
    """How many bytes the end of each line has; the engine may have cut off the CR of CRLF, and the last may lack it."""
    total, count, size = int(lines["n"].cast(pl.UInt64).sum()), len(lines), table.file.stat().st_size
    for end in (1, 2):
        if size in (total + count * end, total + (count - 1) * end):
            return end
    raise Misfit("the lines are not all of the file")


def _records(lines: pl.DataFrame, end: int, size: int, seed: int) -> tuple[pl.Series, pl.Series]:
    """The hashes of records, those with a line break in quotes from several lines; and where each begins, and the end.

    Lines of one record are hashed with their distance from its first one, so that their order counts.
    """
    length = pl.col("n").cast(pl.UInt64) + end
    if not lines["q"].any():  # each line is a record
        return lines["h"], lines.select(length.cum_sum() - length).to_series().append(
            pl.Series([size], dtype=pl.UInt64)
        )
    odd = pl.col("q").cast(pl.UInt32)
    lines = lines.select("h", "q", start=length.cum_sum() - length, begins=(odd.cum_sum() - odd) % 2 == 0)
    if lines["q"].sum() % 2:
        raise Misfit("a quote is not closed")
    first = pl.when("begins").then("start").forward_fill()
    mixed = (pl.col("h") ^ (pl.col("start") - first)).hash(seed + 1)
    before = lines.select("begins", "start", sum=mixed.cum_sum() - mixed, all=mixed.sum())  # sums wrap around
    total, found = before["all"].head(1), before.filter("begins")
    content = found["sum"].slice(1).append(total) - found["sum"]
    return content, found["start"].append(pl.Series([size], dtype=pl.UInt64))


def _cells(side: LargeSide, key: Key, contents: Sequence[str], seed: int) -> pl.DataFrame:
    """Per row the hash of its key (k), that of some columns when there are any (h), and whether the last is empty."""
    texts = {name: text_of_cell(side, name) for name in (*key, *contents)}
    asked = [pl.col(side.names[-1]).is_null().alias("empty")]
    if key:
        joined = texts[key[0]] if len(key) == 1 else pl.concat_str([texts[name] for name in key], separator=JOIN)
        asked.append(joined.hash(seed).alias("k"))
    if contents:
        asked.append(reduce(xor, (texts[name].hash(seed + at) for at, name in enumerate(contents))).alias("h"))
    return scan_cells(side).select(asked).collect(engine="streaming")


def scan_cells(side: LargeSide) -> pl.LazyFrame:
    """The rows of a file as text; empty cells are null."""
    dialect = side.table.dialect
    return pl.scan_csv(
        side.table.file, has_header=dialect.header, separator=dialect.delimiter, quote_char=dialect.quote or None,
        schema=dict.fromkeys(side.names, pl.String), null_values=[""],
    )  # fmt: skip


def text_of_cell(side: LargeSide, name: str) -> pl.Expr:
    """The text of a column, empty where there is no value."""
    text, others = pl.col(name).fill_null(""), side.meaning(name) - {""}
    return pl.when(text.is_in(sorted(others))).then(pl.lit("")).otherwise(text) if others else text


def _require_widths(side: LargeSide, reader: RecordReader, rows: pl.DataFrame, first: int) -> None:
    """No record is short: the engine fills those with nothing, so the last cell of one is empty.

    Lines without quotes are counted by their separators, the others are read.
    """
    empty = rows["empty"].arg_true()
    if not len(empty):
        return
    line, dialect = pl.col("line").fill_null(""), side.table.dialect
    scan = pl.scan_csv(
        side.table.file, has_header=False, separator=_NOWHERE, quote_char=None, schema={"line": pl.String}
    )  # fmt: skip
    quoted = line.str.contains(dialect.quote, literal=True) if dialect.quote else pl.lit(False)
    cells = line.str.count_matches(dialect.delimiter, literal=True) + 1
    short = scan.select((~quoted & (cells < len(side.names))).alias("short"), quoted.alias("quoted"))
    found = short.collect(engine="streaming")
    if not found["quoted"].any():
        if found["short"].any():
            raise Misfit("a record is short")
        return
    for _ in reader.rows(array("q", (empty + first).to_list())):
        pass
