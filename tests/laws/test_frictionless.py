"""Laws: what the kernel and the key checks accept, frictionless accepts; it may accept more than we do, never less."""

from __future__ import annotations

import json
import string
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from frictionless import Package, Resource
from hypothesis import given, settings
from hypothesis import strategies as st

from eventpack.judge import ConstraintError, compile_judge
from eventpack.validation import validate
from tests.effort import examples
from tests.models import field_of

NASTY = ["", " ", "0", "-0", "007", "+5", "1e5", "1.", ".5", "1.50", "-0.5", "12", "nan", "inf", "true", "True", "yes"]
NASTY += [
    "2024-02-29",
    "2023-02-29",
    "2024-1-2",
    "0001-01-01",
    "9999-12-31",
    "2024",
    "é",
    "e\u0301",
    "a b",
    "https://a.org/x",
]
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(alphabet=string.ascii_letters + string.digits + "-./: ", max_size=12),
    st.integers(-(10**20), 10**20).map(str),
    st.decimals(-1000, 1000, places=3).map(str),
    st.dates().map(str),
)


@st.composite
def fields(draw: st.DrawFn) -> dict[str, Any]:
    """A field with constraints that suit its type."""
    kind = draw(st.sampled_from(["string", "integer", "number", "boolean", "date", "year"]))
    constraints: dict[str, Any] = {}
    if draw(st.booleans()):
        constraints["required"] = True
    if kind == "string":
        constraints |= draw(
            st.sampled_from([{}, {"minLength": 2}, {"maxLength": 5}, {"pattern": "[a-z]+"}, {"enum": ["a", "b c"]}])
        )
    elif kind in ("integer", "number"):
        constraints |= draw(st.sampled_from([{}, {"minimum": "-3"}, {"maximum": "100"}, {"enum": ["0", "12"]}]))
    elif kind == "date":
        constraints |= draw(st.sampled_from([{}, {"minimum": "2000-01-01"}, {"maximum": "2024-02-29"}]))
    form = draw(st.sampled_from(["default", "uri", "email"])) if kind == "string" and not constraints else "default"
    return {"name": "cell", "type": kind, "format": form, "constraints": constraints}


@settings(max_examples=examples(150), deadline=None)
@given(fields(), st.lists(TEXTS, min_size=1, max_size=6))
def test_what_the_kernel_accepts_frictionless_accepts(field: dict[str, Any], texts: list[str]) -> None:
    """Every text that a judge lets pass is valid for the real frictionless, too."""
    try:
        judge = compile_judge(field_of(field))
    except ConstraintError:
        return
    accepted = [text for text in texts if judge(text) is None]
    rows = [["id", "cell"], *([str(index), text] for index, text in enumerate(accepted))]
    schema = {"fields": [{"name": "id", "type": "string"}, field], "missingValues": [""]}
    report = Resource.from_descriptor({"name": "t", "data": rows, "schema": schema}).validate()
    assert report.valid, (field, accepted, report.flatten(["type", "note"]))


CELLS = {
    "string": ["", "1", "1.0", "a", "A"],
    "integer": ["", "0", "1", "2"],
    "number": ["", "0", "0.0", "1", "1.0", "1.00", "2"],
    "date": ["", "2024-01-01", "2024-01-02"],
    "year": ["", "2024", "2025"],
}


@st.composite
def keyed_packages(draw: st.DrawFn) -> dict[str, Any]:
    """Two tables of two columns, by name: their schemas and rows; `b` may lead to `a` by one column or both."""
    kinds = [draw(st.sampled_from(sorted(CELLS))) for _ in range(2)]
    pair = draw(st.booleans())
    tables: dict[str, Any] = {}
    for name in ("a", "b"):
        if draw(st.integers(0, 3)) == 0:
            kinds = [draw(st.sampled_from(sorted(CELLS))) for _ in range(2)]
        fields: list[dict[str, Any]] = [
            {"name": column, "type": kind} for column, kind in zip(("x", "y"), kinds, strict=True)
        ]
        # A foreign key of which a part is missing is no fault for us, as in SQL; frictionless looks the rest up.
        cells = [CELLS[kind][1 if pair else 0 :] for kind in kinds]
        rows = draw(st.lists(st.tuples(*(st.sampled_from(texts) for texts in cells)), min_size=1, max_size=4))
        schema: dict[str, Any] = {"fields": fields}
        if draw(st.booleans()):
            schema["primaryKey"] = draw(st.sampled_from([["x"], ["x", "y"]]))
        if draw(st.booleans()):
            fields[1]["constraints"] = {"unique": True}
        tables[name] = (schema, [row for row in rows if any(row)] or [tuple(texts[-1] for texts in cells)])
    names = ["x", "y"] if pair else [draw(st.sampled_from(["x", "y"]))]
    target = draw(st.sampled_from(["a", ""]))
    tables["b"][0]["foreignKeys"] = [
        {"fields": names, "reference": {"resource": target, "fields": ["x", "y"][: len(names)]}}
    ]
    return tables


@settings(max_examples=examples(150), deadline=None)
@given(keyed_packages())
def test_keys_that_are_accepted_frictionless_accepts(tables: dict[str, Any]) -> None:
    """Primary, unique and foreign keys of one field or two, over all types: numbers by value, text by text."""
    with TemporaryDirectory() as name:
        folder, resources = Path(name), []
        for table, (schema, rows) in tables.items():
            text = "".join(f"{','.join(row)}\n" for row in [("x", "y"), *rows])
            (folder / f"{table}.csv").write_text(text, "utf-8")
            resources.append({"name": table, "path": f"{table}.csv", "schema": schema})
        (folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": resources}), "utf-8")
        ours = {finding.code for finding in validate(folder).findings}
        theirs = {
            kind for _, kind in Package(str(folder / "datapackage.json")).validate().flatten(["rowNumber", "type"])
        }
    assert ours or not theirs, tables
    if "foreign-key" in theirs:
        assert "key/foreign" in ours, tables
    if "primary-key" in theirs:
        assert ours & {"key/primary", "key/missing"}, tables
    if "unique-error" in theirs:
        assert ours & {"key/unique", "key/primary"}, tables
