"""A report for people: one clickable line per finding, and one closing line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from eventpack.finding import Finding, visible
from eventpack.formats.parts import printed_path
from eventpack.report import Report, Since

_SHOWN = 5  # examples per code; machine formats carry all

Style = Callable[[str, str], str]


def plain(text: str, colour: str) -> str:
    """Text without colour."""
    return text


def as_text(report: Report, style: Style = plain) -> str:
    """The report; `style(text, colour)` colours a part, for terminals."""
    lines: list[str] = []
    seen: Counter[str] = Counter()
    for finding in report.findings:
        seen[finding.code] += 1
        if seen[finding.code] <= _SHOWN:
            lines += _lines(finding, report.root, style)
    for code, count in seen.items():
        if count > _SHOWN:
            lines.append(f"{code}: {count - _SHOWN} more; --format json lists all")
    return "\n".join([*lines, *closing_lines(report, style)])


def closing_lines(report: Report, style: Style = plain) -> list[str]:
    """What was left out of the report, and the verdict."""
    lines = [f"selected: {', '.join(report.selected)}"] if report.selected else []
    for exclusion in report.excluded:
        lines.append(f"excluded {exclusion.code}: {_count(exclusion.count, 'finding')}, because {exclusion.reason}")
    lines += [since_line(report.since)] if report.since else []
    return [*map(visible, lines), _closing(report, style)]


def since_line(since: Since) -> str:
    """To which changes the report is limited, and what was left out of it for that."""
    start = f"since {since.rev} ({since.commit[:12]})"
    if since.new:
        return f"{start}: no readable package there, so all of it counts as touched"
    touched = [_count(sum(since.records.values()), "record")]
    touched += [_count(len(since.files), "other file")] if since.files else []
    older = f"; {_count(len(since.older), 'older finding')} elsewhere not reported" if since.older else ""
    return f"{start}: {' and '.join(touched)} touched{older}"


def _lines(finding: Finding, root: str, style: Style) -> list[str]:
    place = str(replace(finding.where, path=printed_path(finding, root)))
    colour = "red" if finding.severity == "error" else "yellow"
    mark = "" if finding.severity == "error" else "warning: "
    lines = [f"{style(visible(place), 'bold')}: {style(finding.code, colour)} {mark}{visible(finding.what)}"]
    lines += [f"    found: {visible(finding.found)}"] if finding.found not in finding.what else []
    lines += [f"    why: {visible(finding.why)}"] if finding.why else []
    lines += [f"    fix: {visible(finding.fix)}"] if finding.fix else []
    return lines


def _closing(report: Report, style: Style) -> str:
    verdict = style("ok", "green") if report.ok else style("failed", "red")
    main = [name for name in ("events", "claims") if name in report.counts]
    tables = main or list(report.counts)[:3]
    parts = [_count(report.counts[name], visible(name).replace("_", " ").removesuffix("s")) for name in tables]
    if report.findings:
        parts += [_count(report.errors, "error"), _count(report.warnings, "warning")]
        parts += [_count(report.consequences, "consequence")] if report.consequences else []
    else:
        parts.append("0 findings")
    copied, unverified = report.passages.get("other-copy", 0), report.passages.get("unverified", 0)
    verified = report.passages.get("verified", 0) + copied
    if verified:
        parts.append(f"{_count(verified, 'passage')} verified")
        parts += [f"{copied} of them in another copy"] if copied else []
    unread = report.passages.get("unread", 0)
    parts += [f"{_count(unread, 'passage')} found but not read"] if unread else []
    if unverified:
        hint = "" if verified or unread else " (give --texts DIR)"
        parts.append(f"{_count(unverified, 'passage')} not verified{hint}")
    if exceptions := report.passages.get("exceptions", 0):
        parts.append(_count(exceptions, "exception"))
    return f"{verdict}: {', '.join([*parts, f'{report.seconds:.2f} s'])}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
