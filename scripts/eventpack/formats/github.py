"""A report as workflow commands of GitHub Actions: annotations at the lines of a pull request."""

from __future__ import annotations

from eventpack.finding import Finding, visible
from eventpack.formats.parts import message, printed_path, worst_first
from eventpack.formats.text import closing_lines
from eventpack.report import Report

_SHOWN = 10  # GitHub shows ten annotations of one kind in a step, and drops the rest without a word


def as_github(report: Report) -> str:
    """The first ten findings as annotations, errors before warnings, then the closing lines of the text report."""
    shown = worst_first(report.findings)[:_SHOWN]
    lines = [_annotation(finding, report.root) for finding in shown]
    if more := len(report.findings) - len(shown):
        lines.append(f"{more} more without annotation; the job summary and --format json list all")
    return "\n".join([*lines, *closing_lines(report)])


def _annotation(finding: Finding, root: str) -> str:
    where = finding.where
    parts = [f"file={_property(visible(printed_path(finding, root)))}"]
    if where.line:
        parts += [f"line={where.line}", f"col={where.column}"]
    parts.append(f"title={_property(finding.code)}")
    return f"::{finding.severity} {','.join(parts)}::{_data(message(finding))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
