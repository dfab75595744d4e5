"""A report for machines: the documented, versioned JSON object."""

from __future__ import annotations

import json

from eventpack.report import Report

REPORT_VERSION = "1"


def as_json(report: Report) -> str:
    """The report as JSON; keys are only ever added within one `report` version."""
    value = {
        "report": REPORT_VERSION,
        "package": report.package,
        "version": report.version,
        "ok": report.ok,
        "counts": dict(report.counts),
        "passages": dict(report.passages),
        "selected": list(report.selected),
        "excluded": [{"code": e.code, "reason": e.reason, "count": e.count} for e in report.excluded],
        "since": _since(report),
        "findings": [finding.to_json() for finding in report.findings],
    }
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")  # half a character, as in a file name, is an escape


def _since(report: Report) -> dict[str, object] | None:
    """To which changes the report is limited; null when it is not."""
    since = report.since
    if since is None:
        return None
    return {
        "rev": since.rev, "commit": since.commit, "new": since.new, "records": dict(since.records),
        "files": list(since.files), "consequences": report.consequences, "older": len(since.older),
    }  # fmt: skip
