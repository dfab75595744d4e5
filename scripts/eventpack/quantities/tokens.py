"""A text as words, digits and marks, with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass

VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅒"
_TOKEN = re.compile(
    rf"[{VULGAR}]|(?<![^\s(\[$€£¥₹~≈−-])\.\d+(?![.,\d])|\d+(?:[.,'’\u00a0\u2009\u202f]\d+)*|[^\W\d_{VULGAR}]+(?:['’][^\W\d_{VULGAR}]+)*|[^\w\s]|_"
)
DASHES = frozenset("-‐‑‒–−")  # not the long ones, which stand between parts of a sentence
HYPHENS = frozenset("-‐‑")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text and its place; `low` in lower case, dashes as `-`; for `.5` both are `0.5`."""

    text: str
    low: str
    start: int
    end: int


NO_TOKEN = Token("", "", -1, -1)


class Tokens:
    """The tokens of a text; one beyond either end is empty."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._all = [_token(match) for match in _TOKEN.finditer(text)]

    def __len__(self) -> int:
        return len(self._all)

    def __getitem__(self, index: int) -> Token:
        return self._all[index] if 0 <= index < len(self._all) else NO_TOKEN

    def glued(self, index: int) -> bool:
        """Whether a token follows the one before without a space."""
        return 0 < index < len(self._all) and self._all[index].start == self._all[index - 1].end

    def phrase(self, first: int, last: int) -> str:
        """Some tokens in lower case, with single spaces."""
        return " ".join(token.low for token in self._all[max(first, 0) : max(last, 0)])

    def is_start(self, index: int) -> bool:
        """Whether a sentence may begin with a token, as far as marks tell."""
        before = self[index - 1].low
        return not before or before in ".!?:;“\"'‘(—" or "\n" in self.text[self[index - 1].end : self[index].start]


def _token(match: re.Match[str]) -> Token:
    text = "0" + match[0] if match[0][0] == "." and len(match[0]) > 1 else match[0]
    low = "-" if text in DASHES else text.lower().replace("’", "'")
    return Token(text, low, match.start(), match.end())
