"""Every finding can be clicked: positions point at the value, the key or the cell, in lines and columns from 1."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventpack.csvtext import CsvText, csv_bytes
from eventpack.errors import TextError
from eventpack.files import decode, position
from eventpack.jsontext import Pointer, json_position, key_position, parse_json
from eventpack.records import read_record

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=6)
ROWS = st.integers(2, 4).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=5))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def offset(text: str, line: int, column: int) -> int:
    """The offset of a line and column."""
    return sum(len(part) + 1 for part in text.split("\n")[: line - 1]) + column - 1


def pointers(value: Any, base: Pointer = ()) -> list[tuple[Pointer, Any]]:
    """Every value inside a value, with the pointer that leads to it."""
    found = [(base, value)]
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in items:
        found += pointers(inner, (*base, step))
    return found


@given(st.text("a\nä😀", max_size=30), st.integers(0, 30))
def test_a_position_is_where_the_offset_is(text: str, at: int) -> None:
    """Line and column lead back to the offset."""
    at = min(at, len(text))
    assert at == offset(text, *position(text, at))


@given(VALUES, st.sampled_from([None, 0, 2]))
def test_json_positions_point_at_values_and_keys(value: Any, indent: int | None) -> None:
    """At the place of a value stands its text, at the place of its key the key; in every layout."""
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    for pointer, inner in pointers(value):
        at = offset(text, *json_position(text, pointer))
        assert inner == json.JSONDecoder().raw_decode(text, at)[0]
        if pointer and isinstance(pointer[-1], str):
            at = offset(text, *key_position(text, pointer))
            assert pointer[-1] == json.JSONDecoder().raw_decode(text, at)[0]


def test_a_pointer_that_ends_early_points_at_the_deepest_value() -> None:
    """A missing property is shown where its object begins."""
    text = '{\n  "fields": [\n    { "name": "ship" }\n  ]\n}'
    assert json_position(text, ("fields", 0, "constraints", "enum")) == (3, 5)
    assert json_position(text, ("fields", 4)) == (2, 13)


@given(ROWS.filter(lambda rows: all(any(row) for row in rows)))
def test_csv_comes_back_and_its_positions_point_at_cells(rows: list[list[str]]) -> None:
    """Reading what was written gives the same cells, each standing where it is said to be."""
    header, *body = rows
    text = csv_bytes(header, body).decode("utf-8")
    if not text.strip():
        return
    table = CsvText(text)
    assert rows == table.rows
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            at = offset(text, *table.position(number, column))
            assert text.startswith((cell, '"' + cell.replace('"', '""') + '"'), at)
            assert at == 0 or text[at - 1] in ",\n"


@given(st.text('ab",\r\n', max_size=20))
def test_any_csv_text_is_read_or_refused_with_its_place(text: str) -> None:
    """There is no third way, and the place lies inside the text."""
    try:
        table = CsvText(text)
    except TextError as error:
        assert error.code.startswith("csv/")
        assert 0 <= offset(text, error.line, error.column) <= len(text)
        return
    assert {len(row) for row in table.rows} == {len(table.rows[0])}


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b"a\nb\xe4c", "csv/encoding", (2, 2)),
        ("ä\xe4".encode() + b"\xff", "csv/encoding", (1, 3)),
        (b"\xef\xbb\xbfa", "csv/bom", (1, 1)),
        ("a,b\n".encode("utf-16"), "csv/utf-16", (1, 1)),
        ("a,b\n".encode("utf-16-le"), "csv/utf-16", (1, 1)),
        ("a,b\n".encode("utf-16-be"), "csv/utf-16", (1, 1)),
        (b"a\nb\xc3", "csv/cut", (2, 2)),
        (b"a\nb\xf0\x9f\x92", "csv/cut", (2, 2)),
        (b"a\xc3", "csv/encoding", (1, 2)),
        (b"a\nbc\x00", "csv/nul", (2, 3)),
        (b"\xed\xa0\x80", "csv/encoding", (1, 1)),  # a surrogate
        (b"\xc0\x80", "csv/encoding", (1, 1)),  # NUL in two bytes
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_place(data: bytes, code: str, place: tuple[int, int]) -> None:
    """Columns count characters, not bytes."""
    with pytest.raises(TextError) as caught:
        decode(data, "csv")
    assert (code, place) == (caught.value.code, (caught.value.line, caught.value.column))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{\n  "a": 1,\n  "a": 2,\n  "b": { "a": 3 }\n}', (3, 3)),
        ('{ "b": { "x": 1, "x": 2 }, "x": 3 }', (1, 18)),
        ('{ "a": "\\"a\\":", "a": 1 }', (1, 18)),
        ('[{ "a": 1 }, { "a": 1, "\\u0061": 2 }]', (1, 24)),
    ],
)
def test_a_key_that_stands_twice_is_shown_the_second_time(text: str, place: tuple[int, int]) -> None:
    """Not at a key of the same name in another object."""
    with pytest.raises(TextError) as caught:
        parse_json(text, "schema")
    assert ("schema/json", place) == (caught.value.code, (caught.value.line, caught.value.column))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{ "title": "NaN", "version": NaN }', (1, 30)),
        ('{ "a": -Infinity }', (1, 8)),
        ('{ "a": 1,\n  "b" 2 }', (2, 7)),
        ('{\n  "a": "\\ud800" }', (2, 9)),
        ("", (1, 1)),
    ],
)
def test_json_that_is_none_is_shown_where_it_breaks(text: str, place: tuple[int, int]) -> None:
    """NaN is no number, and half a character no text."""
    with pytest.raises(TextError) as caught:
        parse_json(text, "descriptor")
    assert ("descriptor/json", place) == (caught.value.code, (caught.value.line, caught.value.column))


RECORD = """\
# A comment with an ä.
event_id: EV-aaaaaa
title: "March: 😀 bakers"
summary: >-
  Two lines
  of text.
claims:
  - claim_id: CL-aaaaaa
    note: 'It''s'
  - {claim_id: CL-bbbbbb, note: x}
"""


def test_record_positions_point_at_the_value() -> None:
    """At the quote of a quoted text, at the sign of a folded block, inside flow mappings too."""
    record = read_record(RECORD, "EV-aaaaaa.yaml")
    rows = record.children["claims"]
    places = [record.place(name) for name in record.row]
    places += [record.place(name, "claims", index) for index, row in enumerate(rows) for name in row]
    lines = RECORD.split("\n")
    starts = [lines[line - 1][column - 1 :] for line, column in places]
    assert starts == [
        "EV-aaaaaa", '"March: 😀 bakers"', ">-", "CL-aaaaaa", "'It''s'", "CL-bbbbbb, note: x}", "x}",
    ]  # fmt: skip
    assert list(record.row.values())[1:] == ["March: 😀 bakers", "Two lines of text."]


@given(st.lists(st.tuples(st.from_regex(re.compile("[a-z]{1,8}", re.ASCII), fullmatch=True), CELLS), max_size=5))
def test_quoted_scalars_keep_their_text_and_place(items: list[tuple[str, str]]) -> None:
    """A record in which every value is a JSON string has these texts, each at its quote."""
    fields = dict(items)
    lines = [f"{name}: {json.dumps(value)}" for name, value in fields.items()]
    try:
        record = read_record("\n".join(lines), "x.yaml")
    except TextError as error:
        assert not fields or "\\ud" in "".join(lines)
        assert error.code in ("record/empty", "record/yaml")
        return
    assert fields == record.row
    assert [(n + 1, line.index('"') + 1) for n, line in enumerate(lines)] == list(map(record.place, fields))
