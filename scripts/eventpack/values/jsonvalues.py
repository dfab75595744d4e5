"""Arrays and objects: cells that hold JSON. Their values are frozen, so that they can be compared and be keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any

from eventpack.values.kind import TEXT_IN_SQL, ValueType


class Truth(Enum):
    """The truth values of JSON, which are no numbers, as Python's are."""

    TRUE = True
    FALSE = False


def read_json(text: str) -> Any:
    """The JSON value of a text.

    Raises:
        ValueError: It is no JSON, too deep, holds NaN or an infinite number, or a name twice in one object.
    """
    try:
        return json.loads(text, parse_constant=_refuse, object_pairs_hook=_object)
    except RecursionError:
        raise ValueError("too deep") from None


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        raise ValueError("a name stands twice in an object")
    return result


def freeze(value: Any) -> Any:
    """A JSON value as one that can be hashed; equal values are equal JSON."""
    if isinstance(value, bool):
        return Truth(value)
    if isinstance(value, list):
        return tuple(map(freeze, value))
    if isinstance(value, dict):
        return frozenset((name, freeze(member)) for name, member in value.items())
    return Decimal(repr(value)) if isinstance(value, float) else value


def _thaw(value: Any) -> Any:
    if isinstance(value, Truth):
        return value.value
    if isinstance(value, tuple):
        return [_thaw(item) for item in value]
    if isinstance(value, frozenset):
        return {name: _thaw(member) for name, member in sorted(value, key=lambda pair: str(pair[0]))}
    return float(value) if isinstance(value, Decimal) else value


def write_json(value: Any) -> str:
    """The text of a frozen value, with the names of objects in order."""
    return json.dumps(_thaw(value), ensure_ascii=False)


def json_type(name: str, kind: type, say: str, fits: Callable[[Any], bool] = lambda value: True) -> ValueType:
    """A type whose cells hold JSON of one kind."""

    def parse(text: str) -> Any:
        value = read_json(text)
        if not isinstance(value, kind):
            raise ValueError(text)
        try:
            if not fits(value):
                raise ValueError(text)
            return freeze(value)
        except RecursionError:
            raise ValueError("too deep") from None

    schema = {"type": ["string", "array" if kind is list else "object"]}
    return ValueType(name, say, parse, write_json, schema, TEXT_IN_SQL, sized=name in ("array", "object"))


ARRAY = json_type("array", list, 'a JSON array, like ["a", 1]')
OBJECT = json_type("object", dict, 'a JSON object, like {"a": 1}')
