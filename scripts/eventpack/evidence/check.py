"""Passages against the texts at hand: inside the text, with the digest that its claim gives, saying what it codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from eventpack.cells import Cells, cells_of
from eventpack.evidence.cited import Cited, Evidence
from eventpack.evidence.passages import digest
from eventpack.finding import Finding, shorten
from eventpack.subject import Subject
from eventpack.tables import Table

_NEEDED = ("claim_id", "source_id", "passage_start", "passage_end", "passage_sha256")

# What is looked at in each passage that stands where its claim says; each check tells its own codes.
EVIDENCE_CHECKS: tuple[Callable[[Evidence], Iterator[Finding]], ...] = ()


@dataclass(slots=True)
class Examined:
    """What is wrong with the evidence, and for each claim with a passage, by its id, what became of it.

    Outcomes: `verified` (nothing is wrong), `failed` (something is), `unverified` (no text at hand
    holds it, or its numbers cannot be read, which other checks report).
    """

    findings: list[Finding] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many claims have each outcome."""
        return {"verified": 0, "unverified": 0, **Counter(self.outcomes.values())}


def examine(subject: Subject, texts: Mapping[str, str]) -> Examined:
    """Every passage of the claims to report on; `texts` are those at hand, by the SHA-256 of their bytes."""
    sources, claims = subject.tables.get("sources"), subject.own.get("claims")
    examined = Examined()
    if sources is None or claims is None or not claims.columns.keys() >= set(_NEEDED):
        return examined
    held = _texts_of(sources, texts)
    examined.findings += _length_findings(sources, held)
    cited = list(_cited(subject, claims, held, examined))
    if not cited:
        return examined
    evidence = Evidence.of(subject, claims, cited)
    found = [finding for check in EVIDENCE_CHECKS for finding in check(evidence)]
    failed = {finding.where.row for finding in found if finding.severity == "error"}
    for one in cited:
        examined.outcomes[one.claim["claim_id"]] = "failed" if one.row + 1 in failed else "verified"
    examined.findings += found
    return examined


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


def _cited(subject: Subject, claims: Table, held: Mapping[str, str], examined: Examined) -> Iterator[Cited]:
    """The claims whose passages stand where they say; what became of the others is noted."""
    events = _by_id(subject, "events", "event_id") if held else {}
    sources = _by_id(subject, "sources", "source_id") if held else {}
    for row in range(claims.size):
        claim = claims.row(row)
        source, start, end, sha256 = (claim[name] for name in _NEEDED[1:])
        if not (start or end or sha256):
            continue
        text = held.get(source)
        if text is None or not (start.isdecimal() and end.isdecimal() and sha256):
            examined.outcomes[claim["claim_id"]] = "unverified"
        elif problem := _problem(claims, row, text, (int(start), int(end)), sha256):
            examined.findings.append(problem)
            examined.outcomes[claim["claim_id"]] = "failed"
        else:
            event = events.get(claim.get("event_id", ""), {})
            yield Cited(row, claim, event, sources.get(source, {}), text, int(start), int(end))


def _by_id(subject: Subject, table: str, key: str) -> dict[str, Cells]:
    return {row.get(key, ""): row for row in cells_of(subject, table)}


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
