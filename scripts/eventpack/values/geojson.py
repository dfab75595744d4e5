"""GeoJSON (RFC 7946) and TopoJSON: what shape a JSON object must have to be one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eventpack.values.jsonvalues import json_type

Shape = Callable[[Any], bool]


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _list_of(item: Shape, least: int = 0, most: float = float("inf")) -> Shape:
    return lambda value: isinstance(value, list) and least <= len(value) <= most and all(map(item, value))


def _position(value: Any) -> bool:
    return _list_of(_number, 2, 3)(value)


def _ring(value: Any) -> bool:
    return _list_of(_position, 4)(value) and value[0] == value[-1]


_LINE = _list_of(_position, 2)
_POLYGON = _list_of(_ring)
_COORDINATES: dict[str, Shape] = {
    "Point": _position,
    "MultiPoint": _list_of(_position),
    "LineString": _LINE,
    "MultiLineString": _list_of(_LINE),
    "Polygon": _POLYGON,
    "MultiPolygon": _list_of(_POLYGON),
}


def _geometry(value: Any) -> bool:
    if not isinstance(value, dict) or not _bounded(value):
        return False
    if value.get("type") == "GeometryCollection":
        return _list_of(_simple)(value.get("geometries"))
    return _simple(value)


def _simple(value: Any) -> bool:
    """A geometry that is no collection: collections inside collections are to be avoided (RFC 7946, 3.1.8)."""
    return isinstance(value, dict) and _shaped(value, _COORDINATES, "coordinates")


def _shaped(value: dict[str, Any], shapes: dict[str, Shape], member: str) -> bool:
    kind = value.get("type")
    shape = shapes.get(kind) if isinstance(kind, str) else None
    return shape is not None and member in value and shape(value[member])


def _bounded(value: dict[str, Any]) -> bool:
    return "bbox" not in value or _list_of(_number, 4)(value["bbox"])


def _feature(value: Any) -> bool:
    if not isinstance(value, dict) or value.get("type") != "Feature" or not {"geometry", "properties"} <= value.keys():
        return False
    geometry, properties = value["geometry"], value["properties"]
    return (geometry is None or _geometry(geometry)) and (properties is None or isinstance(properties, dict))


def is_geojson(value: dict[str, Any]) -> bool:
    """Whether an object is a geometry, a feature or a collection of features, without a system of coordinates."""
    if "crs" in value or not _bounded(value):
        return False
    if value.get("type") == "FeatureCollection":
        return _list_of(_feature)(value.get("features"))
    return _feature(value) or _geometry(value)


_ARCS = _list_of(_whole)
_POINTS: dict[str, Shape] = {"Point": _list_of(_number, 2), "MultiPoint": _list_of(_list_of(_number, 2))}
_LINES: dict[str, Shape] = {
    "LineString": _ARCS,
    "MultiLineString": _list_of(_ARCS),
    "Polygon": _list_of(_ARCS),
    "MultiPolygon": _list_of(_list_of(_ARCS)),
}


def _topo_geometry(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("properties", {}), dict):
        return False
    if "id" in value and not (isinstance(value["id"], str) or _whole(value["id"])):
        return False
    if value.get("type") == "GeometryCollection":
        return _list_of(_topo_geometry)(value.get("geometries"))
    return _shaped(value, _POINTS, "coordinates") or _shaped(value, _LINES, "arcs")


def _scaled(value: Any) -> bool:
    pair = _list_of(_number, 2)
    return isinstance(value, dict) and pair(value.get("scale")) and pair(value.get("translate"))


def is_topojson(value: dict[str, Any]) -> bool:
    """Whether an object is a topology."""
    objects = value.get("objects")
    return (
        value.get("type") == "Topology"
        and isinstance(objects, dict)
        and all(map(_topo_geometry, objects.values()))
        and _list_of(_list_of(_list_of(_number, 2), 2))(value.get("arcs"))
        and ("transform" not in value or _scaled(value["transform"]))
        and _bounded(value)
    )


GEOJSON = json_type("geojson", dict, "a GeoJSON object (RFC 7946)", is_geojson)
TOPOJSON = json_type("geojson", dict, "a TopoJSON topology", is_topojson)
