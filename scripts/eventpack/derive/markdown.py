"""Markdown as the codebook needs it: tables, code, and the anchors that headings get."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# An underscore inside a word is no markup; escaping it would only make the source hard to read.
_MARKUP = re.compile(r"[\\`*\[\]<>]|(?<!\w)_|_(?!\w)")


def code(text: str) -> str:
    """Text as inline code, whatever back quotes it holds."""
    if not text:
        return ""
    fence = "``" if "`" in text else "`"
    space = " " if "`" in text else ""
    return f"{fence}{space}{text}{space}{fence}"


def plain(text: str) -> str:
    """Text of the data on one line, with everything that Markdown would take for markup made harmless."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; cells are Markdown already, only the bars in them are escaped."""
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]


def anchor(heading: str) -> str:
    """The anchor that a heading gets on the usual sites: lower case, words joined by hyphens, no punctuation."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def link(heading: str, text: str = "") -> str:
    """A link to a heading of the same page."""
    return f"[{text or heading}](#{anchor(heading)})"
