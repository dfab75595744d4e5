"""What all checks say about a target: the one run that every report is made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from eventpack import limits
from eventpack.descriptor import LEDGER, Package
from eventpack.finding import Finding, Tally
from eventpack.frozen import Frozen
from eventpack.opening import Target, read_sound
from eventpack.passing import large_of, passing
from eventpack.patterns import bounded_time
from eventpack.revisions import RELEASED
from eventpack.subject import Subject, read_one_record, read_subject
from eventpack.trees import Folder
from eventpack.work import Work

if TYPE_CHECKING:
    from eventpack.evidence.check import Examined
    from eventpack.filter.scan import Passes


class Outcome(Frozen):
    """The package and its subject, as far as they could be read, all findings, and how many passages were verified."""

    package: Package | None
    subject: Subject | None
    findings: list[Finding]
    passages: Mapping[str, int]

    @property
    def examined(self) -> bool:
        """Whether any passage was found in a text, or looked for in the source's own."""
        return any(count for outcome, count in self.passages.items() if outcome != "unverified")

    @property
    def errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity == "error" for finding in self.findings)


def check_target(
    target: Target,
    texts: Mapping[str, str],
    most: int = limits.FINDINGS,
    work: Work | None = None,
    until: ExitStack | None = None,
) -> Outcome:
    """Read a target and run every check; `texts` are those at hand, by the SHA-256 of their bytes.

    Of each code in each table so many findings are listed at `most`; one finding tells the number of the others.
    `work` is told how far the reading has come. With `until`, plain copies may be made of large tables that are
    compressed or in another encoding; the subject needs them, so they stay until that is closed.

    Raises:
        NotAPackage: There is no descriptor.
        DiskError: A file that is there cannot be read.
    """
    tally = Tally(most)
    package, findings = read_sound(target)
    findings = list(tally.listed(findings))
    if package is None:
        return Outcome(None, None, [*findings, *tally.rest()], {})
    large = {} if target.record else large_of(package, until)
    with passing(package, large, work) as passes, bounded_time():
        if target.record:
            subject, problems = read_one_record(package, target.record)
        else:
            subject, problems = read_subject(package, large=large, work=work)
        outcome = Outcome(package, subject, [*findings, *tally.listed(problems)], {})
        if subject is not None:
            outcome = _checked(outcome, replace(subject, tally=tally), texts, passes)
    outcome.findings.extend(tally.rest())
    if target.record:  # what is wrong with descriptor or schemas concerns every record
        own = [finding for finding in outcome.findings[len(findings) :] if finding.where.path == target.record]
        outcome = Outcome(package, subject, findings + own, outcome.passages)
    return outcome


def _checked(outcome: Outcome, subject: Subject, texts: Mapping[str, str], passes: Passes | None) -> Outcome:
    from eventpack.checks import ROW_CHECKS, TABLE_CHECKS  # while large tables are passed over
    from eventpack.evidence.check import examine

    parts, found, tally = iter([subject]), list[Finding](), subject.tally
    listed = tally.listed
    if passes is not None:
        from eventpack.filter import filter_subject

        filtered = filter_subject(subject, passes)
        subject, parts = filtered.whole, filtered.judged
        found += listed(filtered.findings)
    parts = _until_full(parts, tally)
    found += (finding for judged in parts for check in ROW_CHECKS for finding in listed(check(judged)))
    found += (finding for check in TABLE_CHECKS for finding in listed(check(subject)))
    evidence = examine(subject, texts)
    others = evidence.findings, _ledger_findings(subject, evidence), _released_findings(subject)
    found += (finding for findings in others for finding in listed(findings))
    outcome = Outcome(outcome.package, subject, [*outcome.findings, *found], evidence.counts)
    builds = any(resource.records or resource.derivation for resource in subject.package.descriptor.resources)
    if subject.whole and builds and not outcome.errors:
        from eventpack.building import stale_findings  # what builds: 9 ms, which one record does not need

        outcome.findings.extend(listed(stale_findings(subject)))  # what is built from faulty data says nothing new
    return outcome


def _ledger_findings(subject: Subject, evidence: Examined) -> Iterator[Finding]:
    if subject.package.foreign or not subject.package.tree.has(LEDGER):
        return
    from eventpack.evidence.recorded import recorded_findings  # few packages have one

    yield from recorded_findings(subject, evidence.idle)


def _released_findings(subject: Subject) -> Iterator[Finding]:
    tree = subject.package.tree
    if not (subject.whole and isinstance(tree, Folder) and tree.has(RELEASED)):
        return
    from eventpack.revisions.released import released_findings  # few trees have releases

    yield from released_findings(subject)


def _until_full(parts: Iterator[Subject], tally: Tally) -> Iterator[Subject]:
    """The parts of large tables, as long as it is worth while to look at more."""
    for part in parts:
        yield part
        if tally.full:
            return
