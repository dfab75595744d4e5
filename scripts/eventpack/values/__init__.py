"""The one place that turns text into values and back: one `ValueType` per type and format of Table Schema."""

from __future__ import annotations

from decimal import Decimal

from eventpack.values.dates import DATE, YEAR
from eventpack.values.kind import ValueType
from eventpack.values.logical import BOOLEAN
from eventpack.values.numbers import INTEGER, NUMBER
from eventpack.values.text import EMAIL, STRING, URI, UUID

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

__all__ = ["TYPES", "Scalar", "ValueType", "text_of"]

Scalar = str | int | float | bool


def text_of(value: Scalar) -> str:
    """The canonical text of a JSON value: `true`, `1000000`, `0.00001`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    return str(value)
