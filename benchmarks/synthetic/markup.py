"""Marks in a sentence while it is written: where a claim rests on the words, and which words would make it wrong.

A mark `⟦key¦words¦kind=other words¦…⟧` stands for its words. Applying all alternatives of one kind for one claim gives
the text that the claim would be wrong about. `‹` and `›` after a key enclose the clause without what is said about it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MARK = re.compile(r"⟦(\d+)¦([^¦⟧]*)((?:¦[^¦⟧]*)*)⟧")


@dataclass(frozen=True, slots=True)
class Site:
    """Words at `start` that carry a claim, and alternatives by kind of mistake."""

    key: int
    start: int
    end: int
    instead: dict[str, str]

    def moved(self, by: int) -> Site:
        """The same words, further on in a longer text."""
        return Site(self.key, self.start + by, self.end + by, self.instead)


def mark(key: int, words: str, **instead: str) -> str:
    """Words that carry a claim; each keyword is a kind of mistake with the words that make it."""
    return f"⟦{key}¦{words}" + "".join(f"¦{kind}={other}" for kind, other in instead.items()) + "⟧"


def clause(key: int, words: str) -> str:
    """Words of which a careless coder could take the inner part alone as the passage."""
    return f"{mark(key, '', opens='')}{words}{mark(key, '', closes='')}"


def read(marked: str) -> tuple[str, list[Site]]:
    """The sentence as it will be printed, with a capital, and its sites."""
    pieces: list[str] = []
    sites: list[Site] = []
    at = last = 0
    for match in MARK.finditer(marked):
        before = marked[last : match.start()]
        at += len(before)
        words = match[2]
        instead = dict(part.split("=", 1) for part in match[3].split("¦") if part)
        sites.append(Site(int(match[1]), at, at + len(words), instead))
        pieces += [before, words]
        at += len(words)
        last = match.end()
    text = "".join([*pieces, marked[last:]])
    first = next((place for place, char in enumerate(text) if char.isalnum()), 0)
    text = text[:first] + text[first].upper() + text[first + 1 :]
    return text, [_capital(site, first) for site in sites]


def _capital(site: Site, first: int) -> Site:
    """What stands first has a capital in the alternatives, too."""
    if site.start > first or site.end <= first:
        return site
    return Site(site.key, site.start, site.end, {k: v[:1].upper() + v[1:] for k, v in site.instead.items()})


def changed(text: str, sites: Sequence[Site], key: int, kind: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The text with all alternatives of a kind for a claim, and the edits as (start, end, length of the new words)."""
    edits = [(s.start, s.end, s.instead[kind]) for s in sites if s.key == key and kind in s.instead]
    for start, end, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[end:]
    return text, [(start, end, len(words)) for start, end, words in sorted(edits)]


def shifted(offset: int, edits: Sequence[tuple[int, int, int]]) -> int:
    """Where an offset lies after the edits; it must not lie inside the words that one replaces."""
    return offset + sum(size - (end - start) for start, end, size in edits if end <= offset and start < offset)
