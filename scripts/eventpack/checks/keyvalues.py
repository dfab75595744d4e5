"""The values of a key by row, so that `1`, `1.0` and ` 1` are one number wherever keys are compared."""

from __future__ import annotations

from collections.abc import Sequence

from eventpack.schema import Schema
from eventpack.tables import Table
from eventpack.values import ValueType

Key = tuple[object, ...]


def key_values(table: Table, schema: Schema, names: Sequence[str]) -> list[Key]:
    """The key of each row; what is missing is the empty text, and text that has no value stays text."""
    columns = [_values(table.column(name), schema.field(name).value_type) for name in names]
    return list(zip(*columns, strict=True))


def key_text(table: Table, row: int, names: Sequence[str]) -> str:
    """The key of one row as it is written."""
    return ", ".join(table.column(name)[row] for name in names)


def is_complete(key: Key) -> bool:
    """Whether no part of the key is missing."""
    return "" not in key


def _values(column: Sequence[str], kind: ValueType | None) -> Sequence[object]:
    if kind is None or kind.text:
        return column
    values = {text: _value(kind, text) for text in set(column)}
    return [values[text] for text in column]


def _value(kind: ValueType, text: str) -> object:
    try:
        value: object = kind.read(text)
    except ValueError:
        return text  # the check of cells reports it
    return value
