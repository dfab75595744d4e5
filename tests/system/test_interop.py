"""The packaged release, opened with other tools in environments of their own: every cell is what the schemas say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.system.opened import (
    READERS,
    ROOT,
    Reader,
    broken,
    differences,
    expected,
    exports,
    found_broken,
    page,
    release,
    seen,
)

pytestmark = pytest.mark.system


def named(reader: Reader) -> str:
    """What a test is called: the tool, and the format when it is an export."""
    return f"{reader.title}-{reader.export}".rstrip("-")


ALL = pytest.mark.parametrize("reader", READERS, ids=named)
CHECKERS = [reader for reader in READERS if reader.keys]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of this repository, packaged, with exports beside it."""
    made = release(tmp_path_factory.mktemp("release"))
    exports(made)
    return made


@ALL
def test_a_tool_sees_what_is_there(reader: Reader, folder: Path) -> None:
    """All tables, rows, types and cells are what they should be, missing values are missing, no error is told."""
    what = seen(reader, folder)
    assert differences(expected(reader, folder), what.tables) == []
    assert (what.errors, what.astray or 0) == ((), 0)


@pytest.mark.parametrize("reader", CHECKERS, ids=named)
def test_a_tool_finds_a_key_that_leads_nowhere(reader: Reader, folder: Path, tmp_path: Path) -> None:
    """One broken key is found, once."""
    assert found_broken(reader, broken(folder, tmp_path / "broken")) == 1


def test_a_difference_would_be_told(folder: Path) -> None:
    """A missing table, a lost row, another type and another cell are each a line."""
    there = expected(READERS[0], folder)
    places, events = there["places"], there["events"]
    row = ["other", *places.rows[0][1:]]
    found = {**there, "places": type(places)({**places.types, "radius_km": "integer"}, [row, *places.rows[1:]])}
    found["events"] = type(events)(events.types, events.rows[1:])
    del found["claims"]
    told = differences(there, found)
    assert told[0] == "claims: only on one side"
    assert {
        f"events: {len(events.rows)} rows, not {len(events.rows) - 1}",
        "places.radius_km: number, not integer",
    } <= set(told)
    assert f"places[0].place_id: {places.rows[0][0]!r}, not 'other'" in told


def test_the_page_says_what_is_seen() -> None:
    """`make interop` was run after the last change; versions of what Debian brings may be others."""
    debian = re.compile(r"^(\| (?:R|GDAL) \| )[\d.]+", re.M)
    written = (ROOT / "docs/interop.md").read_text("utf-8")
    assert debian.sub(r"\1", page()) == debian.sub(r"\1", written)
