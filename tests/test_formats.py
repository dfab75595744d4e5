"""Annotations, job summaries and JUnit files: what each shows, and that no text of a finding breaks them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from eventpack.finding import Finding, Location, visible
from eventpack.formats import FORMATS, encoded
from eventpack.formats.github import as_github
from eventpack.formats.junit import as_junit
from eventpack.formats.summary import LARGEST, as_summary
from eventpack.report import Exclusion, Report
from eventpack.validation import validate
from tests.casepack import copy_base
from tests.reports import RECORD, anything, broken_package, reports


def finding(number: int, severity: Any = "error", code: str = "cell/enum") -> Finding:
    """The finding of a line."""
    return Finding(code, Location("data/x.yaml", number, 3), f"fault {number}", severity=severity)


def report_of(*findings: Finding, **more: Any) -> Report:
    """A report with these findings."""
    return Report("ships", "1.0.0", {"ships": 2}, findings, **more)


# GitHub ---------------------------------------------------------------------------------------------------------------


def shown_by(report: Report) -> list[str]:
    """The workflow commands that a report becomes."""
    return [line for line in as_github(report).split("\n") if line.startswith("::")]


def test_an_annotation_stands_at_the_line_of_the_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its path begins at the folder in which the command was run: the root of the repository."""
    broken_package(tmp_path / "packs/p", "realis: occurred", "realis: occured")
    monkeypatch.chdir(tmp_path)
    (line,) = shown_by(validate("packs/p"))
    assert line.startswith(f"::error file=packs/p/{RECORD},line=4,col=9,title=cell/enum::`occured` is not a code of")
    assert "%0Afix: one of: occurred, " in line


def test_ten_findings_are_annotated_and_the_rest_is_counted() -> None:
    """GitHub drops what goes beyond, so we choose."""
    lines = as_github(report_of(*map(finding, range(1, 13)))).split("\n")
    assert [line.partition("::fault ")[2] for line in lines[:10]] == [str(number) for number in range(1, 11)]
    assert lines[10] == "2 more without annotation; the job summary and --format json list all"
    assert lines[11].startswith("failed: 2 ships, 12 errors, 0 warnings")
    assert "more without" not in as_github(report_of(*map(finding, range(1, 11))))


def test_errors_are_annotated_before_warnings() -> None:
    """Then in the order of files and lines."""
    doubts = [finding(number, "warning") for number in range(1, 10)]
    found = [
        re.sub(r"^::(\w+) .*::fault ", r"\1 ", line) for line in shown_by(report_of(*doubts, finding(10), finding(11)))
    ]
    assert found == ["error 10", "error 11", *(f"warning {number}" for number in range(1, 9))]


def test_text_of_the_data_gives_no_other_command() -> None:
    """Line breaks, percent signs, colons and commas are escaped where they would mean something."""
    where = Location("data/a,b:c%.csv", 1, 1)
    bad = Finding("cell/enum", where, "50%\n::set-output name=x::y\r")
    assert shown_by(report_of(bad)) == [
        "::error file=data/a%2Cb%3Ac%25.csv,line=1,col=1,title=cell/enum::50%25\\n::set-output name=x::y\\r"
    ]


@given(reports)
def test_every_line_of_the_github_format_is_ours(report: Report) -> None:
    """As many commands as findings, at most ten, then lines that are none, whatever the texts hold."""
    lines = as_github(report).splitlines()
    shown = min(len(report.findings), 10)
    assert [bool(re.match("::(error|warning) file=", line)) for line in lines[:shown]] == [True] * shown
    assert [line for line in lines[shown:] if "::" in line[:2]] == []
    more, selected, since = len(report.findings) > shown, bool(report.selected), report.since is not None
    assert len(lines) == shown + more + selected + since + len(report.excluded) + 1


# The job summary ------------------------------------------------------------------------------------------------------


def rendered(text: str) -> str:
    """Markdown with tables as HTML."""
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))


def test_a_summary_shows_all_findings_and_counts_them() -> None:
    """Errors first, with counts by code and the line that closes the text report."""
    doubts = [finding(number, "warning", "build/missing") for number in range(1, 15)]
    text = as_summary(report_of(*doubts, finding(15)))
    assert "### eventpack: ships" in text
    assert "failed: 2 ships, 1 error, 14 warnings, 0.00 s" in text
    assert "| build/missing | 14 |\n| cell/enum | 1 |" in text
    rows = [line for line in text.splitlines() if line.startswith(("| error", "| warning"))]
    assert rows[0] == "| error | cell/enum | data/x.yaml:15:3 | fault 15 |"
    assert len(rows) == 15


def test_the_summary_of_a_clean_package_is_its_verdict(tmp_path: Path) -> None:
    """No empty tables."""
    text = as_summary(validate(copy_base(tmp_path / "p")))
    assert re.fullmatch(r"### eventpack: [\w-]+\n\nok: 2 events, 2 claims, 0 findings, \d\.\d\d s\n\n", text)


@given(st.lists(anything, min_size=1, max_size=4))
def test_a_summary_shows_texts_as_they_are(texts: list[str]) -> None:
    """No text of the data becomes markup, a link, a picture, or another cell."""
    report = report_of(*(Finding("cell/enum", Location("data/x.csv", 1, 1), f"<{text}>") for text in texts))
    tables = ElementTree.fromstring(f"<x>{rendered(as_summary(report))}</x>").findall("table")
    cells = [["".join(cell.itertext()) for cell in row.iter("td")] for row in tables[1].iter("tr")][1:]
    expected = [["error", "cell/enum", "data/x.csv:1:1", f"<{visible(text)}>"] for text in texts]
    assert expected == cells
    assert {element.tag for element in tables[1].iter()} <= {"table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize("room", [LARGEST, 20_000, 1_000, 600])
def test_a_summary_fits_and_counts_what_does_not(room: int) -> None:
    """Rows and the rest are all findings; the size counts bytes."""
    report = report_of(*(replace(finding(number), what="ä" * 90) for number in range(1, 9_000)))
    text = as_summary(report, room)
    assert len(encoded(text)) <= room
    rows = sum(line.startswith("| error") for line in text.splitlines())
    rest = re.search(r"^(\d+) more; GitHub limits the size of a summary\.$", text, re.M)
    assert rest is not None
    assert rows + int(rest[1]) == 8_999


@pytest.mark.parametrize("room", [-5, 0, 100])
def test_a_summary_without_room_is_nothing(room: int) -> None:
    """Half a table helps nobody, and one byte too many loses the whole summary."""
    assert as_summary(report_of(finding(1)), room) == ""


# JUnit ----------------------------------------------------------------------------------------------------------------

# What the schemas in use (Jenkins, Ant, GitLab's reader) all know.
KNOWN = {
    "testsuites": {"name", "tests", "failures", "errors", "time"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time"},
    "testcase": {"name", "classname", "file"},
    "failure": {"message", "type"},
    "skipped": {"message"},
    "system-out": set[str](),
}
INSIDE = {
    "testsuites": {"testsuite"}, "testsuite": {"testcase"}, "testcase": {"failure", "skipped", "system-out"},
    "failure": set(), "skipped": set(), "system-out": set(),
}  # fmt: skip


def suite_of(report: Report) -> ElementTree.Element:
    """The one suite of a report, after a look at everything around it."""
    root = ElementTree.fromstring(as_junit(report).encode("utf-8"))
    assert root.tag == "testsuites"
    for element in root.iter():
        assert set(element.attrib) <= KNOWN[element.tag]
        assert {child.tag for child in element} <= INSIDE[element.tag]
        assert len(element) <= 1 or element.tag == "testsuite"
    (suite,) = root
    for element in (root, suite):
        assert element.get("tests") == str(len(suite))
        assert element.get("failures") == str(len(suite.findall("testcase/failure")))
        assert element.get("errors") == "0"
    assert suite.get("skipped") == str(len(suite.findall("testcase/skipped")))
    return suite


@given(reports)
def test_junit_is_well_formed_whatever_the_texts_hold(report: Report) -> None:
    """Control characters, half characters and markup give a file that readers take, with counts that are true."""
    names = [(case.get("classname"), case.get("name")) for case in suite_of(report)]
    assert len(names) >= len({(f.where.path, f.code) for f in report.findings})


def test_a_clean_package_is_a_passing_case(tmp_path: Path) -> None:
    """CI systems take a suite without cases for a mistake."""
    (case,) = suite_of(validate(copy_base(tmp_path / "p")))
    assert (case.get("name"), list(case)) == ("no errors", [])


def test_a_case_is_a_code_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name holds no line, so that CI recognises it; its text holds all of them."""
    folder = broken_package(
        tmp_path / "p", "realis: occurred\ndate_earliest: 2024-05-01", "realis: occured\ndate_earliest: 1 May"
    )
    path = folder / RECORD
    path.write_text(path.read_text("utf-8").replace("date_latest: 2024-05-01", "date_latest: 1 May"), "utf-8")
    monkeypatch.chdir(folder)
    cases = [case for case in suite_of(validate(".")) if case.get("file") == RECORD]
    assert [(case.get("classname"), case.get("name")) for case in cases] == [
        (RECORD, "cell/enum"),
        (RECORD, "cell/type"),
    ]
    failure = cases[1].find("failure")
    assert failure is not None
    assert failure.get("type") == "cell/type"
    assert str(failure.get("message")).endswith(" (and 1 more)")
    places = re.findall(r"^(\S+:\d+:\d+) error: ", str(failure.text), re.M)
    assert places == [f"{RECORD}:5:16", f"{RECORD}:6:14"]


def test_warnings_pass_and_exclusions_are_skipped() -> None:
    """As the exit code has it: doubts do not fail a build, and what was excluded is seen with its reason."""
    report = report_of(finding(7, "warning"), excluded=(Exclusion("key", "being mended", 2),))
    doubt, clean, excluded = suite_of(report)
    assert [child.tag for child in doubt] == ["system-out"]
    assert doubt[0].text == "data/x.yaml:7:3 warning: fault 7"
    assert (clean.get("name"), list(clean)) == ("no errors", [])
    assert (excluded.get("name"), excluded[0].tag) == ("key", "skipped")
    assert excluded[0].get("message") == "2 excluded, because being mended"


def test_characters_that_xml_does_not_know_are_escapes() -> None:
    """They would make the whole file unreadable."""
    bad = replace(finding(1), what="a\x00b\x1b[31m\ud800\ufffe<&>\"'")
    (failure,) = suite_of(report_of(bad)).iter("failure")
    assert failure.get("message") == "a\\x00b\\x1b[31m\\ud800\\ufffe<&>\"'"


def test_every_format_ends_without_a_line_break() -> None:
    """Whoever prints or writes a report adds the one at its end."""
    report = report_of(finding(1))
    assert [name for name, write in FORMATS.items() if write(report).endswith("\n")] == []
