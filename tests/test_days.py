"""The days that a text names, counted from its publication."""

from __future__ import annotations

from datetime import date

import pytest

from eventpack.evidence.days import days


@pytest.mark.parametrize("published", [date.min, date(300, 1, 1), date(9999, 12, 27), date.max])
@pytest.mark.parametrize(
    "text",
    [
        "It sank last Friday.",
        "It sank next Friday.",
        "It sank Friday night.",
        "It sank on Friday of last week.",
        "It will sink on Friday of next week.",
        "It sank the day before yesterday.",
        "It will sink tomorrow.",
        "It sank last week, last weekend, last month, last year.",
        "It will sink next week, next weekend, next month, next year.",
        "It sank in the past 5000 years.",
        "It sank 2000 years ago and two days ago.",
        "It sank last March, and next March.",
        "It sank on 31/12/" + "9" * 5000 + ".",
        "It sank on 5.3." + "9" * 5000 + ".",
        "It sank " + "9" * 5000 + " days ago.",
    ],
)
def test_days_stay_in_the_calendar(text: str, published: date) -> None:
    """The first and the last day have no day before and behind them."""
    for one in days(text, published):
        assert all(date.min <= first <= last <= date.max for first, last in one.readings)


def test_a_year_and_a_smaller_number_behind_a_slash_are_no_span() -> None:
    """From 2026 to 2003 nothing lasts."""
    assert () == days("It sank under file 2026/03.", date(2026, 3, 5))
