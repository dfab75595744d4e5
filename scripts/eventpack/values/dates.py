"""Calendar dates and years; the text forms compare in time order."""

from __future__ import annotations

import re
from datetime import date

from eventpack.values.kind import SqlType, ValueType

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}")


def _parse_date(text: str) -> date:
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _parse_year(text: str) -> int:
    if not _YEAR.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _format_year(year: int) -> str:
    return f"{year:04d}"


DATE = ValueType(
    "date", "a day that the calendar has, like 2026-03-01", _parse_date, date.isoformat,
    {"type": "string", "format": "date"},
    SqlType("DATE", "CAST({0} AS TEXT) LIKE '____-__-__' AND rtrim(CAST({0} AS TEXT), '0123456789-') = ''"),
    ordered=True,
)  # fmt: skip
YEAR = ValueType(
    "year", "a year of four digits, like 2026", _parse_year, _format_year, {"type": "integer"},
    SqlType("INTEGER", "CAST({0} AS INTEGER) = {0} AND {0} BETWEEN 0 AND 9999"), ordered=True,
)  # fmt: skip
