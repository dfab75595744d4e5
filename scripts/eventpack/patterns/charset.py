"""Sets of characters in a pattern: ranges and classes, perhaps all but them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

_CLASSES: Mapping[str, Callable[[str], bool]] = {
    "d": str.isdecimal,
    "D": lambda char: not char.isdecimal(),
    "s": str.isspace,
    "S": lambda char: not char.isspace(),
    "w": lambda char: char.isalnum() or char == "_",
    "W": lambda char: not (char.isalnum() or char == "_"),
}
CLASSES = frozenset(_CLASSES)
_ASCII = [chr(code) for code in range(128)]


@dataclass(frozen=True)
class Charset:
    """Which characters may stand at one place; the ranges are code points, both ends included."""

    ranges: tuple[tuple[int, int], ...] = ()
    classes: tuple[str, ...] = ()
    negated: bool = False

    def holds(self, char: str) -> bool:
        """Whether a character is in the set, by the meaning that Python gives to the classes."""
        code = ord(char)
        inside = any(low <= code <= high for low, high in self.ranges)
        return (inside or any(_CLASSES[name](char) for name in self.classes)) != self.negated

    @cached_property
    def ascii(self) -> frozenset[str]:
        """The characters of the set that are ASCII."""
        return frozenset(filter(self.holds, _ASCII))

    @cached_property
    def is_ascii(self) -> bool:
        """Whether the set surely holds no character beyond ASCII."""
        return not self.negated and not self.classes and all(high < 128 for _, high in self.ranges)

    def overlaps(self, other: Charset) -> bool:
        """Whether a character may be in both; said too often rather than too seldom."""
        if not (self.negated or self.classes or other.negated or other.classes):
            return any(a <= d and c <= b for a, b in self.ranges for c, d in other.ranges)
        return bool(self.ascii & other.ascii) or not (self.is_ascii or other.is_ascii)
