"""Points on the globe: longitude and latitude in degrees, in three ways of writing."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from eventpack.values.jsonvalues import read_json
from eventpack.values.kind import TEXT_IN_SQL, ValueType
from eventpack.values.numbers import NUMBER

Point = tuple[Decimal, Decimal]
_COMMA = re.compile(r", ?")


def _point(longitude: object, latitude: object) -> Point:
    """The point of two numbers, or of texts that are numbers."""
    if any(isinstance(part, bool) or not isinstance(part, (str, int, float)) for part in (longitude, latitude)):
        raise ValueError("not two numbers")
    try:
        found = Decimal(str(longitude)), Decimal(str(latitude))
    except InvalidOperation as error:
        raise ValueError("not two numbers") from error
    if any(part.is_nan() for part in found) or not (-180 <= found[0] <= 180 and -90 <= found[1] <= 90):
        raise ValueError("not on the globe")
    return found


def _parse_pair(text: str) -> Point:
    longitude, latitude = _COMMA.split(text)
    NUMBER.parse(longitude)
    NUMBER.parse(latitude)
    return _point(longitude, latitude)


def _loose_pair(text: str) -> Point:
    longitude, latitude = text.split(",")
    return _point(longitude.strip(), latitude.strip())


def _loose_array(text: str) -> Point:
    held = read_json(text)
    if not isinstance(held, list) or len(held) != 2:
        raise ValueError(text)
    return _point(*held)


def _loose_object(text: str) -> Point:
    held = read_json(text)
    if not isinstance(held, dict) or held.keys() != {"lon", "lat"}:
        raise ValueError(text)
    return _point(held["lon"], held["lat"])


def _of_numbers(loose: Callable[[str], Point]) -> Callable[[str], Point]:
    def parse(text: str) -> Point:
        held = read_json(text)
        parts: list[Any] = list(held.values()) if isinstance(held, dict) else held if isinstance(held, list) else []
        if any(isinstance(part, str) for part in parts):
            raise ValueError(text)
        return loose(text)

    return parse


def _write_pair(value: Point) -> str:
    return f"{NUMBER.format(value[0])},{NUMBER.format(value[1])}"


def _write_array(value: Point) -> str:
    return f"[{_write_pair(value)}]"


def _write_object(value: Point) -> str:
    return f'{{"lon": {NUMBER.format(value[0])}, "lat": {NUMBER.format(value[1])}}}'


def _type(say: str, parse: Callable[[str], Point], write: Callable[[Point], str], loose: Any) -> ValueType:
    schema = {"type": ["string", "array", "object"]}
    return ValueType("geopoint", f"longitude and latitude {say}", parse, write, schema, TEXT_IN_SQL, loose=loose)


PAIR = _type("like 13.4, 52.5", _parse_pair, _write_pair, _loose_pair)
ARRAY_POINT = _type("like [13.4, 52.5]", _of_numbers(_loose_array), _write_array, _loose_array)
OBJECT_POINT = _type('like {"lon": 13.4, "lat": 52.5}', _of_numbers(_loose_object), _write_object, _loose_object)
