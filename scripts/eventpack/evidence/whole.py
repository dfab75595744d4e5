"""Passages are consecutive whole sentences: what is cut out of one may say the opposite."""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.evidence.cited import Cited, Evidence
from eventpack.evidence.edges import ends, starts
from eventpack.evidence.joints import Span
from eventpack.evidence.passages import trimmed
from eventpack.evidence.sentences import sentences
from eventpack.finding import Finding


def check_sentences(evidence: Evidence) -> Iterator[Finding]:
    """Each passage begins where a sentence begins, and ends where one ends.

    White space around it does not matter, nor does a quotation mark without a partner in its sentence.
    """
    segmented: dict[tuple[str, str], list[Span]] = {}
    judged: dict[tuple[str, str, int, int], tuple[str, str] | None] = {}
    for cited in evidence.cited:
        text, language = cited.text, cited.source.get("language") or "en"
        if (text, language) not in segmented:
            segmented[text, language] = sentences(text, language)
        place = (text, language, cited.start, cited.end)
        if place not in judged:
            judged[place] = _cut(text, segmented[text, language], cited.start, cited.end)
        if (cut := judged[place]) is not None:
            yield _finding(evidence, cited, *cut)


def _cut(text: str, spans: list[Span], start: int, end: int) -> tuple[str, str] | None:
    """At which field a passage is cut, and how; nothing when it is whole."""
    words = text[start:end]
    if not any(map(str.isalnum, words)):
        return "passage_start", "holds no sentence"
    begin, close = trimmed(words)
    start, end = start + begin, start + close
    first = next(span for span in spans if span[1] > start)
    last = next(span for span in reversed(spans) if span[0] < end)
    begins, closes = start in starts(text, first), end in ends(text, last)
    whole = f"whole sentences stand at {first[0]}–{last[1]}"
    if not begins and not closes:
        return "passage_start", f"begins inside a sentence and ends inside one; {whole}"
    if not begins:
        return "passage_start", f"begins inside a sentence, which begins at {first[0]}; {whole}"
    return None if closes else ("passage_end", f"ends inside a sentence, which ends at {last[1]}; {whole}")


def _finding(evidence: Evidence, cited: Cited, name: str, how: str) -> Finding:
    copy = " of another copy of the text" if cited.copy else ""
    what = f"the passage {cited.start}–{cited.end}{copy} {how}"
    fix = f'run `eventpack passage set {cited.claim["claim_id"]} "words" --texts DIR`'
    return evidence.finding("evidence/sentence", cited, name, what, f"{cited.start}–{cited.end}", fix)
