"""Where the sentences of a text begin and end."""

from __future__ import annotations

Span = tuple[int, int]


def sentences(text: str, language: str = "en") -> list[Span]:
    """The sentences as offsets in code points, without the white space around them; `language` is a BCP 47 tag."""
    from sentencex import segment  # type: ignore[import-untyped]  # a compiled library, needed only with texts

    spans: list[Span] = []
    at = 0
    for piece in segment(language.partition("-")[0] or "en", text):
        start = text.index(piece, at)  # pieces follow one another without loss
        at = start + len(piece)
        if bare := piece.strip():
            first = start + piece.index(bare)
            spans.append((first, first + len(bare)))
    return spans
