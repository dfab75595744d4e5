"""Rules that read the words of a number: over N is N+1 and more, hundreds are 200 to 999."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from eventpack.quantities.digits import MOST_DIGITS
from eventpack.quantities.english import DOWN, UP
from eventpack.quantities.quantity import Quantity
from eventpack.quantities.reading import quantities

Bounds = tuple[str, str, str]  # low, best, high, as texts
_FORMULA = re.compile(r"([-−]?)(?:(\d+(?:\.\d+)?)\*)?([NM])(?:([+−-])(\d+(?:\.\d+)?))?")
_LONGEST = 2 * MOST_DIGITS  # characters
_HUGE = re.compile(r"[eE][+-]?0*\d{3}")
_COMPARED = re.compile(r"\b(?:more|less|fewer|higher|lower) than\b")
_HOLE = re.compile(r"\b[NM]\b")
_FORMS: dict[str, Bounds] = {
    "": ("N", "N", "N"), "exactly": ("N", "N", "N"), "more": ("N+1", "", ""), "at least": ("N", "", ""),
    "at most": ("", "", "N"), "less": ("", "", "N-1"), "nearly": ("", "", "N-1"), "about": ("", "N", ""),
    "range": ("N", "", "M"),
}  # fmt: skip
_SINGLE = frozenset("a an single lone sole another".split())


@dataclass(frozen=True, slots=True)
class WordingRule:
    """An expression with N (and M) in place of numbers, and what its low, best and high are."""

    name: str
    wording: str
    bounds: Bounds

    @property
    def open(self) -> bool:
        """Whether the expression leaves room for a number."""
        return any(_HOLE.search(text) for text in (*self.bounds, self.wording))

    def values(self, numbers: Sequence[Fraction]) -> tuple[Fraction | None, ...] | None:
        """Low, best and high for one number, or two; None when the rule cannot be read or needs another number."""
        result: list[Fraction | None] = []
        for text in self.bounds:
            formula = _formula(text)
            if formula is None or (made := formula(numbers)) is _MISSING:
                return None
            result.append(made)
        return tuple(result)

    def agrees(self, meant: frozenset[str]) -> bool:
        """Whether numbers that are meant in one of these ways are read by this rule."""
        own = {way or "exactly" for quantity in _of(self) for way in quantity.meant} or {"exactly"}
        if own & {way or "exactly" for way in meant}:
            return True
        plain = tuple(text.replace("−", "-").lstrip("-") for text in self.bounds)
        return any(_FORMS[way] == plain for way in meant)


def _of(rule: WordingRule) -> tuple[Quantity, ...]:
    return quantities(
        rule.wording if not rule.open else _HOLE.sub(lambda hole: "7" if hole[0] == "N" else "9", rule.wording)
    )


_MISSING = Fraction(-(10**30))  # what no text states


@lru_cache(maxsize=1024)
def _formula(text: str) -> Callable[[Sequence[Fraction]], Fraction | None] | None:
    """A cell of the table of rules, as a function of the numbers; None when it is neither formula nor number."""
    if not text:
        return lambda numbers: None
    if len(text) > _LONGEST:
        return None
    if match := _FORMULA.fullmatch(text):
        sign, times, hole, operator, offset = match.groups()
        place = 0 if hole == "N" else 1
        shift = Fraction(offset or 0) * (1 if operator == "+" else -1)
        factor = Fraction(times or 1) * (-1 if sign else 1)
        return lambda numbers: factor * numbers[place] + shift if place < len(numbers) else _MISSING
    value = number(text)
    return None if value is None else lambda numbers: value


def number(text: str) -> Fraction | None:
    """A number as tables write it; None when it is none, or too long for arithmetic on it."""
    if len(text) > _LONGEST or _HUGE.search(text):
        return None
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def same(coded: str, value: Fraction | None) -> bool:
    """Whether a coded number is a value, which may be rounded to as many decimals as are coded: 66.7 is two thirds."""
    if value is None or not coded:
        return value is None and not coded
    read = number(coded)
    if read is None:
        return False
    decimals = len(coded.partition(".")[2])
    return read == value or (value.denominator not in (1, 2, 4, 5, 10, 20, 100) and read == round(value, decimals))


def stated(words: str, percent: bool | None = None) -> Iterator[tuple[Fraction, ...]]:
    """The numbers, or pairs of them, that N and M can stand for in some words."""
    found = [quantity for quantity in quantities(words) if quantity.counted]
    for one in found:
        if len(one.values) == 2:
            yield tuple(value * 100 for value in one.values) if one.kind == "share" and percent else one.values
        yield from ((value,) for value in sorted(one.readings(None if one.kind != "percent" else percent)))
    single = [one.values[0] for one in found if len(one.values) == 1]
    if len(single) == 2:
        yield tuple(single)
    if not found and words.lower().split()[:1] and words.lower().split()[0] in _SINGLE:
        yield (Fraction(1),)


def expected(rule: WordingRule, words: str, percent: bool | None = None) -> list[tuple[Fraction | None, ...]]:
    """The bounds that a rule gives for some words: one triple for each way to read them."""
    readings: list[tuple[Fraction, ...]] = list(stated(words, percent)) if rule.open else [()]
    made = (rule.values(numbers) for numbers in readings)
    return list(dict.fromkeys(triple for triple in made if triple is not None))


def expressed(rule: WordingRule, one: Quantity) -> bool:
    """Whether a quantity is what a rule without N stands for: hundreds, none, a dozen."""
    for own in _of(rule):
        if own.vague and own.vague == one.vague:
            return True
        if own.values and own.values == one.values and own.kind == one.kind:
            return True
        if (own.vague == "none" and 0 in one.values) or (0 in own.values and one.vague == "none"):
            return True
    constants = rule.values(())
    return constants is not None and constants[0] == constants[2] and constants[0] in one.readings()


def direction(words: str) -> str:
    """Whether words speak of less or of more, or of neither."""
    spoken = set(re.findall(r"[a-z]+", _COMPARED.sub("", words.lower())))
    down, up = bool(spoken & DOWN), bool(spoken & UP)
    return "" if down == up else "down" if down else "up"


def fits(rule: WordingRule, words: str) -> bool:
    """Whether a rule is one for such words: not `over N` for "up to 30", nor `hundreds` for "dozens"."""
    found = [one for one in quantities(words) if one.counted]
    if not rule.open:
        return not found or not _of(rule) or any(expressed(rule, one) for one in found)
    bare = all(one.meant == {""} for one in found)
    turned = {direction(rule.wording), direction(words)} == {"up", "down"}
    if turned:
        return False
    return bare or any(rule.agrees(one.meant) for one in found)


def place_of(words: str, text: str) -> tuple[int, int] | None:
    """Where words stand in a text as whole words, letter case and white space apart."""
    wanted = re.findall(r"\w+|[^\w\s]", words)
    if not wanted:
        return None
    found = re.search(r"(?<!\w)" + r"\s*".join(map(re.escape, wanted)) + r"(?!\w)", text, re.IGNORECASE)
    return found.span() if found else None
