"""Validate a package: read it, run every check, compare the built files, and ask the referee when told to."""

from __future__ import annotations

import time
from pathlib import Path

from eventpack.building import stale_findings
from eventpack.checks import CHECKS
from eventpack.descriptor import Package
from eventpack.evidence.check import passage_findings
from eventpack.evidence.texts import texts_by_digest
from eventpack.finding import Finding
from eventpack.opening import find_target, read_sound
from eventpack.report import Report, order
from eventpack.subject import Subject, read_one_record, read_subject


def validate(path: str | Path = ".", *, texts: str | Path | None = None, referee: bool = False) -> Report:
    """Check the package at a path: a folder, a descriptor, a record file of a package, or a packaged zip.

    `texts` is a folder with the texts of the sources; with it every passage is verified against its text.
    `referee` adds what `frictionless validate` finds. Whatever is wrong with the data is in the report.

    Raises:
        NotAPackage: The path holds no package.
        DiskError: A file that is there cannot be read.
    """
    started = time.perf_counter()
    target = find_target(path)
    package, findings = read_sound(target)
    counts: dict[str, int] = {}
    passages: dict[str, int] = {}
    if package is not None:
        subject, problems = read_one_record(package, target.record) if target.record else read_subject(package)
        findings += problems
        for check in CHECKS:
            findings += check(subject)
        evidence, passages = passage_findings(subject, texts_by_digest(texts) if texts else {})
        findings += evidence
        counts = {name: table.size for name, table in subject.tables.items()}
        findings += _whole_findings(subject, referee) if not target.record else []
    if target.record:
        findings = [finding for finding in findings if finding.where.path == target.record]
    name, version = _identity(package)
    seconds = time.perf_counter() - started
    return Report(name, version, counts, order(findings), (), passages, target.tree.label, seconds)


def _whole_findings(subject: Subject, referee: bool) -> list[Finding]:
    findings = list(stale_findings(subject))
    if referee:
        from eventpack.referee import referee_findings  # frictionless: 150 ms

        findings += referee_findings(subject.package)
    return findings


def _identity(package: Package | None) -> tuple[str, str]:
    return (package.descriptor.name, package.descriptor.version) if package else ("", "")
