"""Passages against the texts at hand: inside the text, with the digest that its claim gives, saying what it codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from eventpack.descriptor import LEDGER
from eventpack.evidence.cited import Evidence
from eventpack.evidence.placing import NEEDED, place_claims, unknown_texts
from eventpack.finding import Finding
from eventpack.subject import Subject
from eventpack.tables import Table
from eventpack.terms import english

if TYPE_CHECKING:
    from eventpack.ledger import Excepted, Fate


def _check_sentences(evidence: Evidence) -> Iterator[Finding]:
    from eventpack.evidence.whole import check_sentences  # the segmenter

    return check_sentences(evidence)


def _check_counted(evidence: Evidence) -> Iterator[Finding]:
    from eventpack.evidence.counted import check_counted  # words for numbers

    return check_counted(evidence)


def _check_cues(evidence: Evidence) -> Iterator[Finding]:
    from eventpack.evidence.cues.check import cue_findings  # lists of words

    return cue_findings(evidence)


def _check_dated(evidence: Evidence) -> Iterator[Finding]:
    from eventpack.evidence.dated import check_dated  # words for days

    return check_dated(evidence)


# What is looked at in each passage that stands where its claim says; each check tells its own codes.
EVIDENCE_CHECKS: tuple[Callable[[Evidence], Iterator[Finding]], ...] = (
    _check_sentences,
    _check_counted,
    _check_dated,
    _check_cues,
)


@dataclass(slots=True)
class Examined:
    """What is wrong with the evidence, and for each claim with a passage, by its id, what became of it.

    Outcomes: `verified` (nothing is wrong), `other-copy` (the same, in another copy of the text), `unread` (it
    stands there, in a language that is not read), `failed` (something
    is wrong), `unverified` (no text at hand holds it, or its numbers cannot be read, which other checks report).
    Exceptions have left out a finding (`excepted`), or found none to leave out although the passage is there (`idle`).
    """

    findings: list[Finding] = field(default_factory=list)
    outcomes: dict[str, Fate] = field(default_factory=dict)
    excepted: list[Excepted] = field(default_factory=list)
    idle: list[Excepted] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many claims have each outcome, and how many exceptions left a finding out."""
        counts = Counter[str](self.outcomes.values())
        counts.update({"exceptions": len(self.excepted)} if self.excepted else {})
        return {"verified": 0, "unverified": 0, **counts}


def examine(subject: Subject, texts: Mapping[str, str], exceptions: Sequence[Excepted] | None = None) -> Examined:
    """Every passage of the claims to report on; `texts` are those at hand, by the SHA-256 of their bytes.

    Findings of the `exceptions` are left out: of those that hold in the ledger of the package, unless others are given.
    """
    sources, claims = subject.tables.get("sources"), subject.own.get("claims")
    if sources is None or claims is None or not claims.columns.keys() >= set(NEEDED):
        return Examined()
    placed = place_claims(subject, claims, texts)
    examined = Examined(placed.findings, placed.outcomes)
    examined.findings += [*_length_findings(sources, _texts_of(sources, texts)), *unknown_texts(sources, placed)]
    if not placed.cited:
        return examined
    from eventpack.evidence.exceptions import apply_exceptions

    evidence = Evidence.of(subject, claims, placed.cited)
    found = [finding for check in EVIDENCE_CHECKS for finding in check(evidence)]
    applied = apply_exceptions(_held(subject) if exceptions is None else exceptions, placed.cited, found)
    examined.excepted, examined.idle, found = applied.used, applied.idle, applied.findings
    errors = [finding.where for finding in found if finding.severity == "error"]
    failed = {where.row for where in errors if where.table == claims.name}
    events = {where.record_id for where in errors if where.table == "events"}
    for one in placed.cited:
        good: Fate = "unread" if not english(one.source) else "other-copy" if one.copy else "verified"
        examined.outcomes[one.claim["claim_id"]] = (
            "failed" if one.row + 1 in failed or one.claim.get("event_id") in events else good
        )
    examined.findings += found
    return examined


def _held(subject: Subject) -> list[Excepted]:
    from eventpack.evidence.grounds import unbroken  # few packages have a ledger
    from eventpack.ledger import read_ledger

    if subject.package.foreign or not subject.package.tree.has(LEDGER):
        return []
    return unbroken(read_ledger(subject.package.tree)[0], subject)


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
