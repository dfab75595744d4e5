"""Calendar dates, months and years; the text forms compare in time order."""

from __future__ import annotations

import re
from datetime import date, datetime

from eventpack import limits
from eventpack.values.kind import SqlType, ValueType

# The days that the calendar has, from the year 1, as one pattern: those of every year, then those of leap years.
_FROM_1 = r"(?:[0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})"
_EACH_YEAR = (
    r"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_FOURTH = r"(?:0[48]|[2468][048]|[13579][26])"
CALENDAR = rf"(?:{_FROM_1}-{_EACH_YEAR}|(?:[0-9]{{2}}{_FOURTH}|{_FOURTH}00)-02-29)"
_DATE = re.compile(CALENDAR)
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_YEAR = re.compile(r"[0-9]{4}")


def _parse_date(text: str) -> date:
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _loose_date(text: str) -> date:
    if len(text) > limits.MOMENT:
        raise ValueError(text)
    return datetime.strptime(text, "%Y-%m-%d").date()


def _parse_year(text: str) -> int:
    if not _YEAR.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _loose_year(text: str) -> int:
    if len(text) != 4 or (year := int(text)) < 0:
        raise ValueError(text)
    return year


def _format_year(year: int) -> str:
    return f"{year:04d}"


def _parse_month(text: str) -> tuple[int, int]:
    if not _MONTH.fullmatch(text):
        raise ValueError(text)
    return int(text[:4]), int(text[5:])


def _loose_month(text: str) -> tuple[int, int]:
    year, month = map(int, text.split("-"))
    if not 1 <= month <= 12:
        raise ValueError(text)
    return year, month


def _format_month(value: tuple[int, int]) -> str:
    return f"{value[0]:04d}-{value[1]:02d}"


DATE = ValueType(
    "date", "a day that the calendar has, like 2026-03-01", _parse_date, date.isoformat,
    {"type": "string", "format": "date"},
    SqlType("DATE", "CAST({0} AS TEXT) LIKE '____-__-__' AND rtrim(CAST({0} AS TEXT), '0123456789-') = ''"),
    ordered=True, loose=_loose_date, grammar=CALENDAR,
)  # fmt: skip
YEAR = ValueType(
    "year", "a year of four digits, like 2026", _parse_year, _format_year, {"type": "integer"},
    SqlType("INTEGER", "CAST({0} AS INTEGER) = {0} AND {0} BETWEEN 0 AND 9999"), ordered=True, loose=_loose_year,
    grammar=_YEAR.pattern,
)  # fmt: skip
MONTH = ValueType(
    "yearmonth", "a month of a year, like 2026-03", _parse_month, _format_month, {"type": "string"},
    SqlType("TEXT", "{0} LIKE '____-__' AND rtrim({0}, '0123456789-') = ''"), ordered=True, loose=_loose_month,
    grammar=_MONTH.pattern,
)  # fmt: skip
