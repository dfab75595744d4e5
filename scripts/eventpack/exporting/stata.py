"""Stata: one .dta file for each table, with labels for variables and values, and the codebook as one more.

Stata takes names of 32 characters, labels of 80, and whole numbers that a double holds. Names that are made to fit,
labels that are cut, and columns that become text are told; `codebook.dta` holds everything in full.
"""

from __future__ import annotations

import datetime
import math
import re
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventpack.errors import EventpackError
from eventpack.exporting.codebook import CODEBOOK_HEADER, codebook_rows
from eventpack.exporting.shortening import distinct
from eventpack.loading.celltext import cell_texts
from eventpack.material import Column, Material, TypedTable

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

LONGEST_NAME, LONGEST_LABEL, LONGEST_STRING, MOST_CODES = 32, 80, 2045, 65_536
_RESERVED = frozenset(
    "_all _b byte _coef _cons double float if in int long _n _N _pi _pred _rc _skip strL using with".split()
)
_CODEBOOK = "codebook"
_LONG_COLUMNS = ("description", "definition")  # of the codebook: a strL takes no more room than its text has
_LARGEST, _GREATEST = 2**53, 8.988e307  # whole numbers that a double holds; the greatest number that is not "missing"


def write_stata(material: Material, folder: Path) -> list[str]:
    """Write each table as `<table>.dta`, for Stata 14 and later (format 118).

    Codes are numbers from 1 in the codebook's order with the codes as value labels, so that tables can be merged by
    them; days are Stata dates; what is missing is missing, or the empty text. Longer texts are `strL`.

    Raises:
        EventpackError: pandas is not installed.
    """
    try:
        import pandas as pd  # 400 ms
    except ImportError:
        raise EventpackError("pandas is not installed", 'run `pip install ".[stata]"` in the checkout') from None
    notes: list[str] = []
    files = distinct(material.names, lambda name, free: name, (_CODEBOOK,))
    for table in material:
        made = _Variables(table, distinct(table.frame.columns, variable_name))
        made.write(folder / f"{files[table.name]}.dta", material)
        notes += made.notes
        if files[table.name] != table.name:
            notes.append(f"{table.name} is in {files[table.name]}.dta, since another file has its name")
    frame = pd.DataFrame(list(codebook_rows(material)), columns=list(CODEBOOK_HEADER), dtype="object")
    _write(frame, folder / f"{_CODEBOOK}.dta", material, "Codebook", long=_LONG_COLUMNS)
    return notes


def variable_name(name: str, free: int) -> str:
    """A name that Stata takes: letters, digits and `_`, of which so many characters are free for a number behind it."""
    made = re.sub(r"[^0-9A-Za-z_]", "_", name)
    if not re.match(r"[A-Za-z_]", made) or made in _RESERVED or re.fullmatch(r"str\d+", made):
        made = f"_{made}"
    return made[: LONGEST_NAME - free]


@dataclass
class _Variables:
    """The variables of one table, with what is to be told of them."""

    table: TypedTable
    names: dict[str, str]
    notes: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[int, str]] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)

    def write(self, path: Path, material: Material) -> None:
        """Write the file."""
        import pandas as pd

        held = {self.names[c.name]: self._column(c, self.table.frame[c.name]) for c in self.table.columns}
        self.labels = {self.names[column.name]: self._label(column) for column in self.table.columns}
        for name, own in self.names.items():
            if name != own:
                self._tell(name, f"is called {own}, since Stata takes no such name")
        frame = pd.DataFrame(held)
        _write(frame, path, material, self.table.title, labels=self.labels, codes=self.codes, days=self.days)

    def _column(self, column: Column, values: pl.Series) -> Any:
        import pandas as pd
        import polars as pl

        own = self.names[column.name]
        if isinstance(values.dtype, pl.Enum) and 0 < len(values.dtype.categories) <= MOST_CODES:
            self.codes[own] = dict(enumerate(values.dtype.categories.to_list(), 1))
            return pd.array([None if at is None else at + 1 for at in values.to_physical()], dtype="Int32")
        if values.dtype == pl.Boolean:
            self.codes[own] = {0: "false", 1: "true"}
            return pd.array(values.cast(pl.Int8).to_list(), dtype="Int8")
        if values.dtype == pl.Date:
            self.days[own] = "td"
            return pd.Series(values.to_list(), dtype="datetime64[s]")
        if values.dtype.is_numeric() and all(map(_fits, values)):
            whole = values.dtype.is_integer()
            return pd.array(values.to_list(), dtype="Int64") if whole else pd.Series(values.to_list(), dtype="float64")
        if values.dtype.is_numeric():
            self._tell(column.name, "is text, since a number in it has more digits than Stata keeps, or none")
        return pd.Series(cell_texts(values, column.field), dtype="object")

    def _label(self, column: Column) -> str:
        if len(column.title) > LONGEST_LABEL:
            self._tell(column.name, f"has a label cut to {LONGEST_LABEL} characters, which codebook.dta holds whole")
        return _short(column.title)

    def _tell(self, name: str, what: str) -> None:
        self.notes.append(f"{self.table.name}.{name} {what}")


def _fits(value: float | None) -> bool:
    if isinstance(value, float):
        return math.isfinite(value) and abs(value) < _GREATEST
    return value is None or abs(value) <= _LARGEST


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def _longest(column: pd.Series) -> int:
    """The bytes of the longest text of a column; 0 when it holds none."""
    return max((len(text.encode("utf-8")) for text in column if isinstance(text, str)), default=0)


def _write(frame: pd.DataFrame, path: Path, material: Material, title: str, **more: Any) -> None:
    long = [*more.get("long", ()), *(name for name in frame.columns if _longest(frame[name]) > LONGEST_STRING)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # what pandas would change on its own is a fault here
        frame.to_stata(
            path, write_index=False, version=118, data_label=_short(f"{title} ({material.name} {material.version})"),
            time_stamp=_time(material), convert_strl=long, variable_labels=more.get("labels"),
            value_labels=more.get("codes") or None, convert_dates=more.get("days") or None,
        )  # fmt: skip


def _time(material: Material) -> datetime.datetime:
    """The time of the data, so that the bytes do not differ from run to run."""
    try:
        return datetime.datetime.fromisoformat(material.package.descriptor.created)
    except ValueError:
        return datetime.datetime(1980, 1, 1)
