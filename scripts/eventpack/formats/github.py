"""A report as workflow commands of GitHub Actions: annotations at the lines of a pull request."""

from __future__ import annotations

from eventpack.finding import Finding, visible
from eventpack.formats.text import closing_lines
from eventpack.report import Report


def as_github(report: Report) -> str:
    """One annotation per finding, then the closing lines of the text report."""
    return "\n".join([*(_annotation(finding, report.root) for finding in report.findings), *closing_lines(report)])


def _annotation(finding: Finding, root: str) -> str:
    where = finding.where
    parts = [f"file={_property(visible(f'{root}/{where.path}' if root else where.path))}"]
    if where.line:
        parts += [f"line={where.line}", f"col={where.column}"]
    parts.append(f"title={_property(finding.code)}")
    text = (
        visible(finding.what)
        + (f"\nwhy: {visible(finding.why)}" if finding.why else "")
        + (f"\nfix: {visible(finding.fix)}" if finding.fix else "")
    )
    return f"::{finding.severity} {','.join(parts)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
