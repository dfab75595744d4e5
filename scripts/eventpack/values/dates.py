"""Calendar dates, years and times; the text forms of dates and years compare in time order."""

from __future__ import annotations

import re
from datetime import date, datetime

from eventpack.values.kind import SqlType, ValueType

# The days that the calendar has, from the year 1, as one pattern: those of every year, then those of leap years.
_FROM_1 = r"(?:[0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})"
_EACH_YEAR = (
    r"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_FOURTH = r"(?:0[48]|[2468][048]|[13579][26])"
_CALENDAR = rf"(?:{_FROM_1}-{_EACH_YEAR}|(?:[0-9]{{2}}{_FOURTH}|{_FOURTH}00)-02-29)"
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?"
_DATE = re.compile(_CALENDAR)
_TIME = re.compile(f"{_CALENDAR}T{_CLOCK}")
_YEAR = re.compile(r"[0-9]{4}")


def _parse_date(text: str) -> date:
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _parse_time(text: str) -> datetime:
    if not _TIME.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text)


def _format_time(time: datetime) -> str:
    return time.isoformat().replace("+00:00", "Z")


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
    _DATE.pattern, ordered=True,
)  # fmt: skip
DATETIME = ValueType(
    "datetime", "a day and time like 2026-03-01T12:00:00Z", _parse_time, _format_time,
    {"type": "string", "format": "date-time"}, SqlType("TEXT", "{0} LIKE '____-__-__T__:__:__%'"), _TIME.pattern,
)  # fmt: skip
YEAR = ValueType(
    "year", "a year of four digits, like 2026", _parse_year, _format_year, {"type": "integer"},
    SqlType("INTEGER", "CAST({0} AS INTEGER) = {0} AND {0} BETWEEN 0 AND 9999"), _YEAR.pattern, ordered=True,
)  # fmt: skip
