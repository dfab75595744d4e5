"""The Stata files in Debian's R: haven reads values, dates, and the labels of variables and values."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import pytest

import eventpack
from tests.exportpack import write_export_package

pytestmark = pytest.mark.system
ROOT = Path(__file__).parents[2]
# Writes a .dta file as CSV: labelled numbers as their labels, days as ISO 8601, numbers with all digits, NA as nothing.
PROGRAM = """
suppressMessages(library(haven))
arguments <- commandArgs(trailingOnly = TRUE)
frame <- read_dta(arguments[1])
variables <- vapply(frame, function(column) { own <- attr(column, "label"); if (is.null(own)) "" else own }, "")
plain <- lapply(frame, function(column) {
  if (is.labelled(column)) return(as.character(as_factor(column, levels = "labels")))
  if (inherits(column, "Date")) return(ifelse(is.na(column), NA, format(column)))
  if (is.numeric(column)) return(ifelse(is.na(column), NA, vapply(column, format, "", digits = 17, scientific = FALSE)))
  column
})
write.csv(rbind(variables, as.data.frame(plain, check.names = FALSE)), arguments[2],
          row.names = FALSE, na = "", fileEncoding = "UTF-8")
"""


def in_r(path: Path, out: Path) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The labels of the variables, and the rows."""
    command = ["Rscript", "-e", PROGRAM, str(path), str(out)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    with out.open(encoding="utf-8", newline="") as file:
        labels, *rows = csv.DictReader(file)
    return labels, rows


def test_haven_reads_every_type_with_its_labels(tmp_path: Path) -> None:
    """Codes by their labels, truth, days before and after 1960, numbers to the last digit, other scripts."""
    pack = write_export_package(tmp_path / "pack")
    folder = eventpack.export(pack, ["stata"], out=tmp_path).folder / "stata"
    labels, rows = in_r(folder / "sites.dta", tmp_path / "sites.csv")
    assert (labels["name"], labels["kind"]) == ("Name", "kind")
    assert [row["name"] for row in rows] == [
        "Mill of Öland", '=HYPERLINK("x","y")', 'Two\nlines, "quoted", 𝒳 and قلعة', "'+1",
    ]  # fmt: skip
    assert [row["kind"] for row in rows] == ["mill", "ferry", "=quay", ""]
    assert [row["state"] for row in rows] == ["st-old", "", "st-new", ""]
    assert [row["open"] for row in rows] == ["true", "false", "", ""]
    assert [row["opened"] for row in rows][1:] == ["2026-02-28", "9999-12-31", ""]
    assert [float(row["share"]) for row in rows[:3]] == [0.1, 36.25, -0.000001]
    assert [row["visits"] for row in rows] == ["9223372036854775807", "-3", "0", ""]


def test_haven_reads_the_dataset_of_this_repository(tmp_path: Path) -> None:
    """Every cell of events and claims is what `load` gives."""
    folder = eventpack.export(ROOT, ["stata"], out=tmp_path).folder / "stata"
    data = eventpack.load(ROOT)
    for name in ("events", "claims", "sources"):
        labels, rows = in_r(folder / f"{name}.dta", tmp_path / f"{name}.csv")
        assert len(rows) == data[name].height
        for field in data.schema[name].fields:
            assert labels[field.name] == (field.title or field.name)
            for row, value in zip(rows, data[name][field.name].to_list(), strict=True):
                expected = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
                held = row[field.name]
                same = float(held) == value if isinstance(value, float) else held == expected
                assert same, (name, field.name, held, value)
