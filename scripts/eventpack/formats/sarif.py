"""A report as SARIF 2.1.0, which GitHub code scanning and editors show at the lines of the files."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeAlias
from urllib.parse import quote

from eventpack import __version__
from eventpack.codes import Code, read_codes
from eventpack.files import sha256
from eventpack.finding import Finding
from eventpack.formats import encoded
from eventpack.formats.parts import message, printed_path
from eventpack.formats.text import since_line
from eventpack.remote import is_remote
from eventpack.report import Report

Json: TypeAlias = "str | int | bool | Mapping[str, Json] | list[Json]"

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"  # the name that code scanning knows for the root of the repository
_FINGERPRINT = "eventpackFinding/v1"
_DRIVE = re.compile(r"[A-Za-z]:/")


def as_sarif(report: Report) -> str:
    """One run; positions are those of the files that people edit, columns count characters."""
    codes = sorted({finding.code for finding in report.findings})
    known = read_codes(*sorted({code.partition("/")[0] for code in codes})) if codes else {}
    rules = [_rule(known[code], report.findings) for code in codes]
    driver: dict[str, Json] = {"name": "eventpack", "version": __version__, "semanticVersion": __version__}
    run: dict[str, Json] = {
        "tool": {"driver": {**driver, "rules": [*rules]}},
        "automationDetails": {"id": f"eventpack/{_quoted(report.package, '')}/"},
        "invocations": [_invocation(report)],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which eventpack was run."}}},
        "results": [*_results(report, codes)],
        "properties": {"package": report.package, "version": report.version, "counts": dict(report.counts)},
    }
    value = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return encoded(json.dumps(value, indent=2, ensure_ascii=False)).decode("utf-8")


def _rule(code: Code, findings: Iterable[Finding]) -> Json:
    """What the registry says of a code; its level is the most severe that occurs."""
    family, _, name = code.name.partition("/")
    examples = [(title, text) for title, text in (("Bad", code.bad), ("Good", code.good)) if text]
    plain = "".join(f"\n\n{title}:\n\n{text}" for title, text in examples)
    markdown = "".join(f"\n\n{title}:\n\n```text\n{text}\n```" for title, text in examples)
    worst = any(finding.severity == "error" for finding in findings if finding.code == code.name)
    return {
        "id": code.name,
        "name": "".join(word.capitalize() for word in (family, *name.split("-"))),
        "shortDescription": {"text": code.what},
        "fullDescription": {"text": code.why},
        "help": {"text": f"{code.what} {code.why}{plain}", "markdown": f"{code.what} {code.why}{markdown}"},
        "defaultConfiguration": {"level": "error" if worst else "warning"},
        "properties": {"tags": [family]},
    }


def _invocation(report: Report) -> Json:
    """How the run ended, and what was left out of it on purpose.

    Exclusions are not written as suppressed results: code scanning does not look at suppressions, and would open an
    alert for each.
    """
    notes = [f"selected: {', '.join(report.selected)}"] if report.selected else []
    notes += [f"excluded {e.code}: {e.count}, because {e.reason}" for e in report.excluded]
    notes += [since_line(report.since)] if report.since else []
    told: list[Json] = [{"level": "note", "message": {"text": _unlinked(note)}} for note in notes]
    done: dict[str, Json] = {"executionSuccessful": True, "exitCode": 0 if report.ok else 1}
    return {**done, "toolConfigurationNotifications": told} if told else done


def _results(report: Report, codes: list[str]) -> Iterable[Json]:
    seen: Counter[str] = Counter()
    for finding in report.findings:
        digest = sha256(encoded(json.dumps(finding.identity)))[:32]
        seen[digest] += 1
        where = finding.where
        spare: dict[str, Json] = {
            "table": where.table, "row": where.row, "field": where.field, "found": finding.found,
            "consequence": finding.consequence,
        }  # fmt: skip
        yield {
            "ruleId": finding.code,
            "ruleIndex": codes.index(finding.code),
            "level": finding.severity,
            "message": {"text": _unlinked(message(finding))},
            "locations": [_location(finding, report.root)],
            "partialFingerprints": {_FINGERPRINT: f"{digest}:{seen[digest]}"},
            "properties": {name: value for name, value in spare.items() if value},
        }


def _location(finding: Finding, root: str) -> Json:
    where = finding.where
    physical: dict[str, Json] = {"artifactLocation": _artifact(printed_path(finding, root))}
    if where.line:
        physical["region"] = {"startLine": where.line, "startColumn": where.column}
    steps = [step for step in (where.table, where.record_id, where.field) if step]
    if not steps:
        return {"physicalLocation": physical}
    return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": "/".join(steps)}]}


def _artifact(path: str) -> Json:
    """A path as a URI reference; the bytes of a name that is not UTF-8 stay what they are."""
    if is_remote(path):
        return {"uri": _quoted(path, ":/?#[]@!$&'()*+,;=%")}
    uri = _quoted(path)
    if path.startswith("/"):
        return {"uri": f"file://{uri}"}
    if _DRIVE.match(path):
        return {"uri": f"file:///{uri.replace('%3A', ':', 1)}"}
    return {"uri": uri, "uriBaseId": _ROOT}


def _quoted(text: str, safe: str = "/") -> str:
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = encoded(text)
    return quote(data, safe)


def _unlinked(text: str) -> str:
    """Text in which `[words](target)`, taken from data, is no link of SARIF's."""
    return text.replace("](", "]\\(")
