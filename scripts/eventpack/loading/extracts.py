"""What a researcher has kept of an earlier version: a frame, or a CSV or Parquet file, with columns of their own.

Other programs write values in forms of their own (`TRUE`, `5.0`, `2026-03-01T00:00:00`, `NA`); they are read as what
they mean for the field, so that only what differs in content counts as changed.
"""

from __future__ import annotations

import json
import math
import re
import shutil
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from dataclasses import field as prop
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from eventpack.errors import EventpackError
from eventpack.loading.celltext import cell_texts, value_text
from eventpack.loading.frame import Making, making_of
from eventpack.schema import Field

METADATA = "eventpack"
"""The key under which a Parquet file says what was asked of which version."""
FOR_MISSING = frozenset({"NA", "NaN", "nan", "None", "NULL", "null", "<NA>", "NaT", "."})
"""What other programs write for a missing value."""
_UNNAMED = re.compile(rb'(?:\xef\xbb\xbf)?(?:"")?(?=[,;\t])')
_ROW_NAMES = "names of rows"
_MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?(Z|[+]00:?00)?$")


@dataclass(frozen=True)
class Extract:
    """Rows that somebody kept: as they are, and as text; what is known of how they came about.

    `about` is what a Parquet file of `eventpack query` says of itself; `making` how a frame was filtered; `notes` what
    is to be told of it.
    """

    label: str
    frame: pl.DataFrame
    texts: Mapping[str, list[str]]
    about: Mapping[str, Any] = prop(default_factory=dict)
    making: Making | None = None
    notes: tuple[str, ...] = ()


def read_extract(held: object) -> Extract:
    """An extract from a path, or a frame of polars or pandas.

    Raises:
        EventpackError: It is none of these, or the file cannot be read.
    """
    if isinstance(held, (str, Path)):
        path = Path(held)
        return _of_parquet(path) if path.suffix.lower() in (".parquet", ".pq") else _of_csv(path)
    if isinstance(held, pl.LazyFrame):
        held = held.collect()
    if isinstance(held, pl.DataFrame):
        frame = pl.DataFrame(held.get_columns())
        return Extract("the frame", frame, _texts(frame), making=making_of(held))
    if hasattr(held, "columns") and hasattr(held, "__getitem__"):
        names = [str(name) for name in held.columns]
        frame = pl.DataFrame({name: _listed(held[name]) for name in names}, strict=False)
        return Extract("the frame", frame, _texts(frame))
    what = f"an extract is a dataset, a frame or the path of a file, not {type(held).__name__}"
    raise EventpackError(what, "give what `load` returned, a frame, or a CSV or Parquet file")


def _of_parquet(path: Path) -> Extract:
    from polars.exceptions import PolarsError

    try:
        frame, metadata = pl.read_parquet(path), pl.read_parquet_metadata(path)
    except FileNotFoundError:
        raise EventpackError(f"there is no {path}", "name a CSV or Parquet file") from None
    except (PolarsError, OSError) as error:
        raise EventpackError(f"{path} cannot be read: {error}", "name a CSV or Parquet file") from None
    try:
        about = json.loads(metadata.get(METADATA, "{}"))
    except ValueError:
        about = {}
    return Extract(str(path), frame, _texts(frame), about if isinstance(about, dict) else {})


def _of_csv(path: Path) -> Extract:
    """A file by the strict reader of `diff`, which takes CSV, TSV and both of them packed."""
    from eventpack.comparing.sides import LONE, open_side
    from eventpack.finding import Finding
    from eventpack.subject import read_large

    if not path.is_file():
        raise EventpackError(f"there is no file {path}", "name a CSV or Parquet file")
    with ExitStack() as until:
        place = _named(path, until)
        try:
            side = open_side(place, until)
        except EventpackError as error:
            raise EventpackError(error.what.replace(str(place), str(path)), error.fix) from None
        if not side.lone:
            raise EventpackError(f"{path} is no table", "name a file that ends with .csv, .tsv or .parquet")
        findings: list[Finding] = []
        large = side.subject.large.get(LONE)
        table = read_large(side.subject.package, large, findings) if large else side.subject.tables[LONE]
    if table is None:
        raise EventpackError(f"{path}: {findings[0].what}", findings[0].fix)
    texts = {name: list(column) for name, column in table.columns.items() if place == path or name != _ROW_NAMES}
    frame = pl.DataFrame([pl.Series(name, [text or None for text in held], pl.String) for name, held in texts.items()])
    notes = () if place == path else ("its first column, which has no name, is taken for row names and left out",)
    return Extract(str(path), frame, texts, notes=notes)


def _named(path: Path, until: ExitStack) -> Path:
    """The file, or a copy whose first column has a name, as it has none when R or pandas wrote the names of rows."""
    with path.open("rb") as file:
        first = file.readline(1 << 20)
        match = _UNNAMED.match(first)
        if match is None:
            return path
        copy = Path(until.enter_context(TemporaryDirectory(prefix="eventpack-")), path.name)
        with copy.open("wb") as whole:
            whole.write(_ROW_NAMES.encode() + first[match.end() :])
            shutil.copyfileobj(file, whole)
    return copy


def _texts(frame: pl.DataFrame) -> dict[str, list[str]]:
    return {column.name: cell_texts(column) for column in frame}


def _listed(column: Any) -> list[Any]:
    """The values of a column of pandas; what is missing there is None."""
    return [None if _is_missing(value) else value for value in column.tolist()]


def _is_missing(value: Any) -> bool:
    return type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and math.isnan(value))


def plain_texts(field: Field, texts: Collection[str], missing: Collection[str]) -> list[str]:
    """Texts of a field as we write them; those that stand for a missing value are empty."""
    known: dict[str, str] = {"": "", **dict.fromkeys(missing, "")}
    read = _READERS.get(field.value_type.name if field.value_type else "", str)
    for text in texts:
        if text not in known:
            known[text] = _read(read, text)
    return [known[text] for text in texts]


def _read(read: Callable[[str], str], text: str) -> str:
    """A text in our form; as it is, when it is none of the type."""
    try:
        return read(text)
    except (ValueError, OverflowError):
        return text


def _integer(text: str) -> str:
    value = float(text)
    if not value.is_integer():
        raise ValueError(text)
    return str(int(text)) if re.fullmatch(r"[+-]?\d+", text) else str(int(value))


def _number(text: str) -> str:
    value = float(text)
    return value_text(value) if math.isfinite(value) else text


def _boolean(text: str) -> str:
    return {"true": "true", "t": "true", "1": "true", "false": "false", "f": "false", "0": "false"}.get(
        text.casefold(), text
    )


def _day(text: str) -> str:
    return _MIDNIGHT.sub("", text)


def _year(text: str) -> str:
    return f"{int(_integer(text)):04d}"


_READERS: Mapping[str, Callable[[str], str]] = {
    "integer": _integer, "number": _number, "boolean": _boolean, "date": _day, "year": _year,
}  # fmt: skip
