"""A report as the Markdown that GitHub Actions shows on the page of a run: the job summary."""

from __future__ import annotations

import re
from collections import Counter

from eventpack.finding import Finding, visible
from eventpack.formats import encoded
from eventpack.formats.parts import message, printed_path, worst_first
from eventpack.formats.text import closing_lines
from eventpack.report import Report

LARGEST = 1024 * 1024  # bytes; GitHub refuses a step's summary that is larger
_ROOM_FOR_REST = 200  # bytes kept free for the line that counts what did not fit
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&#$!]")


def as_summary(report: Report, room: int = LARGEST) -> str:
    """The verdict, the number of findings per code, and a table of all findings, in at most `room` bytes of UTF-8.

    Errors stand before warnings. What does not fit is counted in the last line; nothing is written when there is no
    room for the verdict.
    """
    lines = [f"### eventpack: {_plain(report.package or report.root or 'package')}", "", *_verdict(report)]
    if report.findings:
        lines += _table(("code", "findings"), [(code, str(n)) for code, n in _counts(report)])
        lines += _table(("", "code", "where", "what"), [])
    left = room - len(encoded("\n".join(lines))) - _ROOM_FOR_REST
    if left < 0:
        return ""
    findings = worst_first(report.findings)
    for number, finding in enumerate(findings):
        line = _line(_cells(finding, report.root))
        left -= len(encoded(line)) + 1
        if left < 0:
            return "\n".join([*lines, "", f"{len(findings) - number} more; GitHub limits the size of a summary.", ""])
        lines.append(line)
    return "\n".join([*lines, ""])


def _verdict(report: Report) -> list[str]:
    return [line for text in closing_lines(report) for line in (_plain(text), "")]


def _counts(report: Report) -> list[tuple[str, int]]:
    return Counter(finding.code for finding in worst_first(report.findings)).most_common()


def _cells(finding: Finding, root: str) -> tuple[str, str, str, str]:
    where = finding.where
    place = printed_path(finding, root) + (f":{where.line}:{where.column}" if where.line else "")
    what = "<br>".join(_plain(line) for line in message(finding).split("\n"))
    return finding.severity, finding.code, _plain(place), what


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    lines = [_line(header), _line(("---",) * len(header)), *map(_line, rows)]
    return [*lines, ""] if rows else lines


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", visible(text))
