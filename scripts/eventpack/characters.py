"""Characters that nobody sees, and texts that only look different, or only look alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

# Ranges of code points, so that the verdict is the same with every version of Python's tables of characters.
_CONTROLS = ((0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F))
_BIDI = ((0x202A, 0x202E), (0x2066, 0x2069))
_FORMATS = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200B), (0x200E, 0x200F), (0x2028, 0x2029), (0x2060, 0x2065), (0x206A, 0x206F), (0x3164, 0x3164),
    (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
_JOINERS = (0x200C, 0x200D)  # zero-width non-joiner and joiner
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFF))
_NO_CHARACTERS = ((0xFDD0, 0xFDEF), *((plane << 16 | 0xFFFE, plane << 16 | 0xFFFF) for plane in range(15)))
# Where joiners are part of how words are written: the scripts from Arabic to Sinhala, Myanmar, Khmer and Mongolian.
_JOINED = "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"

IN_TEXT = (*_CONTROLS, *_BIDI)
"""What no text may hold: controls but for tab and line breaks, and what turns the direction of the text around it."""
IN_NAMES = (*IN_TEXT, *_FORMATS, _JOINERS, *_PRIVATE, *_NO_CHARACTERS)
"""What ids, names and codes may not hold either; joiners are fine behind letters of a script that needs them."""

_SAY = {
    0xAD: "soft hyphen", 0x200B: "zero-width space", 0x200C: "zero-width non-joiner", 0x200D: "zero-width joiner",
    0x200E: "left-to-right mark", 0x200F: "right-to-left mark", 0x2028: "line separator", 0x2029: "paragraph separator",
    0x2060: "word joiner", 0xFEFF: "byte order mark",
}  # fmt: skip
_KINDS = ((_BIDI, "bidi control"), (_CONTROLS, "control character"), (_PRIVATE, "private-use character"))


def character_class(ranges: Sequence[tuple[int, int]]) -> str:
    """Ranges of code points as a character class, with escapes for what would not print."""
    return "[" + "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges) + "]"


def _finder(ranges: Sequence[tuple[int, int]], more: str = "") -> Callable[[str], re.Match[str] | None]:
    return re.compile(character_class(ranges) + r"|\r(?!\n)" + more).search


_find_in_text = _finder(IN_TEXT)
_find_in_names = _finder([r for r in IN_NAMES if r != _JOINERS], f"|(?<![{_JOINED}])[\u200c\u200d]")


def invisible(text: str, name: bool) -> str:
    """The first character of a text that nobody sees and that should not be there, or nothing.

    `name` says that the text is an id, a name or a code rather than free text.
    """
    if text.isascii() and text.isprintable():
        return ""
    match = (_find_in_names if name else _find_in_text)(text)
    return match[0] if match else ""


def say_character(char: str) -> str:
    """A character that does not show, as words: `U+200B (zero-width space)`."""
    code = ord(char)
    kind = next((say for ranges, say in _KINDS if any(low <= code <= high for low, high in ranges)), "invisible")
    return f"U+{code:04X} ({_SAY.get(code, kind)})"


def is_composed(text: str) -> bool:
    """Whether a text is in normal form C, so that equal letters are equal characters."""
    return text.isascii() or unicodedata.is_normalized("NFC", text)


# Letters of other scripts, and signs, that look like those of ASCII in most typefaces.
_LOOK_ALIKES = str.maketrans({
    **dict(zip("АВЕЅІЈКМНОРСТХԚԜҮаеорсухѕіјһԁԛԝӏ", "ABESIJKMHOPCTXQWYaeopcyxsijhdqwl", strict=True)),  # Cyrillic
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορ", "ABEZHIKMNOPTYXaivop", strict=True)),  # Greek
    **{chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)},  # of full width
    **dict.fromkeys("‐‑‒–−", "-"), **dict.fromkeys("‘’ʼ′", "'"), "ı": "i",
})  # fmt: skip
_UNSEEN = re.compile(character_class(IN_NAMES))


def plain_form(text: str) -> str:
    """A text without what differs by accident: normal form, case, white space, and characters that nobody sees."""
    if not text.isascii():
        text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.casefold().split())


def seen_form(text: str) -> str:
    """The plain form of what a text looks like: letters that look alike are one letter."""
    return plain_form(text if text.isascii() else unicodedata.normalize("NFC", text).translate(_LOOK_ALIKES))


def plain_forms(texts: Sequence[str]) -> list[str]:
    """The plain forms of many texts; for ids of ASCII letters and signs in a fraction of the time."""
    joined = "\n".join(texts)
    if joined.isascii() and joined.split() == list(texts):
        return joined.casefold().split()
    return [plain_form(text) for text in texts]


def difference(one: str, other: str) -> str:
    """In what two texts of equal form differ alone, as words."""
    ways: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("normal form", lambda text: unicodedata.normalize("NFC", text)),
        ("case", str.casefold),
        ("white space", lambda text: " ".join(text.split())),
        ("characters that nobody sees", lambda text: _UNSEEN.sub("", text)),
        ("case, white space or normal form", plain_form),
    )
    return next((say for say, form in ways if form(one) == form(other)), "letters that look alike")
