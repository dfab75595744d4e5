"""What all checks say about a target: the one run that every report is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eventpack.building import stale_findings
from eventpack.checks import ROW_CHECKS, TABLE_CHECKS
from eventpack.descriptor import Package
from eventpack.evidence.check import passage_findings
from eventpack.finding import Finding
from eventpack.opening import Target, read_sound
from eventpack.subject import Subject, read_one_record, read_subject


@dataclass(frozen=True, slots=True)
class Outcome:
    """The package and its subject, as far as they could be read, all findings, and how many passages were verified."""

    package: Package | None
    subject: Subject | None
    findings: list[Finding]
    passages: Mapping[str, int]

    @property
    def errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity == "error" for finding in self.findings)


def check_target(target: Target, texts: Mapping[str, str]) -> Outcome:
    """Read a target and run every check; `texts` are those at hand, by the SHA-256 of their bytes.

    Raises:
        NotAPackage: There is no descriptor.
        DiskError: A file that is there cannot be read.
    """
    package, findings = read_sound(target)
    if package is None:
        return Outcome(None, None, findings, {})
    subject, problems = (
        read_one_record(package, target.record) if target.record else read_subject(package, leave_large=True)
    )
    outcome = Outcome(package, subject, findings + problems, {})
    if subject is not None:
        outcome = _checked(outcome, subject, texts)
    if target.record:  # what is wrong with descriptor or schemas concerns every record
        own = [finding for finding in outcome.findings[len(findings) :] if finding.where.path == target.record]
        outcome = Outcome(package, subject, findings + own, outcome.passages)
    return outcome


def _checked(outcome: Outcome, subject: Subject, texts: Mapping[str, str]) -> Outcome:
    judged, found = subject, list[Finding]()
    if subject.large:
        from eventpack.filter import filter_subject  # polars and numpy: 170 ms

        filtered = filter_subject(subject)
        subject, judged = filtered.whole, filtered.judged
        found += filtered.findings
    found += (finding for check in ROW_CHECKS for finding in check(judged))
    found += (finding for check in TABLE_CHECKS for finding in check(subject))
    evidence, passages = passage_findings(subject, texts)
    outcome = Outcome(outcome.package, subject, outcome.findings + found + evidence, passages)
    if subject.whole and not outcome.errors:
        outcome.findings.extend(stale_findings(subject))  # what is built from faulty data says nothing new
    return outcome
