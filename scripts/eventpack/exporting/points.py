"""Points on the globe in a table: which columns hold them, and where each row lies."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from eventpack.exporting.shortening import key_of
from eventpack.material import TypedTable
from eventpack.schema import Field

Point = tuple[float, float]  # longitude and latitude, in degrees (WGS 84)
_LATITUDE = ("latitude", "lat")
_LONGITUDE = ("longitude", "lon", "lng", "long")


def points(table: TypedTable) -> list[Point | None] | None:
    """Where each row lies, or none for a row that lies nowhere; none for all when the table holds no points.

    They stand in two columns of numbers, `latitude` and `longitude` or shorter, or in one of the type geopoint. When
    some lies outside of the globe, the numbers mean something else, and there are no points.
    """
    found = _from_pair(table) or _from_one(table)
    if found is None or not all(point is None or on_globe(point) for point in found):
        return None
    return found


def outside_notes(table: TypedTable) -> list[str]:
    """That a table counts as one without points, for a table of which some points lie outside of the globe."""
    found = _from_pair(table) or _from_one(table) or ()
    rows = [row for row, point in enumerate(found) if point is not None and not on_globe(point)]
    if not rows:
        return []
    whose = f"{table.name} {key_of(table, rows[0])}" + (f" and {len(rows) - 1:,} more" if len(rows) > 1 else "")
    return [f"{table.name} is not on the map: {whose} lie{'s' * (len(rows) == 1)} outside of the globe"]


def on_globe(point: Point) -> bool:
    """Whether there is such a place."""
    return abs(point[0]) <= 180 and abs(point[1]) <= 90


def bounds(found: Sequence[Point | None]) -> tuple[float, float, float, float] | None:
    """The smallest box that holds all points: west, south, east, north; none when there are no points."""
    there = [point for point in found if point is not None]
    if not there:
        return None
    east, north = zip(*there, strict=True)
    return min(east), min(north), max(east), max(north)


def wkb(point: Point) -> bytes:
    """A point as Well-Known Binary, little-endian."""
    return struct.pack("<BIdd", 1, 1, *point)


def _from_pair(table: TypedTable) -> list[Point | None] | None:
    kinds = {column.name: column.kind for column in table.columns}

    def first(names: Sequence[str]) -> str:
        return next((name for name in kinds if name.lower() in names and kinds[name] == "number"), "")

    east, north = first(_LONGITUDE), first(_LATITUDE)
    if not east or not north:
        return None
    rows = table.frame.select(east, north).iter_rows()
    return [None if x is None or y is None else (x, y) for x, y in rows]


def _from_one(table: TypedTable) -> list[Point | None] | None:
    field = next((column.field for column in table.columns if column.kind == "geopoint"), None)
    if field is None:
        return None
    read = _reader(field)
    return [None if text is None else read(text) for text in table.frame[field.name]]


def _reader(field: Field) -> Callable[[str], Point]:
    kind = field.value_type
    assert kind is not None  # it has a name

    def read(text: str) -> Point:
        longitude, latitude = kind.read(text)
        return float(longitude), float(latitude)

    return read


def finite(values: Sequence[Any]) -> Iterator[Any]:
    """Values for JSON, which knows no infinity and no NaN: such a number becomes its name in Table Schema."""
    for value in values:
        if isinstance(value, float) and not math.isfinite(value):
            yield "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"
        else:
            yield value
