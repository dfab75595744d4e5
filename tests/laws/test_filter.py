"""The filter never calls clean what the kernel rejects: with it and without it, the findings are the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventpack import large as large_tables
from eventpack.structure import places, proving
from eventpack.validation import validate
from tests.effort import examples

FIELDS: dict[str, dict[str, Any]] = {
    "id": {"type": "string", "constraints": {"required": True, "pattern": r"^[A-Z]\d{1,3}$"}},
    "free": {"type": "string", "constraints": {"minLength": 2, "maxLength": 9}},
    "code": {"type": "string", "constraints": {"enum": ["a", "b", "true"]}},
    "odd": {"type": "string", "constraints": {"pattern": r"(?i)x+?|\S+|[^\d]"}},
    "web": {"type": "string", "format": "uri"},
    "whole": {"type": "integer", "constraints": {"minimum": -3, "exclusiveMaximum": 40}},
    "count": {"type": "integer"},
    "number": {"type": "number", "constraints": {"minimum": -90, "maximum": 90.5}},
    "share": {"type": "number", "constraints": {"exclusiveMinimum": 0}},
    "angle": {"type": "number", "constraints": {"minimum": -179.5, "maximum": 180}},
    "small": {"type": "integer", "constraints": {"minimum": -3, "maximum": 40}},
    "near": {"type": "date", "constraints": {"minimum": "1989-01-01", "maximum": "2024-02-29"}},
    "flag": {"type": "boolean"},
    "day": {"type": "date", "constraints": {"minimum": "1989-01-01"}},
    "end": {"type": "date"},
    "year": {"type": "year", "constraints": {"maximum": 2026}},
    "time": {"type": "datetime"},
    "later": {"type": "datetime", "constraints": {"minimum": "2024-02-03T10:00:00Z"}},
    "clock": {"type": "time"},
    "month": {"type": "yearmonth", "constraints": {"minimum": "2024-02"}},
    "other": {"type": "string"},
    "parent": {"type": "string"},
}
RULES = [
    {"name": "days", "kind": "order", "fields": ["day", "end"], "say": "In order."},
    {"name": "numbers", "kind": "order", "fields": ["number", "share"], "say": "In order."},
    {"name": "wholes", "kind": "order", "fields": ["whole", "count"], "say": "In order."},
    {"name": "needs", "kind": "requires", "if": "flag", "is": "true", "then": ["code"], "say": "Needed."},
    {"name": "one", "kind": "excludes", "fields": ["web", "odd"], "say": "At most one."},
    {"name": "some", "kind": "at-least-one", "fields": ["free", "other"], "say": "One at least."},
    {"name": "child", "kind": "at-least-one", "table": "parts", "say": "Has parts."},
    {"name": "share", "kind": "expect", "field": "code", "least": 0.5, "because": "it is known", "say": "Often."},
]
TEXTS = st.sampled_from(
    """A1|A12|B3|B333|C0|a1| A1|A1 |é|aé|abcdefghij|ab|a|b|true|True|false|1|0|-0|-1|007|+5|5.|.5|40|39|41|-3|-4|90.5
    |90.50|90.500000000000000001|179|-179|180|180.0|-179.4|-179.6|1799|-0.0|-0.5|00|10|100|010|+1000000000000000000|-05|-10|1_0|999999999999999999|-90|-90.1|1e5|nan|NaN|inf|12345678901234567890|2026|02026|1988|1989-01-01|1988-12-31|2024-02-29
    |2023-02-29|0000-01-01|2024-2-3|2024-13-01|2024-02-03T10:00:00Z|2024-02-03T24:00:00Z|2024-02-03T10:00Z|10:00:00|24:00:00|2024-02|2024-1|https://a.b/c
    |http:|x|X|xx|=1|say ""so""|line\nbreak|,|\u0661|\u00a0x|\x1fx|٣|N/A|null""".replace("\n    ", "").split("|")
)
CELL = st.one_of(st.just(""), TEXTS, TEXTS, st.text(max_size=3))
KEY = st.sampled_from(["A1", "A2", "A3", "A12", "a1", "a3", "A 1", "\u04101", "\uff211", "", "B3", "b3", "B\u0663"])


@dataclass(frozen=True)
class Form:
    """How a table is written."""

    delimiter: str = ","
    quote: str = '"'
    newline: str = "\n"
    ended: bool = True
    header: bool = True
    mark: bool = False
    all_quoted: bool = False

    @property
    def dialect(self) -> dict[str, Any]:
        """The dialect of the resource."""
        return {"delimiter": self.delimiter, "quoteChar": self.quote, "header": self.header}


FORMS = st.builds(
    Form, st.sampled_from(",;\t|"), st.sampled_from("\"'"), st.sampled_from(["\n", "\r\n"]), st.booleans(),
    st.booleans(), st.booleans(), st.booleans(),
)  # fmt: skip


def row() -> st.SearchStrategy[list[str]]:
    """One row of the first table, with keys that often repeat or lead somewhere."""
    cells = [KEY if name in ("id", "other", "parent") else CELL for name in FIELDS]
    return st.tuples(*cells).map(list)


def csv_text(header: list[str], rows: list[list[str]], form: Form = Form()) -> str:
    """A table as text, quoted where needed."""
    special = {form.delimiter, form.quote, "\n", "\r"}

    def cell(text: str) -> str:
        quoted = bool(special & set(text)) or form.all_quoted
        return form.quote + text.replace(form.quote, form.quote * 2) + form.quote if quoted else text

    lines = [form.delimiter.join(map(cell, r)) for r in ([header] if form.header else []) + rows]
    text = form.newline.join(lines) + (form.newline if form.ended else "")
    return ("\ufeff" if form.mark else "") + text


def write(
    folder: Path,
    tables: Mapping[str, bytes],
    form: Form | None = None,
    missing: list[str] | None = None,
    profile: bool = False,
) -> Path:
    """The package: `things`, and `parts` that lead to them."""
    things: dict[str, Any] = {
        "fields": [{"name": name, **field} for name, field in FIELDS.items()],
        "primaryKey": "id",
        "uniqueKeys": [["code", "year"]],
        "foreignKeys": [
            {"fields": "other", "reference": {"resource": "parts", "fields": "part"}},
            {"fields": "parent", "reference": {"resource": "", "fields": "id"}},
        ],
        "eventpack:rules": RULES,
    }
    parts: dict[str, Any] = {
        "fields": [{"name": "part", "type": "string"}, {"name": "thing", "type": "string"}],
        "primaryKey": ["part", "thing"],
        "foreignKeys": [{"fields": "thing", "reference": {"resource": "things", "fields": "id"}}],
    }
    if missing is not None:
        things["missingValues"] = missing
        parts["fields"][1]["missingValues"] = missing
    resources: list[dict[str, Any]] = [
        {"name": "things", "path": "things.csv", "schema": things},
        {"name": "parts", "path": "parts.csv", "schema": parts},
    ]
    for resource in resources if form else ():
        resource["dialect"] = form.dialect if form else {}
    folder.mkdir(exist_ok=True)
    (folder / "datapackage.json").write_text(
        json.dumps({"name": "law", "resources": resources, **({"eventpack:profile": "0.1"} if profile else {})}),
        encoding="utf-8",
    )
    for name, data in tables.items():
        (folder / f"{name}.csv").write_bytes(data)
    return folder


def findings(folder: Path, monkeypatch: pytest.MonkeyPatch, *, large: bool) -> list[Any]:
    """What a validation finds, with every table taken for a large one or none."""
    with monkeypatch.context() as patch:
        patch.setattr(large_tables, "_SMALL", 0)
        patch.setattr(large_tables, "_LARGE", 0 if large else 1 << 40)
        for room in (places, proving):  # so that small files have many strides and blocks
            patch.setattr(room, "STRIDE", 8)
        patch.setattr(proving, "_BLOCK", 16)
        return list(validate(folder).findings)


@settings(max_examples=examples(70))
@given(st.lists(row(), max_size=6), st.lists(st.tuples(KEY, KEY).map(list), max_size=4), st.booleans())
def test_large_tables_have_the_findings_of_small_ones(
    tmp_path_factory: pytest.TempPathFactory, things: list[list[str]], parts: list[list[str]], ours: bool
) -> None:
    """Cells, keys and rules: the same findings, at the same places."""
    tables = {"things": csv_text(list(FIELDS), things), "parts": csv_text(["part", "thing"], parts)}
    data = {name: text.encode("utf-8", "replace") for name, text in tables.items()}
    folder = write(tmp_path_factory.mktemp("law") / "p", data, profile=ours)
    monkeypatch = pytest.MonkeyPatch()
    assert findings(folder, monkeypatch, large=True) == findings(folder, monkeypatch, large=False)


LETTERS = st.sampled_from(
    [
        *("A1", "a1", "\u04101", "A 1", "A  1", "A\u00a01", "N/A", "007", "7", "+7", "", "\t", "\x01", "\x7f", "\x85"),
        *("\u00e9", "e\u0301", "e\u0323\u0301", "e\u0301\u0323", "\u0301", "\u212b", "\u0958", "\U0001d15e", "\ud55c"),
        *("x\u200by", "\u202ex", "\u0646\u200c\u0646", "\u200d", "\U000e0041", "\U0001f600", "\u1112\u1161\u11ab"),
        *("\u1019\u103c\u1014\u103a", "\u0915\u094d"),
    ]
)


@settings(max_examples=examples(70))
@given(
    st.lists(st.tuples(LETTERS, st.one_of(LETTERS, st.text(max_size=3))).map(list), max_size=5),
    st.lists(st.sampled_from(["7", "007", "+7", "8", "x", ""]), max_size=3),
    FORMS,
    st.booleans(),
)
def test_all_forms_of_files_and_letters_have_the_same_findings(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[str]], counts: list[str], form: Form, missing: bool
) -> None:
    """Whatever dialect, line end and mark, and whatever letters: as without the filter."""
    blank = [""] * len(FIELDS)
    things = [[f"A{number}", *blank[1:]] for number in range(len(counts))]
    for one, count in zip(things, counts, strict=True):
        one[list(FIELDS).index("count")] = count
    tables = {"things": csv_text(list(FIELDS), things, form), "parts": csv_text(["part", "thing"], parts, form)}
    data = {name: text.encode("utf-8", "replace") for name, text in tables.items()}
    folder = write(tmp_path_factory.mktemp("law") / "p", data, form, ["", "N/A"] if missing else None)
    monkeypatch = pytest.MonkeyPatch()
    assert findings(folder, monkeypatch, large=True) == findings(folder, monkeypatch, large=False)


GOOD = csv_text(["part", "thing"], [["A1", "A1"], ["A2", 'say "so",\nyes'], ["é", "x"], ["B3", ""]]).encode()
BYTES = st.sampled_from([b'"', b",", b"\n", b"\r", b"\x00", b"\xff", b"a", b'""', b" ", b"\xc3"])


@settings(max_examples=examples(120))
@given(st.lists(st.tuples(st.integers(0, len(GOOD)), BYTES, st.booleans()), min_size=1, max_size=3))
def test_broken_structure_is_never_clean(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, bytes, bool]]
) -> None:
    """Bytes put in or over others: whatever breaks the form of the file is found as without the filter."""
    data = GOOD
    for at, put, over in edits:
        data = data[:at] + put + data[at + len(put) * over :]
    things = csv_text(list(FIELDS), [["A1", *[""] * (len(FIELDS) - 1)]]).encode()
    folder = write(tmp_path_factory.mktemp("law") / "p", {"things": things, "parts": data})
    monkeypatch = pytest.MonkeyPatch()
    assert findings(folder, monkeypatch, large=True) == findings(folder, monkeypatch, large=False)
