"""The comparison of tools runs as a whole, and what it plants is found at its place."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.effort import first

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
COMPARE = ROOT / "benchmarks" / "compare.py"
FRICTIONLESS_MISSES = {"order_days", "order_numbers"}  # rules of our own name space


def run(program: Path, *given: str, temporary: Path | None = None) -> subprocess.CompletedProcess[str]:
    """One program of the benchmarks; its temporary folders lie in `temporary`."""
    surroundings = os.environ | ({"TMPDIR": str(temporary)} if temporary else {})
    command = [sys.executable, str(program), *given]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny package with planted errors."""
    folder = tmp_path_factory.mktemp("made") / "package"
    assert run(ROOT / "benchmarks" / "generate.py", str(folder), "300", "--errors").returncode == 0
    return folder


def planted(package: Path) -> dict[str, list[list[Any]]]:
    """The errors by kind."""
    truth: dict[str, list[list[Any]]] = json.loads((package / "truth.json").read_text("utf-8"))
    return truth


def rows(table: str) -> list[list[str]]:
    """The cells of a table that `compare.py` printed, below its header."""
    lines = table.split("\n\n", 1)[1].splitlines()[1:]
    return [re.split(r"  +", line.strip()) for line in lines]


@pytest.mark.parametrize("events", first(1, ["300", "15000"]))
def test_every_planted_error_is_named_and_nothing_else(events: str, tmp_path: Path) -> None:
    """Table, row, field and line of each finding are those of a planted error, with the filter and without."""
    package = tmp_path / "package"
    assert run(ROOT / "benchmarks" / "generate.py", str(package), events, "--errors").returncode == 0
    assert (sum(path.stat().st_size for path in package.glob("*.csv")) > 4_000_000) == (events == "15000")
    command = [sys.executable, "-m", "eventpack", "validate", "--format", "json", str(package)]
    report = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    found = {(one["table"], one["row"], one["field"], one["line"]) for one in report["findings"]}
    truth = planted(package)
    expected = {(table, row, field, line) for places in truth.values() for table, row, field, line in places}
    assert (len(truth), len(expected)) == (18, 54)
    # An order rule names the first two fields that are not in order, at the cell of the first.
    days = {(table, row, "first", line) for table, row, _, line in truth["order_days"]}
    expected = expected - {(table, row, "last", line) for table, row, _, line in truth["order_days"]} | days
    assert found == expected
    assert len(report["findings"]) == len(expected)


def test_a_package_without_planted_errors_is_clean_and_always_the_same(tmp_path: Path) -> None:
    """The generator itself makes no errors, and two runs give the same bytes."""
    for name in ("one", "two"):
        assert run(ROOT / "benchmarks" / "generate.py", str(tmp_path / name), "200").returncode == 0
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    command = [sys.executable, "-m", "eventpack", "validate", str(tmp_path / "one")]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert said.startswith("ok: 200 events, 200 claims, 0 findings")
    assert "truth.json" not in one


@pytest.mark.posix
@pytest.mark.long
def test_compare_prints_what_each_tool_found(package: Path) -> None:
    """The tools that are installed for development, on one package, and the table as Markdown."""
    page = package.parent / "page.md"
    page.write_text("before\n\n<!-- small -->\nold\n<!-- end -->\n\nafter\n", "utf-8")
    done = run(
        COMPARE, str(package), "--runs", "1", "--tools", "scan,eventpack,frictionless,duckdb",
        "--markdown", f"{page}#small",
    )  # fmt: skip
    measured = [line.removeprefix("round 1 of 1: ").split()[0] for line in done.stderr.splitlines()]
    assert (done.returncode, [*dict.fromkeys(measured)]) == (0, ["scan", "eventpack", "frictionless", "duckdb"])
    # DuckDB counts both rows of each repeated key; frictionless knows no rules.
    errors = {row[0].split(" (")[0]: row[-2:] for row in rows(done.stdout)}
    assert errors.pop("duckdb, typed scan of events.csv")[-1] == "15"
    missed = sum(len(places) for kind, places in planted(package).items() if kind in FRICTIONLESS_MISSES)
    assert errors == {
        "eventpack validate": ["54", "54 of 54"],
        "frictionless validate": ["51", f"{54 - missed} of 54"],
        "duckdb, all checks in SQL": ["57", "54 of 54"],
    }
    written = page.read_text("utf-8")
    assert written.startswith("before\n\n<!-- small -->\n") and written.endswith("\n<!-- end -->\n\nafter\n")
    assert written.count("| 54 of 54 |\n") == 2 and "old" not in written


@pytest.mark.posix
def test_a_tool_that_is_too_slow_is_stopped(package: Path) -> None:
    """It is shown with the time it had."""
    done = run(COMPARE, str(package), "--runs", "2", "--tools", "frictionless", "--limit", "0.1")
    assert done.returncode == 0
    assert done.stderr.count("(stopped)") == 1
    assert [row[1:] for row in rows(done.stdout)] == [["> 0", "stopped"]]


@pytest.mark.posix
def test_a_tool_that_fails_does_not_stop_the_others(package: Path, tmp_path: Path) -> None:
    """It is shown as failed, with what it complained of; here a short row that DuckDB does not read."""
    for path in package.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "claims.csv").write_text("claim_id,event_id,source_id,said,value\nC-00000000,E-00000001\n", "utf-8")
    done = run(COMPARE, str(tmp_path), "--runs", "2", "--tools", "eventpack,duckdb")
    assert done.returncode == 0
    assert done.stderr.count("duckdb") > done.stderr.count("(failed)") == 1
    assert "claims.csv" in done.stderr
    assert [row[-1] for row in rows(done.stdout)] == ["48 of 54", "failed"]


@pytest.mark.posix
def test_a_tool_that_is_not_installed_is_named(package: Path, tmp_path: Path) -> None:
    """With how to install it."""
    hidden = "import sys, importlib.metadata as m; real = m.version\n"
    hidden += (
        "def version(name):\n    if name == 'pandera': raise m.PackageNotFoundError(name)\n    return real(name)\n"
    )
    (tmp_path / "sitecustomize.py").write_text(hidden + "m.version = version\n", "utf-8")
    command = [sys.executable, str(COMPARE), str(package), "--tools", "pandera"]
    surroundings = os.environ | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "pandera is left out: pandera is not installed (pip install --group bench)",
        "no tool is left to compare",
    ]


@pytest.mark.posix
@pytest.mark.parametrize("number", first(1, [signal.SIGINT, signal.SIGTERM]))
def test_an_interrupted_comparison_leaves_no_folder(tmp_path: Path, number: int) -> None:
    """Neither the package that was made, nor the tool that was running."""
    command = [sys.executable, str(COMPARE), "--events", "20000", "--tools", "frictionless"]
    process = subprocess.Popen(command, env=os.environ | {"TMPDIR": str(tmp_path)}, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("eventpack-compare-*/said")) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list(tmp_path.glob("eventpack-compare-*/package/datapackage.json"))
    process.send_signal(number)
    _, complaint = process.communicate(timeout=30)
    assert process.returncode == 128 + number
    assert "Traceback" not in complaint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.posix
@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        (["nowhere"], "nowhere holds no datapackage.json"),
        (["--tools", "panda"], "unknown tools: panda; there are scan, eventpack"),
        (["--markdown", f"{PAGE}#elsewhere"], "benchmarks.md has no place `<!-- elsewhere -->` … `<!-- end -->`"),
        (["--events", "50", "--errors"], "give at least 100 events"),
    ],
)
def test_misuse_is_told(given: list[str], complaint: str, tmp_path: Path) -> None:
    """With what would be right, and without a trace in Python."""
    done = run(COMPARE, *given, temporary=tmp_path)
    assert done.returncode != 0
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def test_archives_are_measured_and_equal(package: Path) -> None:
    """Both archives have a row with their size, and two of ours are the same bytes."""
    said = run(ROOT / "benchmarks/archiving.py", str(package), "--rounds", "1").stdout
    assert ["zipfile, level 6", "eventpack, stored"] == re.findall(r"^\| (\w[^|]+?) \| [\d.]+ \|", said, re.M)
    assert "equal to the byte: True" in said


def test_the_page_and_the_programs_agree() -> None:
    """Each command there names a program, options that it has, and a place for its table; the README leads there."""
    page = PAGE.read_text("utf-8")
    commands = re.findall(r"^\$ python (benchmarks/\w+\.py)(.*)$", page, re.M)
    assert len(commands) >= 5
    helps = {name: run(ROOT / name, "--help").stdout for name, _ in commands if name != "benchmarks/small.py"}
    unknown = [
        (name, option)
        for name, given in commands
        for option in re.findall(r"--\w+", given)
        if option not in helps[name]
    ]  # fmt: skip
    assert unknown == []
    assert set(re.findall(r"docs/benchmarks\.md#([\w-]+)", page)) == set(re.findall(r"<!-- (?!end)([\w-]+) -->", page))
    assert "](docs/benchmarks.md)" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.posix
@pytest.mark.long
def test_tools_that_compare_versions_count_the_same(tmp_path: Path) -> None:
    """The tools that are installed for development, on a small pair; one that counted otherwise would be named."""
    page = tmp_path / "page.md"
    page.write_text("<!-- here -->\n<!-- end -->\n", "utf-8")
    done = run(
        ROOT / "benchmarks" / "diff.py", "--events", "3000", "--runs", "1", "--tools", "polars,memory,eventpack",
        "--markdown", f"{page}#here",
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("round 1 of 1")) == (0, 3)
    cells = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")][2:]
    assert [row[0].split(" (")[0] for row in cells] == [
        "| polars, key and row hash, streaming",
        "| polars, key and row hash, in memory",
        "| eventpack diff",
    ]
    assert {tuple(row[-3:]) for row in cells} == {("18", "18", "27 |")}
    assert page.read_text("utf-8").count("| eventpack diff (") == 1
