"""The fault table on its page is of what publishing asks today."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.depotfaults import KINDS, NAMES, PAGE, count


def cells(start: str) -> list[str]:
    """The cells of the row of the table that starts so."""
    (row,) = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith(f"| {start} |")]
    return [cell.strip() for cell in row.strip("|").split("|")[1:]]


def test_the_page_counts_the_requests_that_are_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Who changes what is asked measures the table again: `python -m tests.docs.depotfaults`."""
    assert cells("fault at each request in turn") == list(NAMES.values())
    asked = [str(count(story, monkeypatch, tmp_path / story)[1]) for story in NAMES]
    assert cells("(requests without any fault)") == asked
    for kind in KINDS.values():
        assert [cell.split(",")[0] for cell in cells(kind)] == [f"{number} of {number}" for number in asked]
