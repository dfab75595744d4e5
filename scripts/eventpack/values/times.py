"""Times of a day and of a date, and durations.

The canonical forms are read here; other forms of ISO 8601 by the libraries that frictionless reads them with, which
are imported when such a text is met.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time
from decimal import Decimal

from eventpack import limits
from eventpack.values.dates import CALENDAR
from eventpack.values.kind import TEXT_IN_SQL, ValueType

_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?"
_TIME = re.compile(_CLOCK)
_DATETIME = re.compile(f"{CALENDAR}T{_CLOCK}")
_SIZE = r"([0-9]+(?:\.[0-9]+)?)"
_DURATION = re.compile(
    rf"(-?)P(?=[0-9T])(?:{_SIZE}Y)?(?:{_SIZE}M)?(?:{_SIZE}W)?(?:{_SIZE}D)?"
    rf"(?:T(?=[0-9])(?:{_SIZE}H)?(?:{_SIZE}M)?(?:{_SIZE}S)?)?"
)
_SECONDS = (604_800, 86_400, 3_600, 60, 1)  # of a week, day, hour, minute, second
_MOST_SECONDS = 999_999_999 * 86_400  # of a timedelta

Duration = tuple[Decimal, Decimal]


def _parse_datetime(text: str) -> datetime:
    if not _DATETIME.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text)


def _loose_datetime(text: str) -> datetime:
    from dateutil.parser import isoparse  # type: ignore[import-untyped]

    if not 19 <= len(text) <= limits.MOMENT or text[16] != ":":
        raise ValueError(text)  # as frictionless: shorter forms lack the seconds
    value: datetime = isoparse(text)
    return value


def _parse_time(text: str) -> time:
    if not _TIME.fullmatch(text):
        raise ValueError(text)
    return time.fromisoformat(text)


def _loose_time(text: str) -> time:
    from dateutil.parser import isoparse

    if not 8 <= len(text) <= limits.MOMENT or text[5] != ":":
        raise ValueError(text)
    value: datetime = isoparse(f"2000-01-01T{text}")
    return value.timetz()


def _format_clock(value: datetime | time) -> str:
    return value.isoformat().replace("+00:00", "Z")


def _parse_duration(text: str) -> Duration:
    match = _DURATION.fullmatch(text)
    if not match:
        raise ValueError(text)
    sign, *sizes = match.groups()
    try:
        years, months, *rest = (Decimal(size or 0) for size in sizes)
        seconds = sum((size * unit for size, unit in zip(rest, _SECONDS, strict=True)), Decimal(0))
        factor = -1 if sign else 1
        if seconds >= _MOST_SECONDS:
            raise ValueError(text)
        return factor * (years * 12 + months), factor * seconds
    except ArithmeticError as error:
        raise ValueError(text) from error


def _loose_duration(text: str) -> Duration:
    if len(text) > limits.MOMENT:
        raise ValueError(text)
    from isodate import Duration as Parsed  # type: ignore[import-untyped]
    from isodate import parse_duration

    try:
        found = parse_duration(text)
    except (ArithmeticError, TypeError) as error:
        raise ValueError(text) from error
    years, months = (found.years, found.months) if isinstance(found, Parsed) else (0, 0)
    delta = found.tdelta if isinstance(found, Parsed) else found
    seconds = Decimal(delta.days) * 86_400 + delta.seconds + Decimal(delta.microseconds) / 1_000_000
    try:
        return Decimal(years) * 12 + Decimal(months), seconds
    except ArithmeticError as error:
        raise ValueError(text) from error


def _format_duration(value: Duration) -> str:
    months, seconds = (abs(part) for part in value)
    days, rest = divmod(seconds, 86_400)
    clock = _parts((rest // 3_600, "H"), (rest % 3_600 // 60, "M"), (rest % 60, "S"))
    day = _parts((months // 12, "Y"), (months % 12, "M"), (days, "D"))
    return f"{'-' if min(value) < 0 else ''}P{day}{'T' if clock else '' if day else '0D'}{clock}"


def _parts(*sizes: tuple[Decimal, str]) -> str:
    return "".join(f"{size.normalize():f}{unit}" for size, unit in sizes if size)


def _clock(
    name: str, say: str, parse: Callable[[str], datetime | time], loose: Callable[[str], object], form: re.Pattern[str]
) -> ValueType:
    return ValueType(
        name, say, parse, _format_clock, {"type": "string"}, TEXT_IN_SQL, ordered=True, loose=loose,
        grammar=form.pattern,
    )  # fmt: skip


_SAY = "a date with a time, like 2026-03-01T14:30:00Z or 2026-03-01T14:30:00"
DATETIME = _clock("datetime", _SAY, _parse_datetime, _loose_datetime, _DATETIME)
TIME = _clock("time", "a time of the day, like 14:30:00", _parse_time, _loose_time, _TIME)
DURATION = ValueType(
    "duration", "a duration of ISO 8601, like P1Y6M, P10D or PT2H30M", _parse_duration, _format_duration,
    {"type": "string"}, TEXT_IN_SQL, loose=_loose_duration,
)  # fmt: skip
