"""Integers and decimal numbers; numbers are `Decimal`, so that text survives the round trip."""

from __future__ import annotations

import re
from decimal import Decimal

from eventpack.values.kind import SqlType, ValueType

_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_NUMBER = re.compile(r"(?:0|-?[1-9][0-9]*)(?:\.[0-9]+)?|-0\.[0-9]*[1-9][0-9]*")


def _parse_integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _parse_number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def _format_number(value: Decimal) -> str:
    return format(value, "f")


INTEGER = ValueType(
    "integer", "a whole number like 12 or -3, without spaces, + or leading zeros",
    _parse_integer, str, {"type": "integer"}, SqlType("BIGINT", "CAST({0} AS BIGINT) = {0}", quoted=False),
    _INTEGER.pattern, ordered=True,
)  # fmt: skip
NUMBER = ValueType(
    "number", "a decimal number like 12, -0.5 or 36.25, without spaces, exponent or leading zeros",
    _parse_number, _format_number, {"type": "number"},
    SqlType("NUMERIC", "CAST({0} AS NUMERIC) = {0}", quoted=False), _NUMBER.pattern, ordered=True,
)  # fmt: skip
