"""A file of others as incidents: typed columns first, and objects only of the rows that are looked at."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventpack.interchange.countries import by_name, by_number, countries, plain
from eventpack.interchange.deaths import Count
from eventpack.interchange.grid import read_grid, read_lines
from eventpack.interchange.incident import Incident, Sides
from eventpack.interchange.scheme import Scheme
from eventpack.interchange.unpacking import plain_file

if TYPE_CHECKING:
    import polars as pl

_DATES = ("%Y-%m-%d", "%d %B %Y", "%d/%m/%Y")
_COLUMNS = (
    "id", "first", "last", "latitude", "longitude", "radius", "country", "place", "kind", "low", "best", "high",
    "side_a", "side_b",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Theirs:
    """The rows of somebody's file that can be read, with the columns id, first, last, latitude, longitude, radius
    (kilometres, null where anywhere in the country), country (alpha-3), place, kind, low, best, high, side_a, side_b.

    `rows` counts all of the file, `notes` say what was passed over.
    """

    frame: pl.DataFrame
    scheme: Scheme
    rows: int
    notes: Sequence[str]

    def incidents(self, indexes: Sequence[int]) -> list[Incident]:
        """Some of the rows."""
        return [self._incident(row) for row in self.frame[indexes].iter_rows()]

    def _incident(self, row: Sequence[Any]) -> Incident:
        name, first, last, latitude, longitude, radius, country, place, kind, low, best, high, one, other = row
        return Incident(
            name, first, last, latitude, longitude, radius, country or "", place or "", frozenset({kind}),
            Count(low, best, high), self.sides(one or "", other or ""),
        )  # fmt: skip

    def sides(self, first: str, second: str) -> Sides:
        """The actors on both sides, from the texts of the two columns."""
        separator: str = self.scheme.more["read"]["separator"]
        one, other = (tuple((name,) for name in text.split(separator) if name) for text in (first, second))
        return one, other

    def within(self, days: tuple[int, int], also: Collection[str]) -> Theirs:
        """Only the rows between two days, counted from 1970, and those with these ids."""
        import polars as pl

        mask = (pl.col("last").cast(pl.Int32) >= days[0]) & (pl.col("first").cast(pl.Int32) <= days[1])
        return replace(self, frame=self.frame.filter(mask | pl.col("id").is_in(list(also))))


def read_theirs(path: Path, scheme: Scheme) -> Theirs:
    """A file in a format of others: csv, tsv or jsonl, plain or in xz, gz or zip.

    Raises:
        EventpackError: There is no such file, it is damaged, or lacks columns of the format.
    """
    with plain_file(path) as file:
        if scheme.form == "jsonl":
            frame, notes = _from_lines(file.path, scheme, path.name), file.notes
        else:
            told: Mapping[str, Any] = scheme.more["read"]
            wanted = [name for name in scheme.header if name in set(_mentioned(told))]
            grid = read_grid(file.path, scheme, wanted, told["needed"], path.name)
            frame, notes = _typed(grid.frame, scheme), [*file.notes, *grid.notes]
    rows = frame.height
    import polars as pl

    frame = frame.filter(pl.col("first").is_not_null() & pl.col("last").is_not_null() & (pl.col("id") != ""))
    if rows != frame.height:
        notes = [*notes, f"{rows - frame.height} rows have no id or no day that can be read, and were left out"]
    return Theirs(frame.select(_COLUMNS), scheme, rows, notes)


def _mentioned(value: Any) -> list[str]:
    """All texts in a part of a scheme's file: among them the columns that are read."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _mentioned(part)]


def _typed(frame: pl.DataFrame, scheme: Scheme) -> pl.DataFrame:
    import polars as pl

    told: Mapping[str, Any] = scheme.more["read"]
    missing = ["", scheme.missing] if scheme.missing else [""]
    frame = frame.with_columns(pl.all().str.strip_chars()).with_columns(
        pl.when(pl.all().is_in(missing)).then(None).otherwise(pl.all()).name.keep()
    )
    none = pl.lit(None, pl.String)

    def text(name: str) -> pl.Expr:
        column = told.get(name, "")
        return pl.col(column) if column in frame.columns else none

    def day(name: str) -> pl.Expr:
        raw = text(name).str.split(" 00:00").list.first()
        return pl.coalesce(raw.str.to_date(form, strict=False) for form in _DATES)

    def number(name: str) -> pl.Expr:
        value = text(name).cast(pl.Float64, strict=False)
        return pl.when(value.is_finite()).then(value)

    def count(name: str) -> pl.Expr:
        value = text(name)
        value = pl.when(value != told["unreported"]).then(value) if "unreported" in told else value
        return value.cast(pl.Float64, strict=False).cast(pl.Int64, strict=False)

    off = text("when").replace_strict(told.get("days", {}), default=0, return_dtype=pl.Int64).fill_null(0)
    shift = pl.duration(days=off)
    return frame.select(
        text("id").fill_null("").alias("id"),
        (day("first") - shift).alias("first"),
        (day("last") + shift).alias("last"),
        number("latitude").alias("latitude"),
        number("longitude").alias("longitude"),
        _radius(frame, told).alias("radius"),
        pl.coalesce(_country(frame, *pair) for pair in told["country"]).alias("country"),
        text("place").alias("place"),
        text("kind").fill_null("").alias("kind"),
        *(count(name).alias(name) for name in ("low", "best", "high")),
        *(
            (pl.col(column) if column in frame.columns else none).alias(side)
            for side, column in zip(("side_a", "side_b"), told["actors"], strict=True)
        ),
    )


def _radius(frame: pl.DataFrame, told: Mapping[str, Any]) -> pl.Expr:
    import polars as pl

    radii = {str(code): float(km) for code, km in told["radius"].items()}
    if told["precision"] not in frame.columns:
        return pl.lit(None, pl.Float64)
    if "wider" not in told:
        return pl.col(told["precision"]).replace_strict(radii, default=None, return_dtype=pl.Float64)
    names = [name for name in (told["precision"], *told["wider"]) if name in frame.columns]
    return pl.coalesce(pl.when(pl.col(name).is_not_null()).then(pl.lit(radii[name])) for name in names)


def _country(frame: pl.DataFrame, column: str, written: str) -> pl.Expr:
    import polars as pl

    if column not in frame.columns:
        return pl.lit(None, pl.String)
    held = {str(text) for text in frame[column].unique() if text is not None}
    known = {text: code for text in held if (code := country_code(text, written))}
    return pl.col(column).replace_strict(known, default=None, return_dtype=pl.String)


def country_code(text: str, written: str) -> str:
    """The alpha-3 code of a country as datasets write it: by number, by name, or as that code itself."""
    if written == "name":
        return by_name().get(plain(text), "")
    if written == "alpha3":
        return text if text in countries() else ""
    return by_number(written).get(str(int(text)), "") if text.isascii() and text.isdigit() else ""


def _from_lines(path: Path, scheme: Scheme, label: str) -> pl.DataFrame:
    """PLOVER's records, one a line."""
    import polars as pl

    radii = {str(code): float(km) for code, km in scheme.more["read"]["radius"].items()}
    rows = [_record(value, radii) for value in read_lines(path, label)]
    kinds = {"first": pl.Date, "last": pl.Date, "low": pl.Int64, "best": pl.Int64, "high": pl.Int64}
    floats = dict.fromkeys(("latitude", "longitude", "radius"), pl.Float64)
    return pl.DataFrame(rows, schema={name: {**kinds, **floats}.get(name, pl.String) for name in _COLUMNS})


def _record(value: Mapping[str, Any], radii: Mapping[str, float]) -> dict[str, Any]:
    place, size = _object(value.get("event_loc")), _object(value.get("size"))
    first = _day(value.get("date"))
    kinds = value.get("event")
    return {
        "id": _text(value.get("id")), "first": first, "last": _day(value.get("enddate")) or first,
        "latitude": _number(place.get("lat")), "longitude": _number(place.get("lon")),
        "radius": radii.get(str(place.get("resolution") or "")), "country": _text(place.get("country_code")),
        "place": _text(place.get("resolved_place") or place.get("extracted_place")),
        "kind": _text(kinds[0] if isinstance(kinds, list) and kinds else kinds),
        "low": None, "best": _count(size.get("dead")), "high": None,
        "side_a": _entities(value.get("actor")), "side_b": _entities(value.get("recipient")),
    }  # fmt: skip


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    """A text that can be written: halves of a character, which escapes may stand for, become question marks."""
    return str(value or "").encode("utf-8", "replace").decode("utf-8")


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 63 else None


def _number(value: object) -> float | None:
    try:
        number = float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else math.nan
    except OverflowError:  # an integer of hundreds of digits
        return None
    return number if math.isfinite(number) else None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _entities(value: object) -> str:
    names = [_object(each).get("entity_text") for each in value] if isinstance(value, list) else []
    return "; ".join(_text(name).replace(";", ",") for name in names if name)
