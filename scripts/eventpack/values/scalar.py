"""JSON values of a schema, such as bounds and codes, as the text that stands in a cell."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

Scalar = str | int | float | bool
Json = Scalar | list[Any] | dict[str, Any]


def text_of(value: Json) -> str:
    """The canonical text of a JSON value: `true`, `1000000` for 1e6, `0.00001` for 1e-5, `2` for 2.0, `[1]`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(Decimal(repr(value or 0.0)), "f").removesuffix(".0")  # `or`: minus zero is zero
    if isinstance(value, (list, dict)):
        import json

        return json.dumps(value, ensure_ascii=False)
    return str(value)
