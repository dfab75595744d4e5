"""Passages against the texts at hand: inside the text, and with the digest that the claim gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from eventpack.evidence.passages import digest
from eventpack.finding import Finding, shorten
from eventpack.subject import Subject
from eventpack.tables import Table

_PASSAGE = ("source_id", "passage_start", "passage_end", "passage_sha256")


def passage_findings(subject: Subject, texts: Mapping[str, str]) -> tuple[list[Finding], dict[str, int]]:
    """What is wrong with the passages of claims, and how many are `verified` and `unverified`.

    `texts` holds the texts at hand by the SHA-256 of their bytes; a passage of another text stays unverified, and so
    does one whose numbers or source cannot be read (other checks report that).
    """
    sources, claims = subject.tables.get("sources"), subject.own.get("claims")
    if sources is None or claims is None or not claims.columns.keys() >= set(_PASSAGE):
        return [], {"verified": 0, "unverified": 0}
    held = _texts_of(sources, texts)
    findings = list(_length_findings(sources, held))
    counts: Counter[str] = Counter(verified=0, unverified=0)
    for row, (source, start, end, sha256) in enumerate(claims.rows(_PASSAGE)):
        if not (start or end or sha256):
            continue
        text = held.get(source)
        if text is None or not (start.isdecimal() and end.isdecimal() and sha256):
            counts["unverified"] += 1
        elif problem := _problem(claims, row, text, (int(start), int(end)), sha256):
            findings.append(problem)
        else:
            counts["verified"] += 1
    return findings, dict(counts)


def holds_any(subject: Subject, texts: Mapping[str, str]) -> bool:
    """Whether one of the texts is that of a source; without sources there is nothing to hold."""
    sources = subject.tables.get("sources")
    return sources is None or bool(_texts_of(sources, texts))


def _texts_of(sources: Table, texts: Mapping[str, str]) -> dict[str, str]:
    rows = sources.rows(("source_id", "text_sha256"))
    return {source: texts[sha256] for source, sha256 in rows if sha256 in texts}


def _length_findings(sources: Table, held: Mapping[str, str]) -> Iterator[Finding]:
    for row, (source, chars) in enumerate(sources.rows(("source_id", "text_chars"))):
        if source in held and chars and chars != str(len(held[source])):
            yield Finding(
                "evidence/source-length", sources.where(row, "text_chars"),
                f"the text has {len(held[source])} characters, not {chars}", chars,
                "the digest is that of this text; offsets count Unicode code points of the decoded file",
                f"write {len(held[source])}",
            )  # fmt: skip


def _problem(claims: Table, row: int, text: str, span: tuple[int, int], sha256: str) -> Finding | None:
    start, end = span
    if not start < end <= len(text):
        what = f"the passage {start}–{end} does not lie in its text of {len(text)} characters"
        name = "passage_end" if end > len(text) or end == start else "passage_start"
        return _finding("evidence/range", claims, row, name, what, f"{start}–{end}")
    if digest(text[start:end]) == sha256:
        return None
    what = f"the passage {start}–{end} has another digest than its claim gives"
    return _finding("evidence/digest", claims, row, "passage_sha256", what, sha256)


def _finding(code: str, claims: Table, row: int, name: str, what: str, found: str) -> Finding:
    claim = claims.row(row).get("claim_id", "")
    fix = f'run `eventpack passage set {claim} "words" --texts DIR`'
    return Finding(code, claims.where(row, name), what, shorten(found), fix=fix)
