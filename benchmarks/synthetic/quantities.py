"""Number expressions: as a text has them, as a wording rule reads them, and how they would be got wrong."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
EXTRA_RULES = (  # rule, wording, low, best, high, example: what this dataset needs beside the usual ones
    ("around-n", "around N", "", "N", "", "around 40 tents"),
    ("some-n", "some N", "", "N", "", "some 40 tents"),
    ("roughly-n", "roughly N", "", "N", "", "roughly 40 tents"),
    ("almost-n", "almost N", "", "", "N-1", "almost 40 tents"),
    ("no-fewer-than-n", "no fewer than N", "N", "", "", "no fewer than 40 tents"),
    ("no-more-than-n", "no more than N", "", "", "N", "no more than 40 tents"),
    ("between-n-and-m", "between N and M", "N", "", "M", "between 30 and 40 tents"),
    ("as-many-as-n", "as many as N", "", "", "N", "as many as 40 tents"),
    ("over-n-percent", "over N percent", "N", "", "", "over 40% of the tents"),
    ("n-to-m-percent", "N to M percent", "N", "", "M", "30 to 40 percent of the tents"),
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """`words` in the text; `bounds` are low, best, high as cells; `wrong` are other words by kind of mistake."""

    words: str
    rule: str
    bounds: tuple[str, str, str]
    wrong: dict[str, str]


def spelled(number: int) -> str:
    """A whole number below a thousand in words."""
    if number < 20:
        return UNITS[number]
    if number < 100:
        return TENS[number // 10] + (f"-{UNITS[number % 10]}" if number % 10 else "")
    rest = f" and {spelled(number % 100)}" if number % 100 else ""
    return f"{UNITS[number // 100]} hundred{rest}"


def written(number: int, chance: random.Random, words: bool = True) -> str:
    """A whole number in one of the usual forms."""
    if words and number < 100 and chance.random() < (0.8 if number < 13 else 0.25):
        return spelled(number)
    return f"{number:,}" if number >= 10_000 or chance.random() < 0.8 else str(number)


def other(number: int, chance: random.Random) -> int:
    """The number with one digit changed, the first one never to zero."""
    digits = list(str(number))
    at = chance.randrange(len(digits))
    digits[at] = chance.choice([d for d in "0123456789" if d != digits[at] and (at or d != "0")])
    return int("".join(digits))


def whole(chance: random.Random) -> int:
    """A number of the size that news has: small ones more often."""
    size = chance.choice((9, 9, 60, 60, 60, 400, 400, 3000, 40_000))
    number = chance.randint(2, size)
    return number if number < 1000 else number // 100 * 100 if chance.random() < 0.6 else number


PREFIXES = (  # rule, words, how the bounds follow
    ("over-n", "over", lambda n: (n + 1, "", "")), ("more-than-n", "more than", lambda n: (n + 1, "", "")),
    ("nearly-n", "nearly", lambda n: ("", "", n - 1)), ("up-to-n", "up to", lambda n: ("", "", n)),
    ("at-least-n", "at least", lambda n: (n, "", "")), ("about-n", "about", lambda n: ("", n, "")),
    ("at-most-n", "at most", lambda n: ("", "", n)), ("fewer-than-n", "fewer than", lambda n: ("", "", n - 1)),
    ("under-n", "under", lambda n: ("", "", n - 1)), ("exactly-n", "exactly", lambda n: (n, n, n)),
    ("around-n", "around", lambda n: ("", n, "")), ("some-n", "some", lambda n: ("", n, "")),
    ("roughly-n", "roughly", lambda n: ("", n, "")), ("almost-n", "almost", lambda n: ("", "", n - 1)),
    ("no-fewer-than-n", "no fewer than", lambda n: (n, "", "")),
    ("no-more-than-n", "no more than", lambda n: ("", "", n)),
)  # fmt: skip
VAGUE = (
    ("dozens", "dozens of", (24, "", 99), "hundreds of"), ("hundreds", "hundreds of", (200, "", 999), "thousands of"),
    ("thousands", "thousands of", (2000, "", 9999), "dozens of"), ("several", "several", (3, "", 9), "dozens of"),
    ("a-few", "a few", (3, "", 9), "dozens of"), ("a-dozen", "a dozen", (12, 12, 12), "dozens of"),
    ("scores", "scores of", (40, "", 99), "hundreds of"), ("a-couple", "a couple of", (2, 2, 3), "several"),
    ("tens-of-thousands", "tens of thousands of", (20000, "", 99999), "thousands of"),
    ("hundreds-of-thousands", "hundreds of thousands of", (200000, "", 999999), "tens of thousands of"),
)  # fmt: skip
Bounds = tuple[object, object, object]


def _cells(bounds: Bounds) -> tuple[str, str, str]:
    low, best, high = map(str, bounds)
    return low, best, high


def plain(chance: random.Random) -> Quantity:
    """12, twelve, 1,200."""
    number = whole(chance)
    wrong = other(number, chance)
    return Quantity(written(number, chance), "n", _cells((number,) * 3), {"digit": written(wrong, chance)})


def qualified(chance: random.Random) -> Quantity:
    """Over 30, up to twelve."""
    rule, prefix, follow = chance.choice(PREFIXES)
    number = max(10, whole(chance))
    words = written(number, chance)
    swap = "up to" if prefix in ("over", "more than", "at least") else "over"
    wrong = {"digit": f"{prefix} {written(other(number, chance), chance)}", "bare": words, "swap": f"{swap} {words}"}
    if prefix == "exactly":
        del wrong["bare"]  # says the same
    return Quantity(f"{prefix} {words}", rule, _cells(follow(number)), wrong)


def ranged(chance: random.Random) -> Quantity:
    """30 to 40, between 30 and 40."""
    low = max(4, whole(chance))
    high = low + max(2, chance.choice((low // 4, low // 2)))
    words = chance.random() < 0.25 and high < 100
    first, last = (spelled(low), spelled(high)) if words else (f"{low:,}", f"{high:,}")
    third = f"{other(low, chance):,}"
    if chance.random() < 0.5:
        return Quantity(
            f"between {first} and {last}", "between-n-and-m", _cells((low, "", high)),
            {"digit": f"between {third} and {last}", "bare": last},
        )  # fmt: skip
    joint = chance.choice((" to ", "–")) if not words else " to "
    wrong = {"digit": f"{third}{joint}{last}", "bare": last}
    return Quantity(f"{first}{joint}{last}", "n-to-m", _cells((low, "", high)), wrong)


def vague(chance: random.Random) -> Quantity:
    """Hundreds of, a few."""
    rule, words, bounds, swap = chance.choice(VAGUE)
    return Quantity(words, rule, _cells(bounds), {"digit": swap})


def large(chance: random.Random) -> Quantity:
    """1.2 million."""
    tenths = chance.randint(11, 99)
    wrong = other(tenths, chance)
    number = tenths * 100_000
    return Quantity(
        f"{tenths / 10:g} million", "n", _cells((number,) * 3), {"digit": f"{max(wrong, 1) / 10:g} million"}
    )


def percent(chance: random.Random) -> Quantity:
    """40%, forty percent, over 40 per cent, 30 to 40 percent."""
    number = chance.randint(11, 94)
    sign = chance.choice(("%", "%", " percent", " per cent"))
    shown = spelled(number) if sign != "%" and chance.random() < 0.3 else str(number)
    wrong = {"digit": f"{other(number, chance)}{sign}"}
    match chance.randrange(5):
        case 0:
            wrong = {kind: f"about {words}" for kind, words in wrong.items()} | {"bare": f"{shown}{sign}"}
            return Quantity(f"about {shown}{sign}", "about-n-percent", _cells(("", number, "")), wrong)
        case 1:
            wrong = {kind: f"over {words}" for kind, words in wrong.items()} | {"bare": f"{shown}{sign}"}
            return Quantity(f"over {shown}{sign}", "over-n-percent", _cells((number, "", "")), wrong)
        case 2 if number < 85:
            high = number + chance.randint(3, 9)
            wrong = {"digit": f"{other(number, chance)} to {high}{sign}", "bare": f"{high}{sign}"}
            return Quantity(f"{number} to {high}{sign}", "n-to-m-percent", _cells((number, "", high)), wrong)
    return Quantity(f"{shown}{sign}", "n-percent", _cells((number,) * 3), wrong)


COUNTS: tuple[Callable[[random.Random], Quantity], ...] = (plain, plain, plain, qualified, qualified, ranged, vague)


def count(chance: random.Random) -> Quantity:
    """Any expression for a count of people or things."""
    return chance.choice(COUNTS)(chance)
