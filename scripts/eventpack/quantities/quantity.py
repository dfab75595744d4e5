"""A number that a text states, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Kind = Literal["plain", "percent", "share", "money", "duration", "age", "ordinal", "date", "time", "name", "list"]
COUNTED = frozenset({"plain", "percent", "share", "money", "duration", "age"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stretch of words or digits that states a number.

    `values` are one number, two for a range, none for a word such as hundreds, whose `vague` then is the name that a
    wording rule gives it. `others` are what digits could also mean (1.200). `meant` holds how the words around take it
    (more, at least, at most, less, nearly, about, exactly, range; the empty text for none), several where it could be
    either. A `soft` one is not likely to count anything: "the two", "one of". `perhaps` is a second possible kind.
    `whole` is the stretch with those words around it. The first of "not 12 but 120" is `denied`.
    """

    start: int
    end: int
    kind: Kind
    values: tuple[Fraction, ...] = ()
    others: tuple[Fraction, ...] = ()
    vague: str = ""
    meant: frozenset[str] = frozenset({""})
    soft: bool = False
    perhaps: Kind | None = None
    whole: tuple[int, int] = (0, 0)
    denied: bool = False

    @property
    def counted(self) -> bool:
        """Whether it says how many or how much, and is no date, place in a row or name."""
        return self.kind in COUNTED

    def readings(self, percent: bool | None = None) -> frozenset[Fraction]:
        """All numbers that it states: where `percent` is given, only as such a share, or only as none."""
        if self.vague:
            amount = {"none": 0, "all": 100}.get(self.vague if self.vague == "none" or percent is not False else "")
            return frozenset() if amount is None else frozenset({Fraction(amount)})
        share = self.kind in ("percent", "share") or self.perhaps == "percent"
        if percent is True and not share:
            return frozenset()
        if percent is False and self.kind in ("percent", "share"):
            return frozenset()
        both = frozenset((*self.values, *self.others))
        if self.kind != "share":
            return both
        return frozenset(n * 100 for n in both) | (frozenset() if percent else both)
