"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eventpack.evidence.joints import Span, joined
from eventpack.evidence.marks import directed
from eventpack.evidence.passages import trimmed
from eventpack.terms import primary_language

_BREAK = re.compile(r"\r(?!\n)|[\x85\u2028]")  # what ends a line beside a line feed
_LINE, _BLOCK = re.compile(r"[^\n\u2029]+"), re.compile(r"[^\u2029]+")  # U+2029 ends a paragraph
_WRAPPED_AT = 120  # characters: where most stand in longer lines, a line is a paragraph


def sentences(text: str, language: str = "en") -> list[Span]:
    """The sentences as offsets in code points, without the white space around them; `language` is a BCP 47 tag.

    A quotation of several sentences is one with the words that introduce or follow it, as far as its paragraph
    reaches. Paragraphs end at blank lines, and at each line's end where lines are not wrapped. A date before the
    first sentence of a line stands for itself.
    """
    tongue = primary_language(language)
    text = _BREAK.sub("\n", text)
    turned = directed(text)  # as long as the text, so offsets into one are offsets into the other
    spans = [span for start, end in _paragraphs(turned) for span in _segmented(turned, start, end, tongue)]
    return joined(text, spans, tongue == "en")


def _paragraphs(text: str) -> list[Span]:
    """The lines when they are not wrapped, else the text as a whole: the segmenter knows blank lines."""
    lines = [match.span() for match in _LINE.finditer(text)]
    long = sum(end - start for start, end in lines if end - start > _WRAPPED_AT)
    return lines if 2 * long > len(text) else [match.span() for match in _BLOCK.finditer(text)]


def _segmented(text: str, start: int, end: int, language: str) -> Iterator[Span]:
    from sentencex import segment  # type: ignore[import-untyped]  # a compiled library, needed only with texts

    at = start
    for piece in segment(language, text[start:end]):
        first = text.index(piece, at)  # pieces follow one another without loss
        at = first + len(piece)
        begin, close = trimmed(piece)
        if begin < close:
            yield first + begin, first + close
