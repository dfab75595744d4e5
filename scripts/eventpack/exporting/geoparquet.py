"""GeoParquet 1.1: the tables with points, each as a Parquet file with a column of geometries.

https://geoparquet.org/releases/v1.1.0/
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from eventpack.exporting.parquet import write_frame
from eventpack.exporting.points import Point, bounds, outside_notes, points, wkb
from eventpack.material import Material

_VERSION = "1.1.0"
_GEOMETRY = "geometry"


def write_geoparquet(material: Material, folder: Path) -> list[str]:
    """Write each table with points as `<table>.parquet`: all its columns, and the points as Well-Known Binary.

    A row without a point has no geometry. Coordinates are longitude and latitude (WGS 84), as GeoParquet takes them
    when no other system is named; the radius in which the true place lies stays a column.
    """
    import polars as pl

    told = []
    for table in material:
        if (found := points(table)) is None:
            told += outside_notes(table)
            continue
        if _GEOMETRY in table.schema.names:
            told.append(f"{table.name} is left out: it has a column `{_GEOMETRY}` already")
            continue
        shapes = [None if point is None else wkb(point) for point in found]
        frame = table.frame.with_columns(pl.Series(_GEOMETRY, shapes, dtype=pl.Binary))
        write_frame(frame, folder / f"{table.name}.parquet", material, table, {"geo": _geo(found)})
    return told


def _geo(found: Sequence[Point | None]) -> str:
    box = bounds(found)
    kinds = ["Point"] if box else []
    column = {"encoding": "WKB", "geometry_types": kinds, **({"bbox": list(box)} if box else {})}
    return json.dumps({"version": _VERSION, "primary_column": _GEOMETRY, "columns": {_GEOMETRY: column}})
