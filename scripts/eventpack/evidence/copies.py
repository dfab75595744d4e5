"""Passages sought in the texts at hand by their digests: windows of consecutive sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from eventpack.evidence.edges import ends, starts
from eventpack.evidence.joints import Span
from eventpack.evidence.passages import fold
from eventpack.evidence.sentences import sentences

_MOST_SENTENCES = 60  # of a window, however long the passages are
_SLACK = 16  # characters by which normalisation may lengthen a passage


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a passage stands: the SHA-256 of the text's bytes, and offsets in code points."""

    text_sha256: str
    start: int
    end: int


def find_stretches(
    texts: Mapping[str, str], wanted: Collection[str], longest: int, language: str = "en"
) -> dict[str, list[Stretch]]:
    """All places of the wanted digests in the texts, those of one text in their order.

    `longest` is the number of characters of the longest passage that is wanted: a passage is never longer folded.
    """
    found: defaultdict[str, list[Stretch]] = defaultdict(list)
    if not wanted:
        return found
    for text_sha256, text in sorted(texts.items()):
        for sha256, start, end in _windows(text, sentences(text, language), longest + _SLACK):
            if sha256 in wanted:
                found[sha256].append(Stretch(text_sha256, start, end))
    return found


def _windows(text: str, spans: list[Span], longest: int) -> Iterator[tuple[str, int, int]]:
    """The digest of each run of sentences, with its offsets, marks without a partner left out at its ends or not."""
    import hashlib  # OpenSSL: 2 ms

    folded = cache(lambda start, end: fold(text[start:end]))
    behind = [ends(text, span) for span in spans]
    for first, span in enumerate(spans):
        for start in starts(text, span):
            begin, common, length = start, hashlib.sha256(), 0  # what the windows from here have in common
            for last in range(first, min(first + _MOST_SENTENCES, len(spans))):
                for end in (end for end in behind[last] if end > begin):
                    window = common.copy()
                    window.update(folded(begin, end).encode())
                    yield window.hexdigest(), start, end
                length += len(whole := folded(begin, spans[last][1]))
                if length > longest or last + 1 == len(spans):
                    break
                begin = spans[last + 1][0]
                common.update(whole.encode() + (b" " if begin > spans[last][1] else b""))
