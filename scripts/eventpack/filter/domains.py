"""Texts that surely stand for values within bounds, so that they need not be turned into values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from eventpack.schema import Field
from eventpack.values import text_of

_MOST_DAYS = 50_000
_MOST_NUMBERS = 1_000


def all_texts(field: Field) -> Sequence[str] | None:
    """The texts of all values between the bounds of a field; none when there is no end of them, or are many."""
    low, high = field.constraints.minimum, field.constraints.maximum
    if low is None or high is None or field.value_type is None:
        return None
    first, last = field.value_type.parse(text_of(low)), field.value_type.parse(text_of(high))
    if field.type == "date" and (last - first).days < _MOST_DAYS:
        return _days(first, last)
    if field.type == "integer" and last - first < _MOST_NUMBERS:
        return [str(number) for number in range(first, last + 1)]
    return None


@cache  # the days of an event begin and end within the same bounds
def _days(first: date, last: date) -> list[str]:
    return [date.fromordinal(number).isoformat() for number in range(first.toordinal(), last.toordinal() + 1)]


def inside(field: Field) -> str | None:
    """A pattern of numbers that are canonical and surely within the bounds of a field; none when one is missing."""
    low, high = field.constraints.minimum, field.constraints.maximum
    if field.type != "number" or low is None or high is None:
        return None
    if field.constraints.exclusive_minimum is not None or field.constraints.exclusive_maximum is not None:
        return None
    below, above = Decimal(text_of(low)), Decimal(text_of(high))
    if below >= 0 or above < 1:
        return None
    positive, negative = "|".join(_up_to(int(above) - 1)), "|".join(_up_to(int(-below) - 1, 1))
    part = r"(?:\.[0-9]+)?"
    minus = [rf"-(?:{negative}){part}"] if negative else []
    fractions = [r"-0\.[0-9]*[1-9][0-9]*"] if below <= -1 else []
    return "|".join([rf"(?:{positive}){part}", *minus, *fractions])


def _up_to(last: int, first: int = 0) -> Iterator[str]:
    """Patterns of the whole numbers up to one, without leading zeros; `first` is 0 or 1."""
    digits = str(last)
    if last < first:
        return
    for length in range(1, len(digits)):
        yield _digits(first if length == 1 else 1, 9) + "[0-9]" * (length - 1)
    for at, digit in enumerate(digits):
        least = (first if len(digits) == 1 else 1) if at == 0 else 0
        if int(digit) > least:
            yield digits[:at] + _digits(least, int(digit) - 1) + "[0-9]" * (len(digits) - at - 1)
    yield digits


def _digits(least: int, most: int) -> str:
    return f"[{least}-{most}]"
