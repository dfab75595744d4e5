"""What a passage is, and its digest, which does not depend on typographic habits.

Offsets are Unicode code points into the decoded text file, the end exclusive.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from eventpack.files import sha256

# Copies of one text differ in these: typographic quotation marks and dashes become their ASCII forms, a mark of the
# byte order nothing.
FOLDING = str.maketrans({
    **dict.fromkeys("‘’‚‛‹›", "'"),
    **dict.fromkeys("“”„‟«»", '"'),
    **dict.fromkeys("‐‑‒–—―", "-"),
    "\N{ZERO WIDTH NO-BREAK SPACE}": None,  # the byte order mark, which begins some files
})  # fmt: skip

_EDGE = re.compile(r"[\s\ufeff]*")
_MOST_DIGITS = 18  # of an offset


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text: `start` and `end` in code points, and the digest of its folded form."""

    start: int
    end: int
    sha256: str


def trimmed(text: str) -> tuple[int, int]:
    """From where to where a stretch of text has more than white space, and marks of the byte order, at its ends."""
    first, last = (match.end() for side in (text, text[::-1]) if (match := _EDGE.match(side)))
    return (first, len(text) - last) if first < len(text) else (0, 0)


def offsets(start: str, end: str) -> tuple[int, int] | None:
    """The offsets that two cells hold, if both hold numbers; numbers that no text is long enough for become one."""
    if not (start.isdecimal() and end.isdecimal()):
        return None
    return _offset(start), _offset(end)


def _offset(digits: str) -> int:
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) < _MOST_DIGITS else 10**_MOST_DIGITS  # Python refuses to read thousands


def fold(text: str) -> str:
    """The text in NFC with ASCII quotation marks and dashes, runs of white space as one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).translate(FOLDING).split())


def digest(text: str) -> str:
    """SHA-256 of the folded text, in lower-case hexadecimal."""
    return sha256(fold(text).encode("utf-8"))


def passage(text: str, start: int, end: int) -> Passage:
    """The passage between two offsets."""
    return Passage(start, end, digest(text[start:end]))
