"""GeoJSON (RFC 7946): the tables with points, each as a collection of features."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from eventpack.exporting.points import Point, bounds, finite, outside_notes, points
from eventpack.material import Material, TypedTable


def write_geojson(material: Material, folder: Path) -> list[str]:
    """Write each table with points as `<table>.geojson`, one feature a row, its columns as properties.

    A row without a point is a feature without geometry, and what is missing is null; so no row and no column is lost.
    The radius in which the true place lies stays a property. Days are text, `2026-03-01`. What the columns mean
    stands in the member `fields`.
    """
    notes: list[str] = []
    for table in material:
        if (found := points(table)) is None:
            notes += outside_notes(table)
        else:
            with (folder / f"{table.name}.geojson").open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(_lines(material, table, found))
    return notes


def _lines(material: Material, table: TypedTable, found: Sequence[Point | None]) -> Iterator[str]:
    box = bounds(found)
    head = {
        "type": "FeatureCollection", "name": table.name, "title": table.title, "description": table.description,
        "dataset": material.name, "version": material.version,
        **({"bbox": list(box)} if box else {}),
        "fields": {column.name: _told(column.title, column.description) for column in table.columns},
    }  # fmt: skip
    yield _json(head)[:-1] + ',\n"features": ['
    separator = "\n"
    key = table.frame.columns.index(table.key) if table.key else -1
    for row, point in zip(table.frame.iter_rows(), found, strict=True):
        yield separator + _json(_feature(table.frame.columns, row, point, key))
        separator = ",\n"
    yield "\n]}\n"


def _feature(names: Sequence[str], row: Sequence[Any], point: Point | None, key: int) -> dict[str, Any]:
    identity = {"id": row[key]} if key >= 0 and isinstance(row[key], (str, int)) else {}
    geometry = None if point is None else {"type": "Point", "coordinates": list(point)}
    properties = dict(zip(names, finite(row), strict=True))
    return {"type": "Feature", **identity, "geometry": geometry, "properties": properties}


def _told(title: str, description: str) -> dict[str, str]:
    return {"title": title, **({"description": description} if description else {})}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=str)
