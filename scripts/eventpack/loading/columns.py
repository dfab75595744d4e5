"""Tables of text as polars frames: every cell becomes the value that its schema says, or the reading stops there.

Texts become values by `eventpack.values`, each distinct text once. A number becomes a 64-bit float, since that is what
statistics work on; its exact decimal text stays in the CSV file.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import polars as pl

from eventpack.finding import near_miss, shorten
from eventpack.schema import Field, Schema
from eventpack.tables import Table
from eventpack.values import missing_texts

Codes = Sequence[str] | None
_Parse = Callable[[str], Any]

# Other types stay text.
_DTYPES: Mapping[str, type[pl.DataType]] = {
    "string": pl.String, "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date,
    "year": pl.Int16,
}  # fmt: skip
_WIDEST = 2**63


class Misfit(Exception):
    """A text that is no value of its field; `row` counts from 0."""

    def __init__(self, row: int, field: str, what: str) -> None:
        super().__init__(what)
        self.row, self.field, self.what = row, field, what


def frame_of(table: Table, schema: Schema, codes: Mapping[str, Sequence[str]], canonical: bool = True) -> pl.DataFrame:
    """The table as a frame with the schema's fields; a field with `codes` is an enum of them in their order.

    Texts that the schema counts as missing are null. Where texts need not be `canonical`, loose forms are read as well.

    Raises:
        Misfit: A cell does not fit its field.
    """
    columns = []
    for field in schema.fields:
        missing = missing_texts(schema, field)
        columns.append(_series(field, table.column(field.name), codes.get(field.name), missing, canonical))
    return pl.DataFrame(columns)


def dtype_of(field: Field, codes: Codes) -> pl.DataType:
    """The polars type of a field that the schema's judge knows."""
    assert field.value_type is not None  # other fields make a table unsound
    return _DTYPES.get(field.value_type.name, pl.String)() if codes is None else pl.Enum(codes)


def value_of(field: Field, text: str, canonical: bool = True) -> Any:
    """The Python value of a cell that is not empty, as frames hold it; of types that they do not have, the text.

    Raises:
        ValueError: The text is no value of the field, with a sentence that says why.
    """
    kind = field.value_type
    assert kind is not None
    try:
        value = kind.parse(text) if canonical else kind.read(text)
    except ValueError:
        raise ValueError(f"`{shorten(text)}` does not fit: `{field.name}` must be {kind.say}") from None
    if kind.name not in _DTYPES:
        return text
    if kind.name == "number":
        wide = math.isinf(float(value)) and not value.is_infinite()
        value = float(value)
    else:
        wide = kind.name == "integer" and not -_WIDEST <= value < _WIDEST
    if wide:
        raise ValueError(f"`{shorten(text)}` does not fit: it is too large for a column of 64 bits")
    return value


def code_problem(field: str, text: str, codes: Sequence[str]) -> str:
    """What is wrong with a text that is none of the codes."""
    return f"`{shorten(text)}` is not a code of `{field}`{near_miss(text, codes)}"


def _series(field: Field, texts: Sequence[str], codes: Codes, missing: Collection[str], canonical: bool) -> pl.Series:
    known: dict[str, Any] = {"": None, **dict.fromkeys(missing)}
    parse = _value_parser(field, canonical) if codes is None else _code_parser(field, codes)
    for text in dict.fromkeys(texts):
        if text not in known:
            try:
                known[text] = parse(text)
            except ValueError as error:
                raise Misfit(texts.index(text), field.name, str(error)) from None
    return pl.Series(field.name, [known[text] for text in texts], dtype=dtype_of(field, codes))


def _value_parser(field: Field, canonical: bool) -> _Parse:
    return lambda text: value_of(field, text, canonical)


def _code_parser(field: Field, codes: Sequence[str]) -> _Parse:
    known = frozenset(codes)

    def parse(text: str) -> str:
        if text not in known:
            raise ValueError(code_problem(field.name, text, codes))
        return text

    return parse
