"""Laws of numbers in texts: what is written is read back, and readings do not overlap."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from eventpack.evidence.days import days
from eventpack.quantities.reading import quantities

SMALL = (
    "zero,one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve,thirteen,fourteen,fifteen,sixteen,seventeen,"
    "eighteen,nineteen,twenty"
).split(",")
TENS = {30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def spell(number: int, british: bool, comma: bool) -> str:
    """A whole number in English words, from the largest unit down."""
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= size:
            rest = number % size
            head = f"{spell(number // size, british, comma)} {name}"
            if not rest:
                return head
            link = " and " if rest < 100 and british else ", " if comma and rest >= 100 else " "
            return head + link + spell(rest, british, comma)
    if number >= 100:
        rest = number % 100
        link = " and " if british else " "
        return f"{SMALL[number // 100]} hundred" + (link + spell(rest, british, comma) if rest else "")
    if number <= 20:
        return SMALL[number]
    if number in TENS:
        return TENS[number]
    ten = number // 10 * 10
    return f"{TENS.get(ten, 'twenty')}-{SMALL[number - ten]}"


@given(st.integers(0, 10**15 - 1) | st.integers(0, 130_000), st.booleans(), st.booleans())
def test_every_whole_number_in_words_is_read_back(number: int, british: bool, comma: bool) -> None:
    """One number, of the right value, over all its words."""
    words = spell(number, british, comma)
    text = f"They counted {words} boats."
    assert [(words, [Fraction(number)])] == [(text[one.start : one.end], list(one.values)) for one in quantities(text)]


def test_all_numbers_below_some_thousands_in_words_are_read_back() -> None:
    """Without gaps where units meet."""
    wrong = [
        n for n in range(3300) if quantities(f"They saw {spell(n, True, False)} boats.")[0].values != (Fraction(n),)
    ]
    assert wrong == []


@given(st.integers(0, 10**12))
def test_every_whole_number_in_digits_is_read_back(number: int) -> None:
    """Plain, with commas, and with thin spaces."""
    for written in (f"{number:,}", f"{number:,}".replace(",", "\u202f"), f"{number} million"):
        (one,) = quantities(f"They counted {written} boats.")
        assert list(one.values) == [number * 10**6 if "million" in written else number]


@given(st.integers(1, 9999), st.integers(1, 99))
def test_a_number_is_no_part_of_another(number: int, more: int) -> None:
    """12 is not read in 120, nor 20, though a substring test finds both."""
    longer = int(f"{number}{more}")
    text = f"They counted {longer:,} boats."
    assert str(number) in text.replace(",", "")
    assert [list(one.values) for one in quantities(text)] == [[longer]]


PIECES = st.sampled_from(
    "12 1,200 two hundred and a third half of % percent over at least - – . ( ) $ m million dozen dozens between to or "
    "March May 5 2026 first no all “ ” \n / : pm - / 31 the one in or more so plus + -odd ago past next last "
    "years weeks days year week month Friday yesterday tomorrow weekend".split(" ")
)
LONG = st.integers(1, 6000).map(lambda size: "7" * size)
PUBLISHED = st.sampled_from((date.min, date(1, 1, 4), date(300, 1, 1), date(2024, 2, 29), date(9999, 12, 30), date.max))
TEXTS = (
    st.lists(PIECES, max_size=14).map(" ".join)
    | st.lists(PIECES, max_size=10).map("".join)
    | st.lists(PIECES | LONG, max_size=6).map(" ".join)
    | st.lists(PIECES | LONG, max_size=6).map("".join)
    | st.text(max_size=60)
)


@given(TEXTS)
def test_quantities_follow_one_another(text: str) -> None:
    """No text breaks the reader; quantities lie in the text, in order, apart, each within its words."""
    found = quantities(text)
    edges = [edge for one in found for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(0 <= one.whole[0] <= one.start < one.end <= one.whole[1] <= len(text) for one in found)


@given(TEXTS, PUBLISHED | st.dates())
def test_days_follow_one_another(text: str, published: date) -> None:
    """No text breaks the reader on any day of the calendar; days lie in the text, in order, apart."""
    found = days(text, published)
    edges = [edge for one in found for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(first <= last for one in found for first, last in one.readings)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_the_nearest_on_or_before_publication(published: date, weekday: int) -> None:
    """Zero to six days back."""
    (one,) = days(f"It happened on {WEEKDAYS[weekday]}.", published)
    ((day, same),) = one.readings
    assert day == same
    assert day.weekday() == weekday
    assert timedelta(0) <= published - day <= timedelta(days=6)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_every_calendar_day_is_read_back(day: date, published: date) -> None:
    """In four ways of writing it."""
    name = day.strftime("%B")
    forms = (
        f"{name} {day.day}, {day.year}",
        f"{day.day} {name} {day.year}",
        day.isoformat(),
        f"the {day.day}th of {name} {day.year}",
    )
    for form in forms:
        (one,) = days(f"It happened on {form}.", published)
        assert one.readings == ((day, day),)
