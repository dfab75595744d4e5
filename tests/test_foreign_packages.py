"""Packages from the wild beside the reports that frictionless gave on them; run where these files are at hand."""

from __future__ import annotations

import csv
import io
import json
import os
import tarfile
from pathlib import Path

import pytest

from eventpack.dialect import Dialect
from eventpack.foreign.delimited import DelimitedText
from eventpack.validation import validate

CASES = Path(os.environ.get("EVENTPACK_CASES", Path(__file__).parents[2] / "shared" / "cases"))
PACKAGES = CASES / "packages"
SPECTRUM = CASES / "csv-spectrum.tar.xz"
# Where our verdict is another than that of the stored report, and why; also in docs/design/truth.md.
DIFFERS: dict[str, str] = {}
# The verdict is the same, for another reason than the report gives.
OTHER_REASON = {
    "camtrap-dp-1.0.2-example": "it cannot fetch the profile; we fetch nothing, and refuse the remote schemas",
    "datasets-co2-ppm": "it takes the first data row of co2-mm-gl for the header; we find the rows too long",
}
NAMES = sorted(place.name for place in PACKAGES.iterdir() if place.is_dir()) if PACKAGES.is_dir() else []

needs_packages = pytest.mark.skipif(not NAMES, reason="the packages are not at hand")


@needs_packages
@pytest.mark.parametrize("name", NAMES)
def test_our_verdict_is_that_of_the_stored_report(name: str) -> None:
    """Valid to both or to none, unless a reason says why not."""
    report = json.loads(next(PACKAGES.glob(f"{name}.frictionless-*.json")).read_text("utf-8"))
    errors = [finding for finding in validate(PACKAGES / name).findings if finding.severity == "error"]
    assert (report["valid"] == (not errors)) == (name not in DIFFERS), [str(e.where) + " " + e.what for e in errors[:9]]


@needs_packages
@pytest.mark.parametrize("name", sorted(set(NAMES) - set(OTHER_REASON)))
def test_tables_and_rows_at_fault_are_the_same(name: str) -> None:
    """Every file in which the report has an error has one of ours."""
    report = json.loads(next(PACKAGES.glob(f"{name}.frictionless-*.json")).read_text("utf-8"))
    theirs = {task["place"] for task in report["tasks"] if task["errors"]}
    errors = [finding for finding in validate(PACKAGES / name).findings if finding.severity == "error"]
    assert theirs == {finding.where.path for finding in errors if finding.where.path in theirs or report["tasks"]}


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
