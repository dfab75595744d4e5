"""The result of a check: counts and findings, what was left out of the report and why, and the verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field, replace

from eventpack.finding import Finding
from eventpack.frozen import Frozen


class Exclusion(Frozen):
    """Findings left out of a report: the code or its prefix, the reason given, and how many there were."""

    code: str
    reason: str
    count: int


class Since(Frozen):
    """To what a report is limited: what differs from the commit that the work began at.

    `rev` is the name given, `commit` the id of the last commit in common with it. `records` counts, per table of
    record files or hand-edited rows, those added, changed or taken away; `files` are the other files of the package
    that differ. `older` are the findings left out: they stand in what is untouched, and stood there before. When the
    package could not be read at that commit, it is `new`: everything in it counts as touched.
    """

    rev: str
    commit: str
    records: Mapping[str, int]
    files: tuple[str, ...] = ()
    older: tuple[Finding, ...] = ()
    new: bool = False


class Report(Frozen):
    """What a validation found.

    `counts` are rows per table; `passages` says how many of the claims' passages were verified against texts and how
    many could not be; `root` is the path to print before each finding's path; `seconds` is wall time; `selected`
    are the codes and families reported, when not all are; `since` says to which changes the report is limited.
    `unreadable` are the files among the texts that are not UTF-8, so that nothing was sought in them.
    """

    package: str
    version: str
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]
    excluded: tuple[Exclusion, ...] = ()
    passages: Mapping[str, int] = field(default_factory=dict)
    root: str = ""
    seconds: float = 0.0
    selected: tuple[str, ...] = ()
    since: Since | None = None
    unreadable: tuple[str, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return len(self.findings) - self.errors

    @property
    def consequences(self) -> int:
        """How many findings stand in what is untouched, and became invalid by a change elsewhere."""
        return sum(finding.consequence for finding in self.findings)

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return self.errors == 0


def order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by file, line and column; the same one is said once."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda f: (f.where.path, f.where.line, f.where.column, f.code)))


def narrow(
    report: Report, select: Iterable[str] = (), exclude: Mapping[str, str] | None = None, strict: bool = False
) -> Report:
    """The report with only the selected codes, without the excluded ones, and warnings made errors when strict.

    Codes are matched by whole steps from the left: `cell` and `cell/type` both match `cell/type`; a slash at the
    end means nothing.
    """
    chosen = tuple(code.rstrip("/") for code in select)
    exclude = {code.rstrip("/"): reason for code, reason in (exclude or {}).items()}
    findings = _chosen(report.findings, chosen)
    excluded = []
    for code, reason in exclude.items():
        left = _without(findings, [code])
        excluded.append(Exclusion(code, reason, len(findings) - len(left)))
        findings = left
    if strict:
        findings = [replace(f, severity="error") for f in findings]
    since = report.since and replace(report.since, older=tuple(_without(_chosen(report.since.older, chosen), exclude)))
    return replace(
        report, findings=tuple(findings), excluded=(*report.excluded, *excluded), selected=chosen or report.selected,
        since=since,
    )  # fmt: skip


def _chosen(findings: Iterable[Finding], codes: Collection[str]) -> list[Finding]:
    return [f for f in findings if not codes or any(matches(f.code, code) for code in codes)]


def _without(findings: Iterable[Finding], codes: Collection[str]) -> list[Finding]:
    return [f for f in findings if not any(matches(f.code, code) for code in codes)]


def matches(code: str, prefix: str) -> bool:
    """Whether a code is the prefix or lies below it."""
    return code == prefix or code.startswith(f"{prefix}/")
