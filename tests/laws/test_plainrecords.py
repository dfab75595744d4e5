"""Law: what the pattern of plain records reads, YAML reads in the same way; what it does not know it leaves to YAML."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from eventpack.errors import TextError
from eventpack.plainrecord import read_plain
from eventpack.records import read_yaml
from eventpack.recordtext import Form, format_record
from tests.laws.test_records import SHAPE, records

RECORDS = sorted((Path(__file__).parents[2] / "data/records/events").glob("*.yaml"))
# Pieces of record files, and what breaks them: put together at random they are often YAML, and often nearly so.
PIECES = st.sampled_from([
    "event_id: EV-aaaaaa", "title", "claims", "a", "  - ", "    ", "  ", "      ", "\n", "\n", "\n", ":", ": ", " ",
    "-", "- ", ">-", " >-", "|", ">", ">-2", "#", " #", "x", '"', '"x"', "'", "~", "null", "Null", "true", "0.1",
    "2026-03-01", "[", "]", "{", "}", ",", "&", "*", "!", "<<", "?", "? ", "%", "@", "`", "---", "...", "\t", "\\",
    "\r", "é", "\u00a0", "\u2028", "\x85", "\ufeff", "e\u0301", "\U0001f600",
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map("".join)


def judge(text: str) -> None:
    """Fail when the pattern reads a text that YAML refuses or reads otherwise."""
    found = read_plain(text)
    if found is None:
        return
    assert found == read_yaml(text)
    row, lists = found
    assert [*row, *lists]


@given(TEXTS)
@example("note: >-\n  a\n\n  b\n")
@example("note: >-\n  a\n   b\n")
@example("note: >-\n  a \n  b  \n")
@example("claims:\n  - a: >-\n    b\n")
@example("claims:\n  - a: x\nclaims:\n  - a: y\n")
@example("claims:\nclaims:\n  - a: y\n")
@example("claims:\n  - a: x\n  - a:\n    b: y\nnote: z\n")
@example("title: x\n    a: y\n")
@example("title: x\n  - a: y\n")
@example("title:\n    a: y\n")
@example("title: a:b #c\n")
@example("title: a#b:c\n")
@example('title: "a: b # c"\nnote: ""\n')
def test_what_the_pattern_reads_yaml_reads_too(text: str) -> None:
    """Over texts put together from pieces of records."""
    judge(text)


@given(st.sampled_from(RECORDS), st.data())
def test_a_record_that_was_hurt_is_read_in_one_way(path: Path, data: st.DataObject) -> None:
    """A piece put into one of the records here, or put in place of some characters."""
    text = path.read_text("utf-8")
    at = data.draw(st.integers(0, len(text)))
    end = min(len(text), at + data.draw(st.integers(0, 8)))
    judge(text[:at] + data.draw(PIECES) + text[end:])


@given(records())
def test_what_we_write_is_read(found: dict[str, dict[str, object]]) -> None:
    """Canonical text is read as YAML reads it, and mostly by the pattern."""
    for record in found.values():
        text = yaml.safe_dump(record, allow_unicode=True, default_style='"', default_flow_style=False)
        judge(format_record(text, "x.yaml", Form(SHAPE, {})))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_the_records_here_are_plain(path: Path) -> None:
    """Every record file of this repository is read by the pattern."""
    assert read_plain(path.read_text("utf-8")) is not None


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", "a: 1", "# note\na: 1\n", "a: ~\n", "a: null\n", "a: b: c\n", "a: b #c\n", "a: 'b'\n", 'a: "\\n"\n',
        "a: []\n", "a: {}\n", "a: &x b\n", "a: b\na: c\n", "a:\tb\n", "a: b\r\n", "a: b \n", "- a\n", "A: b\n",
        "a: |\n  b\n",
    ],
)  # fmt: skip
def test_what_the_pattern_leaves_to_yaml(text: str) -> None:
    """Whatever could mean something else, or nothing."""
    assert read_plain(text) is None


def test_yaml_refuses_what_the_pattern_leaves() -> None:
    """A fault is told by YAML, at its place."""
    with pytest.raises(TextError) as caught:
        read_yaml("a: b\na: c\n")
    assert ("record/duplicate-key", 2, 1) == (caught.value.code, caught.value.line, caught.value.column)
