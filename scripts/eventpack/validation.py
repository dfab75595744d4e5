"""Validate a package: read it, run every check, compare the built files, and ask the referee when told to."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from eventpack.building import stale_findings
from eventpack.checks import CHECKS
from eventpack.errors import EventpackError
from eventpack.evidence.check import holds_any, passage_findings
from eventpack.evidence.texts import texts_by_digest
from eventpack.opening import find_target, read_sound
from eventpack.report import Report, order
from eventpack.subject import read_one_record, read_subject


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
    if target.record and referee:
        raise EventpackError("the referee judges a package, not one record", "leave --referee out, or name the package")
    held = texts_by_digest(texts) if texts else {}
    package, findings = read_sound(target)
    subject = None
    passages: Mapping[str, int] = {}
    if package is not None:
        subject, problems = read_one_record(package, target.record) if target.record else read_subject(package)
        foundation, findings = findings, findings + problems
        if subject is not None:
            findings += (finding for check in CHECKS for finding in check(subject))
            if texts and not holds_any(subject, held):
                what = f"no file in {texts} is the text of a source; texts are recognised by their SHA-256"
                raise EventpackError(what, "name the folder with the texts, or leave --texts out")
            evidence, passages = passage_findings(subject, held)
            findings += evidence
            if subject.whole and not any(finding.severity == "error" for finding in findings):
                findings += stale_findings(subject)  # what is built from faulty data says nothing new
        if target.record:  # what is wrong with descriptor or schemas concerns every record
            findings = [*foundation, *(f for f in findings if f.where.path == target.record)]
    if package is not None and referee:
        from eventpack.referee import referee_findings  # frictionless: 150 ms

        findings += referee_findings(package)
    counts = {name: table.size for name, table in subject.own.items()} if subject else {}
    name, version = (package.descriptor.name, package.descriptor.version) if package else ("", "")
    seconds = time.perf_counter() - started
    return Report(name, version, counts, order(findings), (), passages, target.tree.label, seconds)
