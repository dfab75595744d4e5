"""Days as a text gives them, and as they are coded."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """`words` in the text; bounds as ISO dates, empty when open; `wrong` are other words by kind of mistake."""

    words: str
    earliest: str
    latest: str
    basis: str
    wrong: dict[str, str]


def exact(day: date, words: str, basis: str, other: str) -> Day:
    """A day that the text settles."""
    return Day(words, day.isoformat(), day.isoformat(), basis, {"day": other})


def weekday(published: date, chance: random.Random) -> Day:
    """On Tuesday: the last one before publication."""
    back, wrong = chance.sample(range(1, 7), 2)
    day, other = published - timedelta(back), published - timedelta(wrong)
    pattern = chance.choice(("on {}", "on {}", "on {}", "on {} evening", "late on {}", "on {} morning"))
    return exact(day, pattern.format(WEEKDAYS[day.weekday()]), "resolved", pattern.format(WEEKDAYS[other.weekday()]))


def absolute(published: date, chance: random.Random) -> Day:
    """On 12 March, on March 12, 2024."""
    back = chance.randint(2, 60)
    day, other = published - timedelta(back), published - timedelta(back + chance.choice((-1, 1, 7, 30)))
    patterns = ["on {0.day} {1}", "on {1} {0.day}"] if day.year == published.year else []
    pattern = chance.choice([*patterns, "on {0.day} {1} {0.year}", "on {2}, {1} {0.day}, {0.year}"])

    def shown(one: date) -> str:
        return pattern.format(one, MONTHS[one.month - 1], WEEKDAYS[one.weekday()])

    return exact(day, shown(day), "stated", shown(other))


def yesterday(published: date, chance: random.Random) -> Day:
    """Yesterday, two days ago."""
    back = chance.choice((1, 1, 2, 3))
    words = {1: "yesterday", 2: "two days ago", 3: "three days ago"}
    other = chance.choice([n for n in words if n != back])
    return exact(published - timedelta(back), words[back], "resolved", words[other])


def within(published: date, chance: random.Random) -> Day:
    """Last week, earlier this month, in March: bounds only."""
    monday = published - timedelta(published.weekday())
    match chance.randrange(3):
        case 0:
            return _bounded("last week", monday - timedelta(7), monday - timedelta(1))
        case 1 if published.day > 2:
            return _bounded("earlier this month", published.replace(day=1), published)
    first = (published.replace(day=1) - timedelta(1)).replace(day=1)
    last = published.replace(day=1) - timedelta(1)
    return _bounded(f"in {MONTHS[first.month - 1]}", first, last)


def _bounded(words: str, first: date, last: date) -> Day:
    return Day(words, first.isoformat(), last.isoformat(), "bounded", {})


def unsaid(published: date) -> Day:
    """No day is given: publication bounds it."""
    return Day("", "", published.isoformat(), "bounded", {})


def some_day(published: date, chance: random.Random) -> Day:
    """A day of what has happened, or none."""
    made = chance.choice((weekday, weekday, weekday, absolute, absolute, yesterday, within, None, None, None))
    return made(published, chance) if made else unsaid(published)


def coming(published: date, chance: random.Random) -> Day:
    """A day ahead; `fact` is one that has passed."""
    match chance.randrange(4):
        case 0:
            wrong = {"day": "the day after tomorrow", "fact": "yesterday"}
            return _day("tomorrow", published + timedelta(1), "resolved", wrong)
        case 1:
            monday = published - timedelta(published.weekday()) + timedelta(7)
            span = monday.isoformat(), (monday + timedelta(6)).isoformat()
            return Day("next week", *span, "bounded", {"fact": "last week"})
        case 2:
            day = published + timedelta(chance.randint(5, 40))
            other, past = day + timedelta(chance.choice((1, 2, 7))), published - timedelta(chance.randint(2, 9))
            shown = [f"on {one.day} {MONTHS[one.month - 1]} {one.year}" for one in (day, other, past)]
            return _day(shown[0], day, "stated", {"day": shown[1], "fact": shown[2]})
    return Day("", "", "", "unknown", {})


def _day(words: str, day: date, basis: str, wrong: dict[str, str]) -> Day:
    return Day(words, day.isoformat(), day.isoformat(), basis, wrong)
