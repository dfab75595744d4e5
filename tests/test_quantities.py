"""The numbers that a text states: of what kind they are, and how the words around them mean them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from eventpack.quantities.digits import digit_values
from eventpack.quantities.reading import quantities
from eventpack.quantities.wordings import WordingRule, expected, same


def read(text: str) -> list[str]:
    """The quantities of a text as `words = values kind`."""
    return [
        f"{text[one.start : one.end]} = {one.vague or '–'.join(map(str, one.values))} {one.kind}".replace("  ", " ")
        for one in quantities(text)
        if one.counted
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The guard saw 1,200 sheep.", ["1,200 = 1200 plain"]),
        ("It rained 12.5 times as long.", ["12.5 = 25/2 plain"]),
        ("A fund of 2.5 million stood ready.", ["2.5 million = 2500000 plain"]),
        ("It owed 1.2m crowns and $3bn.", ["1.2m = 1200000 plain", "$3bn = 3000000000 money"]),
        ("Some 64% of goats.", ["64% = 64 percent"]),
        (
            "So 64 percent, 64 per cent, 64 pct.",
            ["64 percent = 64 percent", "64 per cent = 64 percent", "64 pct = 64 percent"],
        ),
        ("There were 30-40 goats.", ["30-40 = 30–40 plain"]),
        ("There were 30–40 goats.", ["30–40 = 30–40 plain"]),
        ("Between 30 and 40 goats came.", ["30 and 40 = 30–40 plain"]),
        ("From 30 to 40 percent left.", ["30 to 40 percent = 30–40 percent"]),
        ("Two to three million goats.", ["Two to three million = 2000000–3000000 plain"]),
        ("Five to six hundred goats.", ["Five to six hundred = 500–600 plain"]),
        ("Two or three goats.", ["Two or three = 2–3 plain"]),
        (
            "About ½ of it, a third of them, two thirds, half the goats.",
            ["½ = 1/2 share", "a third = 1/3 share", "two thirds = 2/3 share", "half = 1/2 share"],
        ),
        ("Half a million goats, half a dozen cats.", ["Half a million = 500000 plain", "half a dozen = 6 plain"]),
        ("One in three, 4 out of 5.", ["One in three = 1/3 share", "4 out of 5 = 4/5 share"]),
        (
            "Twelve goats, a dozen cats, two dozen hens.",
            ["Twelve = 12 plain", "a dozen = 12 plain", "two dozen = 24 plain"],
        ),
        ("One hundred and twenty-one goats.", ["One hundred and twenty-one = 121 plain"]),
        ("Twelve hundred goats; a hundred more.", ["Twelve hundred = 1200 plain", "a hundred = 100 plain"]),
        ("Two and a half million.", ["Two and a half million = 2500000 plain"]),
        (
            "Dozens of goats, hundreds of cats, tens of thousands of hens.",
            ["Dozens = dozens plain", "hundreds = hundreds plain", "tens of thousands = tens of thousands plain"],
        ),
        (
            "Several hundred goats and a few thousand cats.",
            ["Several hundred = hundreds plain", "a few thousand = thousands plain"],
        ),
        ("No one came, none of them, nobody.", ["No one = none plain", "none = none plain", "nobody = none plain"]),
        (
            "All goats; a couple of cats; several hens.",
            ["All = all plain", "a couple = a couple plain", "several = several plain"],
        ),
        ("It lasted 12 hours.", ["12 = 12 duration"]),
        ("A 34-year-old man.", ["34 = 34 age"]),
        ("They sold 1 200 goats.", ["1 200 = 1200 plain"]),
        ("Losses of 20, 30 and 40 percent.", ["20 = 20 plain", "30 = 30 plain", "40 percent = 40 percent"]),
        ("On March 5, 12 goats came.", ["12 = 12 plain"]),
        ("A crowd of 2000 people in 2000.", ["2000 = 2000 plain"]),
        ("2 hundred goats", ["2 hundred = 200 plain"]),
        ("Bakers marched—12 of them—in Tarn.", ["12 = 12 plain"]),
        ("Of many—12—120 were hurt.", ["many = many plain", "12 = 12 plain", "120 = 120 plain"]),
        ("It grew to 2000.", ["2000 = 2000 plain"]),
        ("Between 1800 and 2000 bakers marched.", ["1800 and 2000 = 1800–2000 plain"]),
        ("There were 2000 in Tarn and 1800 in Ost.", ["2000 = 2000 plain", "1800 = 1800 plain"]),
        ("Up to 2000", ["2000 = 2000 plain"]),
        ("The toll rose in 2000 villages.", ["2000 = 2000 plain"]),
        (
            "Of them 3/4 of the bakers and a 2/3 majority.",
            ["3/4 = 3/4 share", "2/3 = 2/3 share", "majority = most plain"],
        ),
        ("The bakers (120) and millers (7) marched.", ["120 = 120 plain", "7 = 7 plain"]),
        ("Storm Leaves Twelve Bakers Hurt", ["Twelve = 12 plain"]),
        ("In March 12 bakers marched.", ["12 = 12 plain"]),
        ("There were 30-\n40 goats.", ["30-\n40 = 30–40 plain"]),
        ("It was -12 degrees, or −12.5.", ["-12 = -12 plain", "−12.5 = -25/2 plain"]),
        ("It lost -$12, minus 3 percent.", ["-$12 = -12 money", "minus 3 percent = -3 percent"]),
        ("A loss of .5 percent, or $.5 each.", [".5 percent = 1/2 percent", "$.5 = 1/2 money", "each = all plain"]),
        ("So 12 -13 goats, and a 12-goat herd.", ["12 = 12 plain", "13 = 13 plain", "12 = 12 plain"]),
    ],
)
def test_what_counts_is_read(text: str, expected: list[str]) -> None:
    """Digits, words, shares, ranges and plurals, over all their words."""
    assert expected == read(text)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("on March 5, 2026", ["date"]),
        ("on 5 March", ["date"]),
        ("on the 5th of March 2026", ["date"]),
        ("on 2026-03-05", ["date"]),
        ("on 5/3/2026", ["date"]),
        ("in 2019", ["date"]),
        ("since May 2020", ["date"]),
        ("in May 2020 goats", ["date"]),
        ("the 1990s were", ["date"]),
        ("in 2019–2021", ["date"]),
        ("the 9/11 report", ["date"]),
        ("in nineteen eighty-four", ["date"]),
        ("at 10:30", ["time"]),
        ("at 10 a.m.", ["time"]),
        ("at 5pm", ["time"]),
        ("by ten o'clock", ["time"]),
        ("the first day", ["ordinal"]),
        ("the 12th goat", ["ordinal"]),
        ("the twenty-first goat", ["ordinal"]),
        ("a Boeing 737", ["name"]),
        ("on Highway 61", ["name"]),
        ("the G7 met", ["name"]),
        ("Flight 123 left", ["name"]),
        ("an F-16 flew", ["name"]),
        ("of Covid-19", ["name"]),
        ("under Article 5", ["name"]),
        ("No. 12 won", ["name"]),
        ("the Big Four met", ["name"]),
        ("won 3-2 there", ["name", "name"]),
        ("call 555-0100", ["name", "name"]),
        ("at 192.168.0.1", ["name"]),
        ("in Chapter Two", ["name"]),
        ("1. Goats", ["list"]),
        ("(3) Goats", ["list"]),
    ],
)
def test_what_counts_nothing_is_told_apart(text: str, kinds: list[str]) -> None:
    """Dates, times, places in a row, names and numbers of lists."""
    assert kinds == [one.kind for one in quantities(text)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("over 30", "more"),
        ("more than thirty", "more"),
        ("well over 30", "more"),
        ("in excess of 30", "more"),
        ("at least 30", "at least"),
        ("no fewer than 30", "at least"),
        ("30 or more", "at least"),
        ("30+", "at least"),
        ("up to 30", "at most"),
        ("as many as 30", "at most"),
        ("no more than 30", "at most"),
        ("at most 30", "at most"),
        ("under 30", "less"),
        ("fewer than 30", "less"),
        ("nearly 30", "nearly"),
        ("just under 30", "nearly"),
        ("about 30", "about"),
        ("some 30", "about"),
        ("an estimated 30", "about"),
        ("30 or so", "about"),
        ("30-odd", "about"),
        ("exactly 30", "exactly"),
        ("only 30", "exactly"),
        ("another 30", ""),
        ("30", ""),
        ("more than another 30", "more"),
        ("over $30", "more"),
        ("30 to 40", "range"),
        ("between 30 and 40", "range"),
        ("it, and 30 to 40 were found", "range"),
    ],
)
def test_the_words_around_say_how_a_number_is_meant(text: str, meant: str) -> None:
    """Before it and behind it, over fillers and signs."""
    (one,) = quantities(f"They lost {text}.")
    assert {meant} == one.meant


@pytest.mark.parametrize("text", ["12 or more", "12 or so", "12 plus", "12+", "12-odd", "at least 12", "12 at most"])
def test_the_words_that_say_so_belong_to_the_number_at_the_end_of_a_text_too(text: str) -> None:
    """A wording is such a text; nothing of it is left over."""
    (one,) = quantities(text)
    assert (0, len(text)) == one.whole


def test_a_word_before_the_first_of_several_may_hold_for_all() -> None:
    """So may the unit behind the last."""
    one, two = quantities("They lost about 60% and 64%, respectively.")
    assert [{"about"}, {"about", ""}] == [set(one.meant), set(two.meant)]
    one, two = quantities("They lost about 60 and 64 percent.")
    assert "percent" == one.perhaps
    assert {"about", ""} == set(two.meant)
    one, two = quantities("They lost over 30 goats and 12 hens.")
    assert [{"more"}, {""}] == [set(one.meant), set(two.meant)]


@pytest.mark.parametrize(
    "change", ["rose by 12 to 120", "rose by about 12% to 64%", "climbed 40 to 120", "fell 40 to 90"]
)
def test_what_changes_by_some_to_some_is_either_a_range_or_two_numbers(change: str) -> None:
    """So is what rises from 30 to 40."""
    (one,) = quantities(f"The toll {change}.")
    assert {"", "range"} <= one.meant


def test_an_hour_before_a_number_may_look_like_its_thousands() -> None:
    """Both readings stand."""
    (one,) = quantities("At 10 200 bakers marched.")
    assert {10200, 200} == one.readings()


def test_over_may_say_where_or_of_what() -> None:
    """A dispute over 30 islands leaves both readings open."""
    (one,) = quantities("It was a dispute over 30 islands.")
    assert {"", "more"} == one.meant


@pytest.mark.parametrize(
    "text",
    [
        "the two sides met",
        "one of the goats",
        "a two-sided coin",
        "he told Kurdistan 24 that",
        "in her 30s",
        "both goats",
        "a two-day visit",
        "no goat",
        "many goats",
        "most of them",
        "the second half of it",
        "as shown (3)",
        "it grew to 2000",
        "it rained from 1800 to 2000",
    ],
)
def test_some_numbers_are_said_and_hardly_count(text: str) -> None:
    """They carry a coded number, and nobody is asked to code them."""
    assert all(one.soft or one.kind in ("duration", "ordinal") for one in quantities(f"There, {text}."))
    assert quantities(f"There, {text}.")


@pytest.mark.parametrize(
    "text", ["It was no longer there.", "Not at all.", "After all, it rained.", "She said no more."]
)
def test_no_and_all_do_not_always_count(text: str) -> None:
    """No longer, at all."""
    assert [one for one in quantities(text) if one.vague and not one.soft] == []


@pytest.mark.parametrize(
    ("digits", "values"),
    [
        ("1,200", [1200]),
        ("12.5", [Fraction(25, 2)]),
        ("1.200", [Fraction(6, 5), 1200]),
        ("0.125", [Fraction(1, 8)]),
        ("1.200.300", [1200300]),
        ("1,200.5", [Fraction(2401, 2)]),
        ("1.200,5", [Fraction(2401, 2)]),
        ("1,20,000", [120000]),
        ("12,5", [Fraction(25, 2)]),
        ("1’200", [1200]),
        ("1.2.3", []),
        ("1,2,3", []),
    ],
)
def test_marks_in_digits(digits: str, values: list[Fraction]) -> None:
    """Of two readings the likelier one comes first; versions and lists are no numbers."""
    assert values == digit_values(digits)


LONG = "7" * 5000


@pytest.mark.parametrize(
    "text",
    [
        f"They saw {LONG} goats.",
        f"They saw 3/{LONG} of the goats, and 5-{LONG} of them.",
        f"They saw {LONG}-{LONG} goats and 2.{LONG} goats.",
        f"They saw one in {LONG} goats.",
        "They saw " + "777 " * 2000 + "goats.",
        "They saw 2" + " million" * 1000 + " goats.",
    ],
)
def test_digits_without_end_are_no_number(text: str) -> None:
    """Nor is any number too large for arithmetic."""
    assert all(value < 10**60 for one in quantities(text) for value in one.values)


@pytest.mark.parametrize("cell", [LONG, f"N+{LONG}", f"{LONG}*N", "1e999999999", "1E+0001000"])
def test_a_rule_with_digits_without_end_cannot_be_read(cell: str) -> None:
    """It gives no bounds, and no coded number is the same as it."""
    rule = WordingRule("n", "N", (cell, "", ""))
    assert [] == expected(rule, "12 goats")
    assert not same(cell, Fraction(12))
    assert [] == expected(WordingRule("n", "N", ("N", "N", "N")), f"{LONG} goats")
