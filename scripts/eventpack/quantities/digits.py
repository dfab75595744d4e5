"""Digits with their marks, as the numbers that they can mean."""

from __future__ import annotations

import re
from fractions import Fraction

MOST_DIGITS = 40  # what is longer is the number of nothing, and too long for arithmetic on it
_THREES = re.compile(r"\d{1,3}(?:(\D)\d{3})(?:\1\d{3})*")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_MIXED = re.compile(r"(\d{1,3}(?:([.,])\d{3})+)([.,])(\d+)")


def digit_values(text: str) -> list[Fraction]:
    """What digits with their marks can mean, the likeliest first; nothing when they are no number.

    `1,200` is a whole number, `12.5` a decimal; `1.200` can be both.
    """
    if is_whole(text) or len(text) > MOST_DIGITS:
        return [Fraction(int(text))] if is_whole(text) else []
    if mixed := _MIXED.fullmatch(text):
        if mixed[2] == mixed[3]:
            return [Fraction(_bare(text))] if len(mixed[4]) == 3 else []
        return [Fraction(f"{_bare(mixed[1])}.{mixed[4]}")]
    marks = set(re.sub(r"\d", "", text))
    grouped = [Fraction(_bare(text))] if _THREES.fullmatch(text) or _INDIAN.fullmatch(text) else []
    if marks == {"."} and text.count(".") == 1:
        return [Fraction(text), *([] if text.startswith("0") else grouped)]
    if marks == {","} and text.count(",") == 1 and not grouped:
        return [Fraction(text.replace(",", "."))]
    return grouped


def is_whole(text: str) -> bool:
    """Whether a text is nothing but digits, and not too many of them."""
    return text.isdecimal() and len(text) <= MOST_DIGITS


def _bare(text: str) -> str:
    return re.sub(r"\D", "", text)
