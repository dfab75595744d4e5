"""Tables that are written in JSON: a list of rows, one row a line, or rows inside the descriptor."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable
from io import StringIO
from typing import Any

from eventpack.dialect import Dialect
from eventpack.document import Document
from eventpack.errors import TextError
from eventpack.foreign.grid import Grid
from eventpack.foreign.header import MORE_COLUMNS
from eventpack.jsontext import Pointer, canonical_json, item_offsets, json_position, parse_json
from eventpack.schema import Schema
from eventpack.yamldoc import SUFFIXES

Place = Callable[[int, Pointer], tuple[int, int]]  # of a value inside a row
_LINE_END = re.compile("\n")

# Which JSON values a type takes beside text; those of `any` are all.
_TAKES: dict[str, tuple[type, ...]] = {
    "integer": (int, float), "number": (int, float), "year": (int,), "boolean": (bool,), "array": (list,),
    "object": (dict,), "geojson": (dict,), "geopoint": (list, dict), "any": (bool, int, float, list, dict),
}  # fmt: skip


def json_grid(text: str, path: str, dialect: Dialect, schema: Schema) -> Grid:
    """The rows of a JSON file.

    Raises:
        TextError: `json/json`, `json/rows` or `json/field`.
    """
    value = parse_json(text, "json")
    pointer: Pointer = ()
    for step in dialect.inside.split(".") if dialect.inside else ():
        if not isinstance(value, dict) or step not in value:
            raise TextError("json/rows", f"there is no property `{step}`", *json_position(text, pointer))
        value, pointer = value[step], (*pointer, step)
    if not isinstance(value, list):
        what = "a table in JSON is a list of rows"
        raise TextError("json/rows", what, *json_position(text, pointer), "write the rows as one list")
    if not value:  # a table without rows: objects have no header that could be missed
        return _keyed(value, path, dialect, schema, lambda row, inside: (1, 1))
    return _grid(value, path, dialect, schema, _placed(text, pointer))


def _placed(text: str, pointer: Pointer) -> Place:
    """Where values inside the items of a list stand; items and lines are looked for when the first is asked for."""
    offsets, lines = array("Q"), array("Q")

    def place(row: int, inside: Pointer) -> tuple[int, int]:
        if not offsets:
            offsets.extend(item_offsets(text, pointer))
            lines.extend((0, *(match.end() for match in _LINE_END.finditer(text))))
        start, end = offsets[row], offsets[row + 1] if row + 1 < len(offsets) else len(text)
        line = bisect_right(lines, start)
        column = start - lines[line - 1] + 1
        below, right = json_position(text[start:end], inside) if inside else (1, 1)
        return line + below - 1, right if below > 1 else column + right - 1

    return place


def jsonl_grid(text: str, path: str, dialect: Dialect, schema: Schema) -> Grid:
    """The rows of a file with one JSON value a line; blank lines are passed over.

    Raises:
        TextError: `json/json`, `json/rows` or `json/field`.
    """
    values, numbers, starts, at = [], array("L"), array("Q"), 0
    for number, piece in enumerate(StringIO(text, newline="\n"), 1):
        line = piece.removesuffix("\n")
        if line.strip():
            try:
                values.append(parse_json(line, "json"))
            except TextError as error:
                raise TextError(error.code, error.what, number, error.column, error.fix, error.found) from error
            numbers.append(number)
            starts.append(at)
        at += len(piece)

    def place(row: int, inside: Pointer) -> tuple[int, int]:
        end = text.find("\n", starts[row]) % (len(text) + 1)  # none is the end of the text
        return numbers[row], json_position(text[starts[row] : end], inside)[1]

    return _grid(values, path, dialect, schema, place)


def inline_grid(value: object, document: Document, dialect: Dialect, schema: Schema) -> Grid:
    """The rows of `data` in a descriptor; `document` is the place of `data`.

    Raises:
        TextError: `json/rows` or `json/field`.
    """

    def place(row: int, inside: Pointer) -> tuple[int, int]:
        where = document.at(row, *inside)
        return where.line, where.column

    if not isinstance(value, list):
        where = document.at()
        what = "a table in the descriptor is a list of rows"
        raise TextError("json/rows", what, where.line, where.column, "write the rows as one list")
    in_yaml = document.path.lower().endswith(SUFFIXES)
    return _grid(
        list(value), document.path, dialect, schema, place if in_yaml else _placed(document.text, document.base)
    )


def _grid(values: list[Any], path: str, dialect: Dialect, schema: Schema, place: Place) -> Grid:
    if not values:
        raise TextError("json/rows", "there is no row", fix="write the header as the first row")
    kind = type(values[0])
    if kind not in (list, dict):
        what = "a row is a list of cells or an object"
        raise TextError("json/rows", what, *place(0, ()), "write each row as a list, or as an object")
    for row, value in enumerate(values):
        if type(value) is not kind:
            what = f"the rows before are {'lists' if kind is list else 'objects'}, and this is none"
            raise TextError("json/rows", what, *place(row, ()), "write all rows alike")
    if kind is list:
        return Grid(path, values, lambda row, column: _place_item(values, place, row, column))
    return _keyed(values, path, dialect, schema, place)


def _place_item(values: list[Any], place: Place, row: int, column: int) -> tuple[int, int]:
    return place(row, (column,) if column < len(values[row]) else ())


def _keyed(values: list[dict[str, Any]], path: str, dialect: Dialect, schema: Schema, place: Place) -> Grid:
    """Objects as rows: their columns are the keys that the dialect names, or else the fields of the schema."""
    keys, known = list(dialect.item_keys or schema.names), set(schema.names)
    chosen = bool(dialect.item_keys) or schema.match_mode in MORE_COLUMNS  # other keys may be there
    for row, value in enumerate([] if chosen else values):
        if not known.issuperset(value):
            key = next(key for key in value if key not in known)
            what = f"the key `{key}` is not a field"
            raise TextError("json/field", what, *place(row, (key,)), "add it to the schema, or remove it", key)
    rows: list[Any] = values
    for index, value in enumerate(values):  # in place: objects take many times what lists do
        rows[index] = [value.get(key) for key in keys]
    rows.insert(0, keys)

    def place_value(row: int, column: int) -> tuple[int, int]:
        return place(max(row - 1, 0), (keys[column],) if row else ())  # that of the row when the key is not there

    return Grid(path, rows, place_value, keyed=True)


def text_of_json(value: object, kind: str) -> str | None:
    """A JSON value as the text of a cell of some type, null as the empty text; none when the type does not take it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if not isinstance(value, _TAKES.get(kind, ())) or (isinstance(value, bool) and kind not in ("boolean", "any")):
        return None
    if isinstance(value, float):
        return str(int(value)) if kind in ("integer", "any") and value.is_integer() else repr(value)
    return str(value) if type(value) is int else canonical_json(value).decode("utf-8")
