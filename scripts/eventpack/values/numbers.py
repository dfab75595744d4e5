"""Integers and decimal numbers; numbers are `Decimal`, so that text survives the round trip."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from eventpack.values.kind import TEXT_IN_SQL, SqlType, ValueType

_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_NUMBER = re.compile(r"(?:0|-?[1-9][0-9]*)(?:\.[0-9]+)?|-0\.[0-9]*[1-9][0-9]*")
_DIGIT = re.compile(r"\d")
_LONGEST = 100_000  # zeros before or after the point that are written out
_POINT_FIRST = re.compile(r"(?:^|\W)[.,]$")


def _parse_integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _parse_number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def _loose_number(text: str) -> Decimal:
    """Any number, also with an exponent, and what the standard calls NaN, INF and -INF."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        raise ValueError(text) from None
    if value.is_snan() or (value.is_nan() and value.as_tuple().digits):
        raise ValueError(text)  # not a number of any kind, and it cannot be compared
    return value


def _format_number(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and (exponent > _LONGEST or value.adjusted() < -_LONGEST):
        return str(value)  # a billion zeros help nobody
    return format(value, "f")


INTEGER = ValueType(
    "integer", "a whole number like 12 or -3, without spaces, + or leading zeros",
    _parse_integer, str, {"type": "integer"}, SqlType("BIGINT", "CAST({0} AS BIGINT) = {0}", quoted=False),
    ordered=True, loose=int, grammar=_INTEGER.pattern,
)  # fmt: skip
NUMBER = ValueType(
    "number", "a decimal number like 12, -0.5 or 36.25, without spaces, exponent or leading zeros",
    _parse_number, _format_number, {"type": "number"},
    SqlType("NUMERIC", "CAST({0} AS NUMERIC) = {0}", quoted=False),
    ordered=True, loose=_loose_number, grammar=_NUMBER.pattern,
)  # fmt: skip


def written_number(base: ValueType, decimal_char: str, group_char: str, bare: bool) -> ValueType:
    """Integers or numbers as a field's `decimalChar`, `groupChar` and `bareNumber` say that they are written."""
    decimal_char = decimal_char if base is NUMBER else ""
    group, end = re.escape(group_char), rf"(?:[{re.escape(decimal_char)}eE].*)?"
    usual = re.compile(rf"-?[0-9]{{1,3}}(?:{group}[0-9]{{2,3}})*{group}[0-9]{{3}}{end}", re.DOTALL)
    between = re.compile(rf"[+-]?\d+(?:{group}\d+)*+{end}", re.DOTALL)

    def plain(text: str, grouped: re.Pattern[str]) -> str:
        text = text if bare else _undressed(text)
        if group_char and group_char in text:
            match = grouped.fullmatch(text)
            whole = re.split(rf"[{re.escape(decimal_char)}eE]", text, maxsplit=1)[0]
            if not match or group_char in text[len(whole) :]:
                raise ValueError(text)  # without its marks it would be another number
            text = text.replace(group_char, "")
        if decimal_char not in ("", ".") and "." in text:
            raise ValueError(text)
        return text.replace(decimal_char, ".") if decimal_char else text

    def parse(text: str) -> Any:
        return base.parse(plain(text, usual))

    def loose(text: str) -> Any:
        assert base.loose is not None
        return base.loose(plain(text.strip(), between))

    def write(value: Any) -> str:
        return base.format(value).replace(".", decimal_char or ".")

    marks = [f"`{decimal_char}` before its decimals"] if decimal_char not in ("", ".") else []
    marks += [f"`{group_char}` between groups of digits"] if group_char else []
    say = ", ".join([f"{'a whole number' if base is INTEGER else 'a number'}", *marks])
    return replace(
        base, say=say if bare else f"{say}, with other text only around it", parse=parse, format=write, loose=loose,
        json_schema={"type": ["string", "number"]}, sql=TEXT_IN_SQL, grammar=None,
    )  # fmt: skip


def _undressed(text: str) -> str:
    """A number without the text around it: what stands before a digit or minus, and after the last digit."""
    start = next((at for at, char in enumerate(text) if char == "-" or _DIGIT.match(char)), len(text))
    end = next((at for at in range(len(text), start, -1) if _DIGIT.match(text[at - 1])), start)
    if _POINT_FIRST.search(text[:start]):
        raise ValueError(text)  # `.5` would become 5
    return text[start:end]
