"""The one place that turns text into values and back: one `ValueType` per type and format of Table Schema."""

from __future__ import annotations

from eventpack.values.dates import DATE, DATETIME, YEAR
from eventpack.values.kind import ValueType
from eventpack.values.logical import BOOLEAN
from eventpack.values.numbers import INTEGER, NUMBER
from eventpack.values.scalar import Scalar, text_of
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
    ("datetime", "default"): DATETIME,
    ("year", "default"): YEAR,
}

__all__ = ["TYPES", "Scalar", "ValueType", "text_of"]
