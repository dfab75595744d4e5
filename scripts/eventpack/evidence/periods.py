"""Dates of the calendar, days by their distance, and stretches of days, as English texts name them."""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from datetime import MAXYEAR, MINYEAR, date

from eventpack.evidence.daywords import SPAN_UNITS
from eventpack.quantities.cardinals import read_cardinal
from eventpack.quantities.contexts import date_end, is_month
from eventpack.quantities.english import MONTHS
from eventpack.quantities.tokens import Tokens

Read = tuple[int, list[tuple[date, date]], bool]  # the token behind, the readings, whether the bounds are loose
_SOME = frozenset("few several couple recent many".split())
_VAGUE = {"day": 14, "week": 70, "month": 400, "year": 4000, "decade": 40000, "hour": 3}
_MONTH_BEFORE = frozenset("in last this next early late mid since until by of during through - past earlier".split())
_UNITS = {form: unit for unit in SPAN_UNITS for form in (unit, f"{unit}s", "centuries" if unit == "century" else unit)}


def calendar_date(tokens: Tokens, at: int, published: date) -> Read | None:
    """A date with month and day, a month with its year, or a year."""
    article = at + (tokens[at].low == "the" and tokens[at + 1].text[:1].isdecimal())
    end = date_end(tokens, article)
    if not end:
        return None
    text = tokens.text[tokens[article].start : tokens[end - 1].end]
    digits = re.findall(r"\d+", text)
    if max(map(len, digits), default=0) > len(str(MAXYEAR)):
        return None
    numbers = [int(some) for some in digits]
    month = next((MONTHS[tokens[i].low] for i in range(article, end) if is_month(tokens, i)), 0)
    decade = tokens.glued(end) and tokens[end].low == "s"
    found = _with_month(numbers, month, published) if month else [] if decade else _in_figures(text, numbers)
    return (end, found, False) if found else None


def _with_month(numbers: list[int], month: int, published: date) -> list[tuple[date, date]]:
    years = [number for number in numbers if number > 31]
    in_month = [number for number in numbers if number <= 31]
    found: list[tuple[date, date]] = []
    for year in years or _years(month, in_month, published):
        with suppress(ValueError):
            if in_month:
                found.append((date(year, month, min(in_month)), date(year, month, max(in_month))))
            else:
                found += _month(year, month)
    return found


def _years(month: int, in_month: list[int], published: date) -> list[int]:
    """The year on or before publication; also that of publication for a day that was still to come."""
    ahead = (month, max(in_month, default=1)) > (published.month, published.day)
    return [published.year, published.year - 1] if ahead else [published.year]


def _month(year: int, month: int) -> list[tuple[date, date]]:
    if not MINYEAR <= year <= MAXYEAR:
        return []
    return [(date(year, month, 1), date(year, month, monthrange(year, month)[1]))]


def shifted(day: date, days: int) -> date:
    """A day so many days later, or the last that the calendar has on that side."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _in_figures(text: str, numbers: list[int]) -> list[tuple[date, date]]:
    orders: list[tuple[int, int, int]] = []
    if len(numbers) == 3 and max(numbers) > 31:
        orders = [(0, 1, 2)] if numbers[0] > 31 else [(2, 1, 0), (2, 0, 1)]
    found: list[tuple[date, date]] = []
    for year, month, day in orders:
        with suppress(ValueError):
            read = date(numbers[year], numbers[month], numbers[day])
            found.append((read, read))
    if 1 <= len(numbers) <= 2 and numbers[0] > 31:
        last = numbers[-1] if numbers[-1] > 99 else numbers[0] // 100 * 100 + numbers[-1]
        if last >= numbers[0]:
            found.append((date(numbers[0], 1, 1), date(last, 12, 31)))
    return found


def day_of(tokens: Tokens, at: int, published: date) -> tuple[int, list[tuple[date, date]]] | None:
    """A day by its nearness to publication, and the token behind its words."""

    def one(days: int) -> list[tuple[date, date]]:
        day = shifted(published, days)
        return [(day, day)]

    if tokens.phrase(at, at + 4) == "the day before yesterday":
        return at + 4, one(-2)
    if tokens.phrase(at, at + 4) == "the day after tomorrow":
        return at + 4, one(2)
    if tokens.phrase(at, at + 2) in ("last night", "yesterday evening"):
        return at + 2, [*one(-1), (shifted(published, -1), published)]
    if tokens.phrase(at, at + 2) in ("this morning", "this afternoon", "this evening"):
        return at + 2, one(0)
    near = {"today": one(0), "tonight": one(0), "yesterday": one(-1), "tomorrow": one(1)}
    near["overnight"] = [(shifted(published, -1), published)]
    word = tokens[at].low.removesuffix("'s")
    return (at + 1, near[word]) if word in near else None


def ago(tokens: Tokens, at: int, published: date) -> Read | None:
    """Two days ago, a week ago, several months ago."""
    if tokens[at].low in ("a", "an") and tokens[at + 1].low in _UNITS:
        count, end = 1, at + 1
    elif number := read_cardinal(tokens, at):
        count, end = int(number.value), number.end
    else:
        end = at + (tokens[at].low == "a")
        end += tokens[end].low in _SOME
        count = 0
    unit = _UNITS.get(tokens[end].low)
    if unit is None or tokens[end + 1].low != "ago" or count > 3000:
        return None
    if not count:
        far = shifted(published, -_VAGUE[unit]) if unit in _VAGUE and _VAGUE[unit] < 9000 else date.min
        return end + 2, [(far, published)], True
    if unit == "day":
        day = shifted(published, -count)
        return end + 2, [(day, day)], False
    width = SPAN_UNITS[unit]
    around, slack = shifted(published, -width * count), max(width // 2, 1)
    return end + 2, [(shifted(around, -slack), min(shifted(around, slack), published))], True


def period(tokens: Tokens, at: int, published: date) -> Read | None:
    """Last week, this month, over the weekend, in the past 10 days, in the coming days, recently."""
    word, end = tokens[at].low, at + 1
    if word in ("recently", "lately"):
        return end, [(shifted(published, -90), published)], True
    if word == "weekend" and tokens[at - 1].low == "the":
        saturday = shifted(published, -((published.weekday() - 5) % 7))
        return end, [(saturday, shifted(saturday, 1))], False
    if word not in ("last", "past", "previous", "this", "next", "coming", "recent"):
        return None
    step = {"this": 0, "next": 1, "coming": 1}.get(word, -1)
    if tokens[end].low in ("week", "month", "year", "weekend"):
        return end + 1, _unit(tokens[end].low, step, published), False
    number = read_cardinal(tokens, end)
    end = number.end if number else end + (tokens[end].low in _SOME)
    unit = _UNITS.get(tokens[end].low)
    if unit is None or (tokens[end].low == unit and not number) or unit == "century":
        return None
    width = SPAN_UNITS[unit] * int(number.value) + 1 if number else _VAGUE[unit]
    stretch = (published, shifted(published, width)) if step > 0 else (shifted(published, -width), published)
    return end + 1, [stretch], True


def _unit(unit: str, step: int, published: date) -> list[tuple[date, date]]:
    monday = 7 * step - published.weekday()  # days from publication
    if unit == "week":
        return [(shifted(published, first), shifted(published, first + 6)) for first in (monday, monday - 1)]
    if unit == "weekend":
        return [(shifted(published, first), shifted(published, first + 1)) for first in (monday + 5, monday - 2)]
    if unit == "year":
        year = published.year + step
        return [(date(year, 1, 1), date(year, 12, 31))] if MINYEAR <= year <= MAXYEAR else []
    months = published.year * 12 + published.month - 1 + step
    return _month(months // 12, months % 12 + 1)


def month_alone(tokens: Tokens, at: int, published: date) -> Read | None:
    """In March, last March, early March: the last one that had begun, and for "next" the one to come."""
    if not is_month(tokens, at) or tokens[at - 1].low not in _MONTH_BEFORE or len(tokens[at].low) < 3:
        return None
    month, before = MONTHS[tokens[at].low], tokens[at - 1].low
    year = published.year - (month > published.month)
    years = [year + 1] if before == "next" else [year, year - 1] if before == "last" else [year]
    return at + 1, [reading for some in years for reading in _month(some, month)], False
