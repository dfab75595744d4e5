"""Where `validate` puts its report: standard output, files beside it, and the job summary."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from eventpack.formats import FORMATS
from eventpack.formats.summary import LARGEST
from tests.tablepack import write_tables


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with two faults, one of them beyond ASCII."""
    return write_tables(tmp_path / "p", {"ships": "ship,flag\nÄ,F\nÄ, F\n"})


def validate(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """`eventpack validate` in a folder."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "EVENTPACK_"))}
    command = [sys.executable, "-m", "eventpack", "validate", *options]
    return subprocess.run(command, cwd=folder, env=inherited | environment, capture_output=True, check=False)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_printed_and_written_alike(package: Path, name: str) -> None:
    """The file holds the bytes that standard output shows."""
    done = validate(package, "--format", name, "--report", f"{name}=out/report", LC_ALL="C.UTF-8")
    assert (done.returncode, done.stderr) == (1, b"")
    assert (package / "out/report").read_bytes() == done.stdout.replace(os.linesep.encode(), b"\n")
    assert "Ä" in done.stdout.decode("utf-8")


def test_machine_formats_are_utf_8_whatever_the_terminal(package: Path) -> None:
    """A reader of the file does not know in which locale the command ran."""
    for name in ("json", "github", "sarif", "junit"):
        done = validate(package, "--format", name, PYTHONIOENCODING="ascii")
        assert "Ä" in done.stdout.decode("utf-8"), name


@pytest.mark.posix
def test_a_report_in_the_home_folder(package: Path, tmp_path: Path) -> None:
    """No shell exchanges the tilde after the equals sign; a folder of that name is not meant."""
    validate(package, "--report", "json=~/out.json", HOME=str(tmp_path / "home"))
    assert (tmp_path / "home/out.json").exists()
    assert not (package / "~").exists()


def test_several_reports_are_written_in_one_run(package: Path) -> None:
    """Beside the text that is printed."""
    done = validate(package, "--report", "sarif=a.sarif", "--report", "junit=b/c.xml", "--report", "json=d.json")
    assert b"failed: 2 ships, 2 errors" in done.stdout
    assert len(json.loads((package / "a.sarif").read_text("utf-8"))["runs"][0]["results"]) == 2
    assert (package / "b/c.xml").read_text("utf-8").startswith("<?xml")
    assert len(json.loads((package / "d.json").read_text("utf-8"))["findings"]) == 2


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (["xml=a"], "`xml=a` is not FORMAT=FILE"),
        (["sarif"], "`sarif` is not FORMAT=FILE"),
        (["sarif="], "`sarif=` is not FORMAT=FILE"),
        (["=a"], "`=a` is not FORMAT=FILE"),
        (["sarif=a", "json=./a"], "two reports would be written to ./a"),
        (["sarif=."], ". is there and is no file"),
    ],
)
def test_a_report_that_cannot_be_written_is_refused_first(package: Path, options: list[str], what: str) -> None:
    """Misuse, told before anything is checked; nothing is printed or left."""
    done = validate(package, *(word for option in options for word in ("--report", option)))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines()[0] == f"eventpack: {what}"
    assert sorted(path.name for path in package.iterdir()) == ["datapackage.json", "ships.csv"]


def test_a_folder_that_refuses_the_report_is_told(package: Path) -> None:
    """A file stands where a folder would have to be."""
    done = validate(package, "--report", "sarif=ships.csv/a.sarif")
    assert done.returncode == 2
    assert b"cannot write" in done.stderr
    assert b"Traceback" not in done.stderr


def test_the_job_summary_is_added_to_what_others_wrote(package: Path) -> None:
    """All programs of a step share the file."""
    (package / "summary.md").write_text("# Mine\n", "utf-8")
    done = validate(package, "--format", "github", GITHUB_STEP_SUMMARY="summary.md")
    text = (package / "summary.md").read_text("utf-8")
    assert done.returncode == 1
    assert text.startswith("# Mine\n### eventpack: tables\n\nfailed: 2 ships, 2 errors, 0 warnings")
    assert "| error | cell/pattern | ships.csv:3:3 |" in text


def test_the_job_summary_never_outgrows_what_github_takes(package: Path) -> None:
    """With a nearly full file there is nothing to add: one byte too many would lose the whole summary."""
    for held in (LARGEST - 10, LARGEST + 10):
        (package / "summary.md").write_bytes(b"x" * held)
        validate(package, "--format", "github", GITHUB_STEP_SUMMARY="summary.md")
        assert (package / "summary.md").stat().st_size == held


def test_only_the_github_format_writes_a_summary(package: Path) -> None:
    """And only where the variable names a file."""
    validate(package, "--format", "text", GITHUB_STEP_SUMMARY="summary.md")
    validate(package, "--format", "github", GITHUB_STEP_SUMMARY="")
    assert sorted(path.name for path in package.iterdir()) == ["datapackage.json", "ships.csv"]


def test_a_summary_that_cannot_be_written_is_told(package: Path) -> None:
    """After the annotations, which are not lost."""
    done = validate(package, "--format", "github", GITHUB_STEP_SUMMARY=str(package))
    assert done.returncode == 2
    assert done.stdout.startswith(b"::error file=ships.csv")
    assert b"cannot write the job summary" in done.stderr


def test_an_unknown_format_is_misuse(package: Path) -> None:
    """The formats that there are, are named."""
    done = validate(package, "--format", "xml")
    assert done.returncode == 2
    assert b"'text', 'json', 'github', 'sarif', 'junit'" in done.stderr
