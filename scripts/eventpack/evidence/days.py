"""Days that an English text names, counted from the day on which the text was published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from eventpack.evidence.daywords import DAYTIMES, FEASTS, FUTURE, LAST, NEXT, NIGHTS, SAYING, UNTOLD, WEEKDAYS
from eventpack.evidence.periods import Read, ago, calendar_date, day_of, month_alone, period, shifted
from eventpack.quantities.tokens import Tokens

_NEAR = 5  # so many words between a day and the verb of saying that it belongs to
_REACH = 6


@dataclass(frozen=True, slots=True)
class Days:
    """An expression for a day or a stretch of days, and the bounds that it may stand for, both included.

    A `loose` one has no sure bounds (in recent days); without `readings` only other sentences tell the day. `said` is
    whether it stands by a verb of saying.
    """

    start: int
    end: int
    readings: tuple[tuple[date, date], ...]
    loose: bool = False
    said: bool = False

    @property
    def exact(self) -> bool:
        """Whether it names one day."""
        return not self.loose and bool(self.readings) and self.readings[0][0] == self.readings[0][1]


@lru_cache(maxsize=4096)
def days(text: str, published: date) -> tuple[Days, ...]:
    """The expressions for days in a text that was published on a day, in their order."""
    tokens = Tokens(text)
    found: list[Days] = []
    at = 0
    while at < len(tokens):
        read = _read(tokens, at, published)
        if read is None:
            at += 1
            continue
        end, readings, loose = read
        if _is_dateline(tokens, at, end):
            at = end
            continue
        said = _is_said(tokens, at, end)
        found.append(Days(tokens[at].start, tokens[end - 1].end, tuple(dict.fromkeys(readings)), loose, said))
        at = end
    return tuple(found)


def _is_dateline(tokens: Tokens, at: int, end: int) -> bool:
    """Whether a date only says where and when a report was written: MILLTOWN, March 9 –"""
    before = tokens.text[: tokens[at].start].rpartition("\n")[2].rstrip()
    return before.endswith(",") and before.isupper() and tokens[end].low in ("-", "—", "(", ".", ":")


def _read(tokens: Tokens, at: int, published: date) -> Read | None:
    """The expression that begins at a token: the token behind it, its readings, and whether it is loose."""
    for reader in (calendar_date, _weekday, _near_day, ago, period, month_alone):
        if read := reader(tokens, at, published):
            return read
    for size in (3, 2):
        if tokens.phrase(at, at + size) in UNTOLD:
            return at + size, [], True
    return None


def _weekday(tokens: Tokens, at: int, published: date) -> Read | None:
    """Wednesday, last Wednesday, next Wednesday, Wednesday evening, Wednesday of last week."""
    way = tokens[at].low if tokens[at].low in (*LAST, *NEXT, "this") else ""
    place = at + bool(way)
    name = tokens[place].low.removesuffix("'s")
    number = WEEKDAYS.get(name)
    if number is None or not tokens[place].text[:1].isupper() or _is_word(tokens, place, name):
        return None
    if tokens[place - 1].low in FEASTS and not way:
        return None
    end = place + 1
    after = end + (tokens[end].low in (",", "."))
    if not way and calendar_date(tokens, after, published):
        return calendar_date(tokens, after, published)  # Wednesday, 4 March
    night = tokens[end].low in NIGHTS
    end += tokens[end].low in DAYTIMES
    found = _days_of_week(tokens, place, end, way, number, published)
    shift = end + (tokens[end].low == "of")
    if tokens.phrase(shift, shift + 2) in ("last week", "next week", "this week"):
        weeks = {"last": -1, "this": 0, "next": 1}[tokens[shift].low]
        since = published.weekday()
        sunday_first = 7 * weeks - (since + 1) % 7 + (number + 1) % 7
        end, found = shift + 2, [shifted(published, far) for far in (7 * weeks - since + number, sunday_first)]
    readings = [(day, day) for day in found]
    if night:
        readings += [(day, shifted(day, 1)) for day in found]
    return end, readings, False


def _is_word(tokens: Tokens, at: int, name: str) -> bool:
    """Whether sun, sat, wed, fri, mon, tue or thu is a word or an abbreviation of something else."""
    return len(name) == 3 and tokens[at + 1].low != "."


def _days_of_week(tokens: Tokens, at: int, end: int, way: str, number: int, published: date) -> list[date]:
    back = (published.weekday() - number) % 7
    before, after = shifted(published, -(back or 7)), shifted(published, 7 - back)
    if way in LAST:
        return [before, shifted(before, -7)]
    if way in NEXT:
        return [after, shifted(after, 7)] if way == "next" else [after]
    nearest = shifted(published, -back)
    if way == "this":
        return [nearest, after]
    return {"past": [nearest], "future": [after, *([] if back else [nearest])], "either": [nearest, after]}[
        _tense(tokens, at, end)
    ]


def _tense(tokens: Tokens, at: int, end: int) -> str:
    """Whether a day lies ahead, by the nearest word that tells: said on Friday; will march on Friday."""
    right = 3 if tokens[end - 1].low.endswith("'s") else 1  # Friday's vote will
    if any(tokens[i].low in ("will", "would") for i in range(end, end + right)):
        return "future"
    if tokens[at - 1].low in ("by", "until", "before", "till"):
        return "either"
    for steps, token in enumerate(_left(tokens, at), start=1):
        if token in SAYING:
            return "past"
        if token in FUTURE:
            return "future" if steps <= _REACH else "either"
        if token.endswith("ed"):
            break
    return "either" if any(token in FUTURE for token in _left(tokens, at)) else "past"


def _left(tokens: Tokens, at: int) -> Iterator[str]:
    """The words before a token in its sentence, from right to left."""
    while at > 0:
        at -= 1
        if tokens[at].low in ".;:!?" and not tokens.glued(at + 1):
            return
        yield tokens[at].low


def _near_day(tokens: Tokens, at: int, published: date) -> Read | None:
    """Today, yesterday, last night, tomorrow …"""
    found = day_of(tokens, at, published)
    if found is None:
        return None
    end, readings = found
    return end + (tokens[end].low in DAYTIMES), readings, False


def _is_said(tokens: Tokens, at: int, end: int) -> bool:
    before = [tokens[i].low for i in range(max(at - _NEAR, 0), at)]
    after = [tokens[i].low for i in range(end, min(end + _NEAR, len(tokens)))]
    for mark in ".;!?":
        before = before[len(before) - before[::-1].index(mark) :] if mark in before else before
        after = after[: after.index(mark)] if mark in after else after
    return any(word in SAYING for word in (*before, *after))
