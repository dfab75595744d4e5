"""Where the nearest tool accepts a wrong coding: it looks whether the number and the quoted words occur, as substrings.

`eventpack validate --texts` refuses what it accepts, and accepts the right coding of the same text.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import eventpack
from eventpack.building import build
from eventpack.evidence.passages import digest
from tests.smallpack import csv_line, write_small_package

TEXT = (
    "Harbour news. The storm killed 120 people on Monday. On Monday the mayor did not say that the bridge had fallen. "
    "It stands.\n"
)
TOLL = "The storm killed 120 people on Monday."
SPEECH = "On Monday the mayor did not say that the bridge had fallen."
RECORD = """\
event_id: EV-aaaa01
title: Storm at the harbour
type: STATE
realis: occurred
date_earliest: 2026-03-02
date_latest: 2026-03-02
date_basis: resolved
review: coded
coded_by: coder-1
coded_on: 2026-03-09
codebook: "0.1"
claims:
  - claim_id: CL-aaaa01
    source_id: SRC-aaaa01
    statement: {statement}
    stance: asserts
    hedge: none
{number}    passage_start: {start}
    passage_end: {end}
    passage_sha256: {sha256}
    status: accepted
"""
NUMBER = """\
    measure: killed
    low: {0}
    best: {0}
    high: {0}
    wording: {0}
    wording_rule: n
"""


def substrings_accept(passage: str, number: str = "") -> bool:
    """The nearest tool's check: the number occurs in the quoted words, and these in the text."""
    return number in passage and passage in TEXT


def found(folder: Path, passage: str, statement: str, number: str = "") -> list[tuple[str, str]]:
    """What `validate --texts` says of one claim on a passage, with the digest of just these words."""
    start = TEXT.index(passage)
    counted = NUMBER.format(number) if number else ""
    record = RECORD.format(
        statement=statement, number=counted, start=start, end=start + len(passage), sha256=digest(passage)
    )
    write_small_package(folder / "package", record)
    sources = folder / "package/data/sources.csv"
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    sources.write_text(sources.read_text().replace("live,en,,,,", f"live,en,{sha256},{len(TEXT)},,"))
    for table, row in (
        ("measures", {"code": "killed", "label": "Killed", "kind": "count", "unit": "persons",
                      "definition": "People who were killed.", "default_rule": "lowest"}),
        ("wording_rules", {"rule_id": "n", "wording": "N", "low": "N", "best": "N", "high": "N",
                           "example": "12 people", "basis": "The number as given"}),
    ):  # fmt: skip
        with (folder / f"package/data/{table}.csv").open("a") as file:
            file.write(csv_line(table, row))
    (folder / "texts").mkdir()
    (folder / "texts/harbour.txt").write_text(TEXT)
    build(folder / "package")
    report = eventpack.validate(folder / "package", texts=folder / "texts")
    assert sum(report.passages.values()) == 1, "the text was at hand and the claim looked at"
    return [(finding.severity, finding.code) for finding in report.findings]


KILLED = "Text reports that the storm killed people."


@pytest.mark.parametrize(
    ("passage", "number", "expected"),
    [
        pytest.param(TOLL, "12", [("error", "evidence/number")], id="12-in-120"),
        pytest.param(TOLL, "20", [("error", "evidence/number")], id="20-in-120"),
        pytest.param("The storm killed 12", "12", [("error", "evidence/sentence")], id="killed-12-of-killed-120"),
    ],
)
def test_a_number_inside_another_is_refused(
    tmp_path: Path, passage: str, number: str, expected: list[tuple[str, str]]
) -> None:
    """“killed 12” is a substring of “killed 120”, on the whole sentence as well as cut out of it."""
    assert substrings_accept(passage, number)
    errors = [one for one in found(tmp_path, passage, KILLED, number) if one[0] == "error"]
    assert errors == expected


def test_the_number_of_the_text_is_accepted(tmp_path: Path) -> None:
    """The same claim with 120 has no finding at all."""
    assert substrings_accept(TOLL, "120")
    assert found(tmp_path, TOLL, KILLED, "120") == []


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        pytest.param("the bridge had fallen.", [("error", "evidence/sentence")], id="cut"),
        pytest.param(SPEECH, [("error", "evidence/negation")], id="whole"),
    ],
)
def test_a_clause_out_of_a_denial_is_refused(tmp_path: Path, passage: str, expected: list[tuple[str, str]]) -> None:
    """“did not say that …” carries nothing of what follows: neither cut out of its sentence nor with it."""
    assert substrings_accept(passage)
    statement = "Text reports that the bridge had fallen."
    errors = [one for one in found(tmp_path, passage, statement) if one[0] == "error"]
    assert errors == expected


def test_a_claim_that_tells_the_denial_is_accepted(tmp_path: Path) -> None:
    """What the sentence says, that the mayor did not say it, has no finding at all."""
    assert found(tmp_path, SPEECH, "Text reports that the mayor did not say that the bridge had fallen.") == []
