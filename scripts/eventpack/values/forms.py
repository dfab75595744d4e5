"""Which type of value a field has: its type, its format, and the options that say how its texts are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from eventpack.frozen import Frozen
from eventpack.values.dates import DATE, MONTH, YEAR
from eventpack.values.kind import ValueType
from eventpack.values.logical import BOOLEAN, worded_boolean, words_in_both
from eventpack.values.numbers import INTEGER, NUMBER, written_number
from eventpack.values.text import ANY, BINARY, EMAIL, STRING, URI, UUID

# The types and formats that event data are made of; others are made when a field asks for them.
TYPES: dict[tuple[str, str], ValueType] = {
    ("string", "default"): STRING,
    ("string", "uri"): URI,
    ("string", "email"): EMAIL,
    ("string", "uuid"): UUID,
    ("integer", "default"): INTEGER,
    ("number", "default"): NUMBER,
    ("boolean", "default"): BOOLEAN,
    ("date", "default"): DATE,
    ("year", "default"): YEAR,
}
_ITEMS = ("string", "integer", "boolean", "number", "datetime", "date", "time")
_NOT_A_MARK = re.compile(r"[\w+-]")


class Options(Frozen):
    """How texts of a field are written, where that is not the plain way; None and empty: as the standard has it."""

    decimal_char: str = "."
    group_char: str = ""
    bare_number: bool = True
    true_values: tuple[str, ...] | None = None
    false_values: tuple[str, ...] | None = None
    item_type: str = "string"
    delimiter: str = ","


PLAIN = Options()


def type_of(type: str, format: str = "default", options: Options = PLAIN) -> ValueType | None:
    """The type of value of a field; none when its type or format is not known, or `option_problem` has something."""
    if options == PLAIN and (known := TYPES.get((type, format))):
        return known
    return _made(type, format, options)


def option_problem(type: str, options: Options) -> tuple[str, str]:
    """The property that makes no sense for fields of a type and what is wrong with it, or two empty texts."""
    if type in ("integer", "number"):
        return _mark_problem(options)
    if type == "boolean" and (both := words_in_both(options.true_values, options.false_values)):
        return "trueValues", f"`{min(both)}` would be true as well as false"
    if type == "list" and options.item_type not in _ITEMS:
        return "itemType", f"`{options.item_type}` is not a type of items: {', '.join(_ITEMS)}"
    if type == "list" and not options.delimiter:
        return "delimiter", "the delimiter must not be empty"
    return "", ""


def _mark_problem(options: Options) -> tuple[str, str]:
    decimal, group = options.decimal_char, options.group_char
    if len(decimal) != 1 or _NOT_A_MARK.search(decimal) or decimal.isspace():
        return "decimalChar", f"{decimal!r} is not one character that can stand before decimals"
    if _NOT_A_MARK.search(group.replace("_", "")):
        return "groupChar", f"{group!r} cannot stand between digits"
    if group == decimal:
        return "groupChar", f"{group!r} stands before decimals already"
    return "", ""


@lru_cache(maxsize=1024)
def _made(type: str, format: str, options: Options) -> ValueType | None:
    if option_problem(type, options)[0]:
        return None
    if type == "integer" and format == "default":
        plain = not options.group_char and options.bare_number
        return INTEGER if plain else _number(INTEGER, options)
    if type == "number" and format == "default":
        plain = not options.group_char and options.bare_number and options.decimal_char == "."
        return NUMBER if plain else _number(NUMBER, options)
    if type == "boolean" and format == "default":
        words: tuple[Sequence[str] | None, ...] = (options.true_values, options.false_values)
        return BOOLEAN if words == (None, None) else worded_boolean(*words)
    if type == "list" and format == "default":
        from eventpack.values.lists import list_type

        item = type_of(options.item_type)
        return list_type(item, options.delimiter) if item else None
    return TYPES.get((type, format)) or _rare(type, format)


def _number(base: ValueType, options: Options) -> ValueType:
    return written_number(base, options.decimal_char, options.group_char, options.bare_number)


def _rare(type: str, format: str) -> ValueType | None:
    if format in _RARE.get(type, {}):
        return _RARE[type][format]()
    if type not in ("date", "time", "datetime"):
        return None
    from eventpack.values.patterns import anyhow, patterned

    return anyhow(type) if format == "any" else patterned(type, format)


def _moment(type: str) -> ValueType:
    from eventpack.values.times import DATETIME, DURATION, TIME

    return {"datetime": DATETIME, "time": TIME, "duration": DURATION}[type]


def _json(type: str) -> ValueType:
    from eventpack.values.jsonvalues import ARRAY, OBJECT

    return {"array": ARRAY, "object": OBJECT}[type]


def _point(format: str) -> ValueType:
    from eventpack.values.points import ARRAY_POINT, OBJECT_POINT, PAIR

    return {"default": PAIR, "array": ARRAY_POINT, "object": OBJECT_POINT}[format]


def _geojson(format: str) -> ValueType:
    from eventpack.values.geojson import GEOJSON, TOPOJSON

    return {"default": GEOJSON, "topojson": TOPOJSON}[format]


_RARE: dict[str, dict[str, Callable[[], ValueType]]] = {
    "string": {"binary": lambda: BINARY},
    "any": {"default": lambda: ANY},
    "yearmonth": {"default": lambda: MONTH},
    "datetime": {"default": lambda: _moment("datetime")},
    "time": {"default": lambda: _moment("time")},
    "duration": {"default": lambda: _moment("duration")},
    "array": {"default": lambda: _json("array")},
    "object": {"default": lambda: _json("object")},
    "geopoint": {
        "default": lambda: _point("default"),
        "array": lambda: _point("array"),
        "object": lambda: _point("object"),
    },
    "geojson": {"default": lambda: _geojson("default"), "topojson": lambda: _geojson("topojson")},
}
