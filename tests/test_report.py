"""What a narrowed report says of itself, and which codes may be asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventpack.codes import read_codes, require_codes
from eventpack.errors import EventpackError
from eventpack.formats import FORMATS
from eventpack.report import Report, narrow
from eventpack.validation import validate
from tests.tablepack import write_tables


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """The report of a package that repeats a key and has a cell with a space."""
    return validate(write_tables(tmp_path / "p", {"ships": "ship,flag\nA,F\nA, F\n"}))


@pytest.mark.parametrize("code", ["key", "key/", "key/primary", "key/primary/"])
def test_a_slash_at_the_end_of_a_code_means_nothing(report: Report, code: str) -> None:
    """It selects and excludes the same findings."""
    assert [f.code for f in narrow(report, [code]).findings] == ["key/primary"]
    assert [f.code for f in narrow(report, exclude={code: "known"}).findings] == ["cell/pattern"]


def test_a_selection_is_told_in_every_format(report: Report) -> None:
    """Nobody takes a part of the report for all of it."""
    some = narrow(report, ["file/", "key/unique"])
    assert "selected: file, key/unique\nok: " in FORMATS["text"](some)
    assert "selected: file, key/unique\nok: " in FORMATS["github"](some)
    assert json.loads(FORMATS["json"](some))["selected"] == ["file", "key/unique"]
    assert "selected" not in FORMATS["text"](report)
    assert json.loads(FORMATS["json"](report))["selected"] == []


def test_codes_are_required_without_a_slash() -> None:
    """A code or a family comes back as it is in the registry."""
    assert require_codes(["key/foreign/", "cell", "csv/"]) == ["key/foreign", "cell", "csv"]


@pytest.mark.parametrize("word", ["keys", "key/foreing", "", "/", "../key", "key/foreign/x", "key//foreign"])
def test_other_words_are_no_codes(word: str) -> None:
    """Whatever they look like."""
    with pytest.raises(EventpackError, match="is not a finding code"):
        require_codes([word])


def test_only_the_families_asked_for_are_read() -> None:
    """The others are not even parsed."""
    assert {name.partition("/")[0] for name in read_codes("key", "cell")} == {"key", "cell"}
