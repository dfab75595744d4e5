"""GeoPackage 1.3 (OGC): tables with points as layers, with extent and spatial index, the others as plain tables.

http://www.geopackage.org/spec130/
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from eventpack.derive.sqltext import quoted
from eventpack.exporting.database import database, insert, nan_notes, sql_frame
from eventpack.exporting.points import Point, bounds, outside_notes, points, wkb
from eventpack.exporting.spatialindex import add_spatial_index
from eventpack.material import Column, Material, TypedTable

_APPLICATION, _VERSION, _WGS84 = 0x47504B47, 10300, 4326  # "GPKG", 1.3, and longitude and latitude
_TYPES = {"integer": "INTEGER", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE", "year": "INTEGER"}
_MOMENT = "1970-01-01T00:00:00.000Z"  # of data that do not say when they were made: the same bytes every time


def write_geopackage(material: Material, folder: Path) -> list[str]:
    """Write `<name>.gpkg`.

    A table with points is a layer of features, a row without a point a feature without geometry; the radius in which
    the true place lies stays a column. Titles and descriptions of columns, and the labels of their codes, stand in the
    tables of the schema extension, where GDAL and QGIS look for them.

    Raises:
        EventpackError: The data do not keep primary keys.
    """
    notes: list[str] = []
    with database(folder / f"{material.label}.gpkg", "the layers") as connection:
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {_VERSION}")
        for statement in (Path(__file__).parent / "geopackage.sql").read_text("utf-8").split(";\n"):
            connection.execute(statement)
        for table in material:
            found = points(table)
            _add_table(connection, material, table, found)
            _describe(connection, table)
            notes += nan_notes(table)
            notes += outside_notes(table) if found is None else []
    return notes


def _add_table(
    connection: sqlite3.Connection, material: Material, table: TypedTable, found: Sequence[Point | None] | None
) -> None:
    number, shape = _free("fid", table), _free("geom", table)
    columns = [f"{quoted(number)} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"]
    columns += [f"{quoted(shape)} POINT"] if found is not None else []
    columns += [f"{quoted(column.name)} {_type(column)}{_demand(table, column)}" for column in table.columns]
    connection.execute(f"CREATE TABLE {quoted(table.name)} ({', '.join(columns)})")
    box = bounds(found or []) or (None,) * 4
    kind = "attributes" if found is None else "features"
    moment = material.package.descriptor.created or _MOMENT
    row = (
        table.name,
        kind,
        table.name,
        table.description or table.title,
        moment,
        *box,
        _WGS84 if found is not None else None,
    )
    connection.execute("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    names = [number, *([shape] if found is not None else []), *table.frame.columns]
    insert(connection, table.name, names, _rows(table, found))
    if found is not None:
        layer = (table.name, shape, "POINT", _WGS84, 0, 0)
        connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, ?, ?)", layer)
        add_spatial_index(connection, table.name, shape, number, found)


def _rows(table: TypedTable, found: Sequence[Point | None] | None) -> Iterator[tuple[Any, ...]]:
    rows = sql_frame(table, booleans=True).iter_rows()
    if found is None:
        return ((number, *row) for number, row in enumerate(rows, 1))
    return ((number, _shape(point), *row) for number, (row, point) in enumerate(zip(rows, found, strict=True), 1))


def _shape(point: Point | None) -> bytes | None:
    """A geometry as the standard stores it: its mark, version 0, little-endian without a box, system, and the shape."""
    return None if point is None else struct.pack("<2sBBi", b"GP", 0, 1, _WGS84) + wkb(point)


def _type(column: Column) -> str:
    return _TYPES.get(column.kind, "TEXT")


def _demand(table: TypedTable, column: Column) -> str:
    """What else the standard lets a column say."""
    demands = " NOT NULL" if table.schema.demands(column.name) else ""
    return f"{demands} UNIQUE" if column.name == table.key else demands


def _describe(connection: sqlite3.Connection, table: TypedTable) -> None:
    for column in table.columns:
        constraint = f"{table.name}.{column.name}" if column.labels else None
        row = (table.name, column.name, column.name, column.title, column.description or None, None, constraint)
        connection.execute("INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        codes = (column.labels or {}).items()
        named = [(constraint, "enum", code, None, None, None, None, text) for code, text in codes]
        connection.executemany("INSERT INTO gpkg_data_column_constraints VALUES (?, ?, ?, ?, ?, ?, ?, ?)", named)


def _free(name: str, table: TypedTable) -> str:
    """A name that no column of the table has."""
    taken = {column.lower() for column in table.frame.columns}
    while name in taken:
        name += "_"
    return name
