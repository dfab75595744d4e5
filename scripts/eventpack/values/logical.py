"""Booleans: `true` and `false`, nothing else."""

from __future__ import annotations

from eventpack.values.kind import SqlType, ValueType


def _parse(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _format(value: bool) -> str:
    return "true" if value else "false"


# SQLite knows no booleans: there the two words are text.
BOOLEAN = ValueType(
    "boolean", "true or false", _parse, _format, {"type": "boolean"}, SqlType("BOOLEAN", "{0} IN ('true', 'false')"),
    "true|false",
)  # fmt: skip
