"""From a few words to a passage: the whole sentences around them."""

from __future__ import annotations

import re
import unicodedata

from eventpack.errors import EventpackError
from eventpack.evidence.joints import Span
from eventpack.evidence.passages import FOLDING, Passage, fold, passage
from eventpack.evidence.sentences import sentences
from eventpack.finding import shorten

# No character composes with one before an ASCII character, so these pieces can be normalised one by one.
_PIECE = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]*")
_SHOWN = 5  # matches listed in a message


def find_passage(text: str, words: str, language: str = "en") -> Passage:
    """The whole consecutive sentences of a text around some words.

    Quotation marks, dashes, white space and composed letters are compared as in digests; letter case counts as long
    as the words occur in just this case.

    Raises:
        EventpackError: The words do not occur, or in several passages.
    """
    wanted = fold(words)
    if not wanted:
        raise EventpackError("no words to look for", "give some words of the passage, in quotes")
    spans = sentences(text, language)
    found = sorted({_around(spans, match) for match in _matches(text, wanted)})
    if not found:
        raise EventpackError(f"the words `{shorten(words)}` do not occur in the text", _nearest(text, spans, wanted))
    if len(found) > 1:
        shown = "; ".join(f"{a}–{b} {shorten(fold(text[a:b]), 50)}" for a, b in found[:_SHOWN])
        more = f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise EventpackError(
            f"the words occur in {len(found)} passages: {shown}{more}", "give more words of the right one"
        )
    return passage(text, *found[0])


def _matches(text: str, wanted: str) -> list[Span]:
    """Where the folded words occur, as offsets into the text itself."""
    folded, starts, ends = _fold_with_offsets(text)
    for flags in (0, re.IGNORECASE):
        if found := [match.span() for match in re.finditer(re.escape(wanted), folded, flags)]:
            return [(starts[first], ends[last - 1]) for first, last in found]
    return []


def _fold_with_offsets(text: str) -> tuple[str, list[int], list[int]]:
    """The folded text (white space at the ends kept), and for each of its characters where it comes from."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _PIECE.finditer(text):
        piece = unicodedata.normalize("NFC", match[0]).translate(FOLDING)
        exact = len(piece) == len(match[0])  # else every character stands for the whole piece: at most a word
        for index, char in enumerate(piece):
            start = match.start() + index if exact else match.start()
            end = start + 1 if exact else match.end()
            if char.isspace() and chars and chars[-1] == " ":
                ends[-1] = end
                continue
            chars.append(" " if char.isspace() else char)
            starts.append(start)
            ends.append(end)
    return "".join(chars), starts, ends


def _around(spans: list[Span], match: Span) -> Span:
    """From the start of the sentence in which the words begin to the end of that in which they end."""
    touched = [span for span in spans if span[0] < match[1] and match[0] < span[1]]
    return (touched[0][0], touched[-1][1]) if touched else match


def _nearest(text: str, spans: list[Span], wanted: str) -> str:
    """Which sentence shares most words with those looked for."""
    words = set(wanted.casefold().split())

    def shared(span: Span) -> int:
        return len(words & set(fold(text[slice(*span)]).casefold().split()))

    best = max(spans, key=shared, default=(0, 0))
    if not words or not spans or shared(best) * 2 < len(words):
        return "copy the words from the text"
    return f"did you mean the sentence at {best[0]}–{best[1]}, {shorten(fold(text[slice(*best)]), 80)}?"
