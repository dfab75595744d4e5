"""What a number in a text stands for, by the words around it: a count, a share, a date, a name …"""

from __future__ import annotations

from fractions import Fraction

from eventpack.quantities.english import (
    COLLECTIVES,
    CURRENCIES,
    DESIGNATORS,
    DURATIONS,
    HEADS,
    MONEY,
    MONTHS,
    NAMES,
    PERCENT,
    SHARED,
    STRENGTH,
    YEAR_BEFORE,
)
from eventpack.quantities.quantity import Kind
from eventpack.quantities.tokens import HYPHENS, Tokens

_VERBS = frozenset("is was has as its his this us does".split())
_AT = frozenset("in at near on from to of around outside across over for by since".split())
_AND_YEARS = frozenset("by from to before after of for and or through between".split())  # and years, or numbers
_DEFINITE = frozenset("the these those other both their its his her our".split())


def unit_after(tokens: Tokens, end: int) -> tuple[Kind, int] | None:
    """The unit behind a number, and the token behind the unit."""
    hyphen = tokens[end].low == "-" and tokens.glued(end) and tokens.glued(end + 1)
    at = end + hyphen
    word = tokens[at].low
    if word in PERCENT:
        return "percent", at + 1 + (word == "percentage" and tokens[at + 1].low.startswith("point"))
    if tokens.phrase(at, at + 2) == "per cent":
        return "percent", at + 2
    if word in MONEY or word in CURRENCIES:
        return "money", at + 1
    if word in DURATIONS:
        after = at + 1 + (tokens[at + 1].low == "-")
        return ("age" if tokens[after].low == "old" else "duration"), end
    return None


def kind_before(tokens: Tokens, at: int) -> Kind | None:
    """What the words before a number make of it."""
    before = tokens[at - 1].low
    if before in CURRENCIES:
        return "money"
    if before in ("aged", "age"):
        return "age"
    return "name" if _is_numbered(tokens, at) or _is_lettered(tokens, at) else None


def _is_numbered(tokens: Tokens, at: int) -> bool:
    """Whether a number is that of something: Flight 12, No. 7, #3."""
    before, digits = tokens[at - 1], tokens[at].low[:1].isdecimal()
    if before.low == ".":
        return tokens[at - 2].low in ("no", "nos", "art", "p", "pp", "ch", "fig", "vol")
    capital = before.text[:1].isupper()
    return before.low == "#" or (before.low in DESIGNATORS and (capital or digits)) or (before.low in NAMES and capital)


def _is_lettered(tokens: Tokens, at: int) -> bool:
    """Whether letters are glued before digits: G7, F-16, Covid-19."""
    before = tokens[at - 1]
    if not tokens.glued(at) or not tokens[at].text[:1].isdecimal():
        return False
    hyphen = before.text in HYPHENS and tokens.glued(at - 1) and tokens[at - 2].text[:1].isalpha()
    return hyphen or before.text[:1].isalpha()


def is_list_number(tokens: Tokens, at: int, end: int) -> bool:
    """Whether a number begins a line as that of a list."""
    bracket = tokens[end].low in (")", "]")
    first = at - (bracket and tokens[at - 1].low in ("(", "["))
    line_start = first == 0 or "\n" in tokens.text[tokens[first - 1].end : tokens[first].start]
    return (
        line_start
        and end == at + 1
        and tokens.glued(end)
        and (bracket or (tokens[end].low == "." and not tokens.glued(end + 1)))
    )


def date_end(tokens: Tokens, at: int) -> int:
    """The token behind a date or year that begins at a token; 0 when none does."""
    text = tokens[at].text
    if is_month(tokens, at):
        return _month_first(tokens, at)
    if not text[:1].isdecimal():
        return _worded_year(tokens, at)
    if numeric := _numeric_date(tokens, at):
        return numeric
    end = at + 1
    if text.isdecimal() and len(text) <= 2:
        if tokens.glued(end) and tokens[end].low in ("st", "nd", "rd", "th"):
            end += 1
        if tokens[end].low == "of":
            end += 1
        if is_month(tokens, end):
            end += 1 + (tokens[end + 1].low == ".")
            return _with_year(tokens, end)
        return 0
    return end if _is_year(tokens, at) else 0


def is_month(tokens: Tokens, at: int) -> bool:
    """Whether a token is the name of a month; May and March need their capital."""
    token = tokens[at]
    return token.low in MONTHS and token.text[:1].isupper()


def _month_first(tokens: Tokens, at: int) -> int:
    end = at + 1 + (tokens[at + 1].low == ".")
    text = tokens[end].text
    if not text.isdecimal():
        return 0
    if tokens[at - 1].low == "in" and len(text) <= 2 and _counts(tokens, end + 1):
        return 0  # in March 12 boats sank
    if len(text) == 4:
        return end + 1 if _in_era(text) else 0
    if len(text) > 2 or not 1 <= int(text) <= 31:
        return 0
    end += 1
    if tokens.glued(end) and tokens[end].low in ("st", "nd", "rd", "th"):
        end += 1
    until = tokens[end + 1].text
    joined = tokens[end].low == "-" and tokens.glued(end) and tokens.glued(end + 1)
    listed = tokens[end].low in ("and", "to") and not tokens[end + 2].text[:1].isalpha()
    if (joined or listed) and until.isdecimal() and len(until) <= 2 and int(text) < int(until) <= 31:
        end += 2  # March 5-7
    return _with_year(tokens, end)


def _with_year(tokens: Tokens, end: int) -> int:
    year = end + (tokens[end].low == ",")
    return year + 1 if _in_era(tokens[year].text) else end


def _in_era(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and 1500 <= int(text) <= 2199


def _numeric_date(tokens: Tokens, at: int) -> int:
    """2026-03-05, 5/3/2026, 5.3.2026, 9/11."""
    text = tokens[at].text
    if text.count(".") == 2 and _in_era(text.rpartition(".")[2]):
        return at + 1
    mark = tokens[at + 1].low
    if mark not in ("-", "/") or not (tokens.glued(at + 1) and tokens.glued(at + 2)):
        return 0
    if tokens[at + 3].low == mark and tokens[at + 2].text.isdecimal() and tokens[at + 4].text.isdecimal():
        return at + 5 if _in_era(text) or _in_era(tokens[at + 4].text) or mark == "/" else 0
    if mark == "-" and _in_era(text) and tokens[at + 2].text.isdecimal() and len(tokens[at + 2].text) in (2, 4):
        return at + 3 if _in_era(tokens[at + 2].text) or int(tokens[at + 2].text) > int(text[2:]) else 0
    if tokens[at + 3].low in SHARED and tokens[at - 1].low not in ("on", "since", "until", "before", "after"):
        return 0  # 3/4 of the boats
    return at + 3 if mark == "/" and tokens[at + 2].text.isdecimal() else 0


def _counts(tokens: Tokens, at: int) -> bool:
    """Whether a word may be what is counted: people, boats."""
    word = tokens[at].low
    return word in HEADS or (word.endswith("s") and word.isalpha() and word not in _VERBS)


def may_count(tokens: Tokens, at: int) -> bool:
    """Whether a year could be a number as well: it grew to 2000; not since 2000."""
    before = tokens[at - 1].low
    if not _in_era(tokens[at].text) or not _is_year(tokens, at) or (tokens.glued(at + 1) and tokens[at + 1].low == "s"):
        return False
    return _counts(tokens, at + 1) if before == "in" else before in _AND_YEARS


def may_end(tokens: Tokens, at: int) -> bool:
    """Whether a number could be the year at which some years end."""
    return _in_era(tokens[at].text) and not _counts(tokens, at + 1)


def _is_year(tokens: Tokens, at: int) -> bool:
    text = tokens[at].text
    if not _in_era(text) or tokens[at - 1].low in CURRENCIES or unit_after(tokens, at + 1):
        return False
    after, before = tokens[at + 1], tokens[at - 1].low
    if tokens.glued(at + 1) and after.low == "s":
        return True
    if before in ("in", "since", "during", "until", "till", "circa", "early", "late", "mid", "("):
        return after.low not in HEADS
    if before in YEAR_BEFORE or before == "-":
        return not _counts(tokens, at + 1) and not (after.low.isalpha() and before in ("of", "for", "to", "by", "than"))
    return False


def _worded_year(tokens: Tokens, at: int) -> int:
    """Nineteen eighty-four, twenty twenty-six."""
    if tokens[at].low not in ("nineteen", "twenty", "eighteen") or tokens[at + 1].low not in (
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "nineteen",
    ):  # fmt: skip
        return 0
    return at + (4 if tokens[at + 2].low == "-" else 2)


def time_end(tokens: Tokens, at: int) -> int:
    """The token behind a time of day that begins at a token; 0 when none does."""
    if not tokens[at].text[:1].isdecimal():
        return at + 1 if tokens[at + 1].low == "o'clock" else 0
    end = at + 1
    while tokens[end].low == ":" and tokens.glued(end) and tokens.glued(end + 1) and tokens[end + 1].text.isdecimal():
        end += 2
    clock = end > at + 1
    if tokens[end].low in ("am", "pm", "gmt", "utc", "o'clock"):
        return end + 1
    if tokens[end].low in ("a", "p") and tokens[end + 1].low == "." and tokens[end + 2].low == "m":
        return end + 3
    return end if clock else 0


def is_soft(tokens: Tokens, at: int, end: int, value: Fraction) -> bool:
    """Whether a number is said, but hardly counts: "the two", "one of", "two-sided", "Kurdistan 24", "in her 30s"."""
    word, before = tokens[at].low, tokens[at - 1]
    definite = before.low in _DEFINITE and not word[:1].isdecimal() and value <= 10
    if (word == "one" and value == 1) or word in COLLECTIVES or definite:
        return True
    if tokens.glued(end) and tokens[end].low == "-" and tokens.glued(end + 1) and tokens[end + 1].text[:1].isalpha():
        return tokens[end + 1].low not in STRENGTH
    if tokens.glued(end) and tokens[end].low == "s":
        return True
    named = before.text[:1].isupper() and before.text[:1].isalpha() and not tokens.is_start(at - 1)
    return named and not before.low.endswith("day") and tokens[at - 2].low not in _AT
