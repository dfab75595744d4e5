"""Quotation marks given a direction, so that a segmenter pairs those that belong together."""

from __future__ import annotations

import re

OPENING, CLOSING = "“‘", "”’"
# A letter to every reader of text, so that nothing is paired with it.
_LETTER = "\u02bc"
_MARK = re.compile("[\"“”'‘’]")
_PAIRED = re.compile(r"[“”]|\n[^\S\n]*\n")
_BEFORE, _AFTER = frozenset("([{-‐‑‒–—/\"'“‘"), frozenset(".,;:!?…)]}-‐‑‒–—/\"'”’")


def directed(text: str) -> str:
    """The text, as long as before, with quotation marks whose neighbours tell their direction turned that way.

    Straight marks become curly ones. Apostrophes inside words and before figures, and an opening mark that is
    followed by another one before any closes, are no marks of a pair: they become letters. Texts that open
    quotations with a low mark are left as they are.
    """
    return text if "„" in text or "‚" in text else _without_unclosed(_MARK.sub(_turned, text))


def unpaired(text: str) -> frozenset[int]:
    """Where closing and opening marks stand in a text that have no partner in it."""
    waiting: dict[str, list[int]] = {mark: [] for mark in OPENING}
    alone = []
    for at, char in enumerate(directed(text)):
        if char in OPENING:
            waiting[char].append(at)
        elif char in CLOSING:
            partners = waiting[OPENING[CLOSING.index(char)]]
            if partners:
                partners.pop()
            else:
                alone.append(at)
        elif char == _LETTER and text[at] in '"“':
            alone.append(at)
    return frozenset(alone).union(*waiting.values())


def _turned(match: re.Match[str]) -> str:
    mark, text, at = match[0], match.string, match.start()
    before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    single = mark in "'‘’"
    if single and (after.isdigit() or before.isalnum()) and after.isalnum():
        return _LETTER
    if (before.isspace() or before in _BEFORE) and not (after.isspace() or after in _AFTER):
        return "‘" if single else "“"
    if (after.isspace() or after in _AFTER) and not before.isspace():
        return "’" if single else "”"
    return {'"': "”", "'": "’"}.get(mark, mark)


def _without_unclosed(text: str) -> str:
    opened, unclosed = -1, []
    for match in _PAIRED.finditer(text):
        if match[0] == "“":
            unclosed += [opened] if opened >= 0 else []
            opened = match.start()
        else:
            opened = -1
    if not unclosed:
        return text
    chars = list(text)
    for at in unclosed:
        chars[at] = _LETTER
    return "".join(chars)
