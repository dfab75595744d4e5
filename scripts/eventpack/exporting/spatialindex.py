"""The spatial index of a layer of a GeoPackage: an R-tree, and the triggers that keep it when the layer is edited.

The standard prescribes names and statements word for word; the functions in them (ST_MinX …) come with GDAL, QGIS and
other editors. http://www.geopackage.org/spec130/#extension_rtree
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from eventpack.derive.sqltext import quoted
from eventpack.exporting.points import Point

_DEFINITION = "http://www.geopackage.org/spec130/#extension_rtree"
_BOX = "ST_MinX(NEW.{c}), ST_MaxX(NEW.{c}), ST_MinY(NEW.{c}), ST_MaxY(NEW.{c})"
_FILLED, _BLANK = "(NEW.{c} NOTNULL AND NOT ST_IsEmpty(NEW.{c}))", "(NEW.{c} ISNULL OR ST_IsEmpty(NEW.{c}))"
_PUT = f"INSERT OR REPLACE INTO {{r}} VALUES (NEW.{{i}}, {_BOX});"
_DROP, _DROP_BOTH = "DELETE FROM {r} WHERE id = OLD.{i};", "DELETE FROM {r} WHERE id IN (OLD.{i}, NEW.{i});"
# Per trigger its name, the change, when it acts, and what it does.
_TRIGGERS = (
    ("insert", "INSERT", "(NEW.{c} NOT NULL AND NOT ST_IsEmpty(NEW.{c}))", _PUT),
    ("update1", "UPDATE OF {c}", f"OLD.{{i}} = NEW.{{i}} AND {_FILLED}", _PUT),
    ("update2", "UPDATE OF {c}", f"OLD.{{i}} = NEW.{{i}} AND {_BLANK}", _DROP),
    ("update3", "UPDATE", f"OLD.{{i}} != NEW.{{i}} AND {_FILLED}", f"{_DROP} {_PUT}"),
    ("update4", "UPDATE", f"OLD.{{i}} != NEW.{{i}} AND {_BLANK}", _DROP_BOTH),
    ("delete", "DELETE", "OLD.{c} NOT NULL", _DROP),
)  # fmt: skip


def add_spatial_index(
    connection: sqlite3.Connection, table: str, shape: str, number: str, found: Sequence[Point | None]
) -> None:
    """Index a layer whose rows, numbered from 1 in the column `number`, have points in the column `shape`."""
    tree = f"rtree_{table}_{shape}"
    connection.execute(f"CREATE VIRTUAL TABLE {quoted(tree)} USING rtree(id, minx, maxx, miny, maxy)")
    boxes = ((row, p[0], p[0], p[1], p[1]) for row, p in enumerate(found, 1) if p is not None)
    connection.executemany(f"INSERT INTO {quoted(tree)} VALUES (?, ?, ?, ?, ?)", boxes)
    words = {"t": quoted(table), "r": quoted(tree), "c": quoted(shape), "i": quoted(number)}
    for name, change, when, act in _TRIGGERS:
        head = f"CREATE TRIGGER {quoted(f'{tree}_{name}')} AFTER {change} ON {{t}} WHEN {when} BEGIN {act} END"
        connection.execute(head.format_map(words))
    row = (table, shape, "gpkg_rtree_index", _DEFINITION, "write-only")
    connection.execute("INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)", row)
