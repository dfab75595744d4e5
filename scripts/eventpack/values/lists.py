"""Lists: several values of one type in a cell, with a delimiter between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eventpack.values.kind import TEXT_IN_SQL, ValueType


def list_type(item: ValueType, delimiter: str) -> ValueType:
    """Lists of one type of value."""

    def each(read: Callable[[str], Any]) -> Callable[[str], tuple[Any, ...]]:
        return lambda text: tuple(map(read, text.split(delimiter)))

    def write(values: tuple[Any, ...]) -> str:
        return delimiter.join(map(item.format, values))

    return ValueType(
        "list", f"values with `{delimiter}` between them, each {item.say}", each(item.parse), write,
        {"type": "string"}, TEXT_IN_SQL, sized=True, enumerable=False, loose=each(item.read) if item.loose else None,
    )  # fmt: skip
