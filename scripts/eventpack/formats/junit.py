"""A report as JUnit XML, which GitLab, Jenkins and most other CI systems show as test results.

One test case for each code in each file, named by both and not by lines, so that a CI system recognises the same
trouble in the next run. A case has one `failure` at most: more are in the wild, and half of the readers drop them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from eventpack.finding import Finding, visible
from eventpack.formats.parts import message, printed_path
from eventpack.report import Exclusion, Report


def as_junit(report: Report) -> str:
    """Errors as failures; warnings as passing cases with output, exclusions as skipped ones; a clean package passes.

    Characters that XML does not know stand as escapes.
    """
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in report.findings:
        groups.setdefault((printed_path(finding, report.root), finding.code), []).append(finding)
    package = report.package or report.root or "package"
    cases = [line for (path, code), found in groups.items() for line in _case(path, code, found)]
    if report.ok:
        cases.append(f"    <testcase {_attributes(name='no errors', classname=package)}/>")
    cases += [line for exclusion in report.excluded for line in _skipped(package, exclusion)]
    failures = sum(any(f.severity == "error" for f in found) for found in groups.values())
    tests = len(groups) + report.ok + len(report.excluded)
    totals = _attributes(tests=tests, failures=failures, errors=0, time=f"{report.seconds:.3f}")
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites name="eventpack" {totals}>',
            f"  <testsuite {_attributes(name=package)} {totals} {_attributes(skipped=len(report.excluded))}>",
            *cases,
            "  </testsuite>",
            "</testsuites>",
        ]
    )


def _case(path: str, code: str, findings: Sequence[Finding]) -> Iterable[str]:
    """One code in one file: all places in the text, the first error in the attribute that overviews show."""
    text = _escape("\n".join(f"{_place(finding, path)} {finding.severity}: {message(finding)}" for finding in findings))
    errors = [finding for finding in findings if finding.severity == "error"]
    yield f"    <testcase {_attributes(name=code, classname=path, file=path)}>"
    if errors:
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        yield f"      <failure {_attributes(message=errors[0].what + more, type=code)}>{text}</failure>"
    else:
        yield f"      <system-out>{text}</system-out>"
    yield "    </testcase>"


def _skipped(package: str, exclusion: Exclusion) -> Iterable[str]:
    why = f"{exclusion.count} excluded, because {exclusion.reason}"
    yield f"    <testcase {_attributes(name=exclusion.code, classname=package)}>"
    yield f"      <skipped {_attributes(message=why)}/>"
    yield "    </testcase>"


def _place(finding: Finding, path: str) -> str:
    where = finding.where
    return visible(path) + (f":{where.line}:{where.column}" if where.line else "")


def _attributes(**values: str | int) -> str:
    return " ".join(f'{name}="{_escape(visible(str(value)))}"' for name, value in values.items())


def _escape(text: str) -> str:
    """Text for XML, where `visible` has taken out what XML cannot hold."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
