"""Dates and times in a format of one's own: patterns of `strptime`, and `any`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time

from eventpack import limits
from eventpack.values.dates import DATE
from eventpack.values.kind import TEXT_IN_SQL, ValueType
from eventpack.values.times import DATETIME, TIME

Moment = date | time | datetime
_DIRECTIVES = re.compile(r"(?:[^%]|%[aAwdbBmyYHIpMSfzZjUWcxXGuV%])+")
_DIRECTIVE = re.compile(r"%[a-zA-Z]")
# Directives for which `strptime` reads several forms that are all meant: fractions, zones; years before 1000.
_MANY_FORMS = re.compile(r"%[fzZ]")
_PARTS: dict[str, tuple[ValueType, Callable[[datetime], Moment]]] = {
    "date": (DATE, datetime.date),
    "time": (TIME, datetime.timetz),
    "datetime": (DATETIME, lambda moment: moment),
}
# What a text leaves open is taken from these; the second time of the day differs only in its hour.
_ONE, _OTHER = datetime(2000, 1, 1), datetime(2004, 2, 2)


def patterned(kind: str, pattern: str) -> ValueType | None:
    """Dates, times or both as a pattern of `strptime` says; none when it is no such pattern."""
    pattern = pattern.removeprefix("fmt:")  # the first version of the standard
    if kind not in _PARTS or not _DIRECTIVE.search(pattern) or not _DIRECTIVES.fullmatch(pattern):
        return None
    base, part = _PARTS[kind]

    def loose(text: str) -> Moment:
        if len(text) > limits.MOMENT:
            raise ValueError(text)
        try:
            return part(datetime.strptime(text, pattern))
        except (re.error, OverflowError, IndexError, KeyError) as error:
            raise ValueError(text) from error

    def write(value: Moment) -> str:
        return value.strftime(pattern)

    def parse(text: str) -> Moment:
        value = loose(text)
        early = isinstance(value, date) and value.year < 1000
        if not early and not _MANY_FORMS.search(pattern) and write(value) != text:
            raise ValueError(text)
        return value

    try:
        loose(write(part(_ONE.replace(tzinfo=UTC))))
    except ValueError:
        return None  # such as a directive given twice
    return replace(
        base, say=f"a {kind} of the form {pattern}", parse=parse, format=write, loose=loose,
        json_schema={"type": "string"}, sql=TEXT_IN_SQL, grammar=None,
    )  # fmt: skip


def anyhow(kind: str) -> ValueType | None:
    """Dates, times or both in any form that can be recognised; none for other types.

    A text that says only a part of a day, such as `2026-03`, is refused: the rest would be that of today.
    """
    if kind not in _PARTS:
        return None
    base, part = _PARTS[kind]

    def parse(text: str) -> Moment:
        if len(text) > limits.MOMENT:
            raise ValueError(text)
        one, other = (part(_recognised(text, default)) for default in (_ONE, _defaults(kind)))
        if one != other:
            raise ValueError(text)
        return one

    return replace(
        base, say=f"a complete {kind} in some known form", parse=parse, json_schema={"type": "string"},
        sql=TEXT_IN_SQL, loose=None, grammar=None,
    )  # fmt: skip


def _defaults(kind: str) -> datetime:
    return _ONE.replace(hour=1) if kind == "time" else _OTHER


def _recognised(text: str, default: datetime) -> datetime:
    import warnings

    from dateutil.parser import parse  # type: ignore[import-untyped]

    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a time zone that is not known
        try:
            value: datetime = parse(text, default=default)
        except Exception as error:  # the parser lets through what its guesses run into
            raise ValueError(text) from error
    return value
