"""Law: what the kernel accepts of a cell in any package, frictionless accepts; what it rejects, the kernel rejects.

`DIFFERENT` lists where we accept what frictionless rejects, each with the reason (`docs/design/truth.md` has them too).
"""

from __future__ import annotations

import json
import re
import string
from typing import Any

from frictionless import Field as TheirField
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eventpack.judge import ConstraintError, compile_judge
from eventpack.values import missing_texts
from tests.effort import examples
from tests.models import field_of, schema_of

# (type, format): what the field or the text is like where we accept more, and why.
DIFFERENT = (
    ("integer", "has groupChar", "the standard has `groupChar` for integers; frictionless passes over it"),
    ("geojson", "position of three numbers", "RFC 7946 has an altitude; frictionless' schema takes two numbers only"),
    ("geojson", "collection in a feature", "RFC 7946 has it; frictionless' schema wants `coordinates`"),
    ("geojson", "bbox in a topology", "the specification has a flat list; frictionless' schema wants two lists"),
)
_THREE = re.compile(r"\[ ?\d+, ?\d+, ?\d+ ?\]")


def is_different(field: dict[str, Any], text: str) -> bool:
    """Whether a cell is one of those that `DIFFERENT` lists."""
    if field["type"] == "integer" and "groupChar" in field:
        return True
    odd = "bbox" in text or "GeometryCollection" in text or _THREE.search(text) is not None
    return field["type"] == "geojson" and odd


CELLS: dict[str, list[str]] = {
    "integer": ["0", "-0", "007", " 12", "12 ", "+5", "1_000", "1,000", "1.000,5", "٣", "1e5", "1.0", "12 t", "€5",
        "-"],
    "number": ["1.5", "1,5", "1.000,5", "1,000.5", ".5", "5.", "1e5", "NaN", "-INF", "sNaN", "nan7", "5%", "$-3.5",
        "+1"],
    "boolean": ["true", "True", "TRUE", "1", "0", "yes", "no", "ja", "T", "false", " true"],
    "date": ["2024-02-29", "2024-1-2", "01/02/2024", "2 Jan 2024", "2024-03", "Monday", "20240102", "2 jan 24",
        "0001-01-01"],
    "time": ["12:30:00", "12:30", "12:30:00Z", "12:30:00.5", "12:30:00+0130", "24:00:00", "12:60:00", "noon",
        "9:05:00"],
    "datetime": ["2024-01-02T03:04:05Z", "2024-01-02 03:04:05", "2024-01-02T03:04:05.123+01:00", "2024-01-02T03:04",
        "2024-W01-1T00:00:00", "2024-01-02T24:00:00", "2 Jan 2024 3pm", "10:30", "01/02/2024 03:04", "12:00 EST"],
    "year": ["2024", "24", " 988", "+988", "-001", "02024", "1_00"],
    "yearmonth": ["2024-03", "2024-3", "2024-13", "24-1", "2024-03-01", " 2024-03", "-1-1"],
    "duration": ["P1Y", "P1Y6M", "PT2H30M", "P1,5D", "-P1D", "P", "PT", "P1YT", "P0003-06-04T12:30:05",
        "P999999999999D", "P1.5W", "PT0.5S", "+P1D", "1D"],
    "geopoint": ["13.4,52.5", "13.4, 52.5", "181,0", "0,91", "nan,0", "1e1,5", "[13.4, 52.5]", '["13.4", 52.5]',
        '{"lon": 13.4, "lat": 52.5}', '{"lon": 1, "lat": 2, "alt": 3}', "[true, 1]", "[1]", "1;2", "5,5,5"],
    "object": ["{}", '{"a": 1}', '{"a": {"b": [1]}}', "[]", '{"a": NaN}', '{"a": 1, "a": 2}', "{", "null",
        ' {"b": 2} '],
    "array": ["[]", "[1]", "[1.0]", "[true]", '["a", "b", "c"]', "{}", "[NaN]", "[", "1", "[" * 5000],
    "list": ["a", "a,b", "1,2", "1, 2", "1;2", "a,,b", "true,1", "2024-01-01,2024-1-2", ",", "1.5,2"],
    "any": ["a", " ", "1", "{}"],
    "string": ["a", " a ", "é", "https://example.org/x", "https://a.org/{id}", "http:", "a b:c", "desk@example.org",
        "YWJj", "YW\nJj", "YWJ", "%%%%", "123E4567-E89B-12D3-A456-426614174000",
        "{123e4567e89b12d3a456426614174000}"],
    "geojson": ['{"type": "Point", "coordinates": [1, 2]}', '{"type": "Point", "coordinates": [1, 2, 3]}',
        '{"type": "Point", "coordinates": ["1", 2]}', '{"type": "Feature", "geometry": null, "properties": null}',
        '{"type": "Feature", "geometry": null}', '{"type": "FeatureCollection", "features": []}', "{}",
        '{"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}',
        '{"type": "LineString", "coordinates": [[0, 0]]}',
        '{"type": "Topology", "objects": {"a": {"type": "Point", "coordinates": [1, 2]}}, "arcs": []}',
        '{"type": ["Point"]}',
        '{"type": "Topology", "objects": {}, "arcs": [[[0, 0], [1, 1]]], "transform": {}}'],
}  # fmt: skip
FORMATS: dict[str, list[str]] = {
    "date": ["any", "%d/%m/%Y", "%d %b %y", "fmt:%Y%m%d", "YYYY", "%Q", "%Y %Y"],
    "time": ["any", "%H:%M", "%I%p", "%H:%M:%S%z"],
    "datetime": ["any", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M:%S.%fZ"],
    "geopoint": ["array", "object"],
    "geojson": ["topojson"],
    "string": ["uri", "email", "uuid", "binary"],
}
OPTIONS: dict[str, list[dict[str, Any]]] = {
    "integer": [{"bareNumber": False}, {"groupChar": ","}],
    "number": [{"decimalChar": ","}, {"decimalChar": ",", "groupChar": "."}, {"groupChar": ","}, {"groupChar": " "},
               {"bareNumber": False}, {"bareNumber": False, "decimalChar": ",", "groupChar": "."}],
    "boolean": [{"trueValues": ["yes", "ja"], "falseValues": ["no"]}, {"trueValues": ["T"]}, {"falseValues": ["0"]}],
    "list": [{"delimiter": ";"}, {"itemType": "integer"}, {"itemType": "date"}, {"itemType": "boolean"},
             {"itemType": "number", "delimiter": ";"}],
}  # fmt: skip
CONSTRAINTS: dict[str, list[dict[str, Any]]] = {
    "integer": [{"minimum": 5}, {"maximum": "12"}, {"enum": [0, "7"]}, {"exclusiveMinimum": 7}],
    "number": [{"minimum": 1.5}, {"exclusiveMaximum": 5}, {"enum": [1.5, "5"]}],
    "boolean": [{"enum": [True]}],
    "date": [{"minimum": "2024-01-02"}, {"enum": ["2024-02-29"]}],
    "time": [{"minimum": "12:00:00"}, {"maximum": "12:30:00Z"}],
    "datetime": [{"maximum": "2024-01-02T03:04:05Z"}, {"minimum": "2024-01-01T00:00:00"}],
    "year": [{"minimum": 2000}, {"exclusiveMaximum": "2024"}],
    "yearmonth": [{"minimum": "2024-03"}],
    "duration": [{"enum": ["P1D", "P12M"]}],
    "object": [{"minLength": 1}, {"enum": ['{"a": 1}']}, {"enum": [{"a": 1.0}]}],
    "array": [{"minLength": 1}, {"maxLength": 2}, {"enum": ["[1]"]}, {"enum": [[1]]}],
    "list": [{"minLength": 2}, {"maxLength": 1}],
    "any": [{"enum": ["a", "1"]}],
    "string": [{"minLength": 2}, {"maxLength": 5}, {"enum": ["a", "YWJj"]}, {"pattern": "[a-z]+"}],
    "geopoint": [],
    "geojson": [],
}
MISSING: list[Any] = [[""], ["", "NA", "-"], [{"value": ""}, {"value": "1", "label": "not asked"}]]
ALPHABET = string.digits + "+-.,:/ TZPYMDHSW_eE{}[]\"'aftruネ\n"


@st.composite
def fields(draw: st.DrawFn) -> dict[str, Any]:
    """A field of any type with a format, options, a constraint and missing values that its type may have."""
    kind = draw(st.sampled_from(sorted(CELLS)))
    field: dict[str, Any] = {"name": "cell", "type": kind}
    if kind in FORMATS and draw(st.booleans()):
        field["format"] = draw(st.sampled_from(FORMATS[kind]))
    if kind in OPTIONS and draw(st.booleans()):
        field |= draw(st.sampled_from(OPTIONS[kind]))
    constraints = draw(st.sampled_from([{}, *CONSTRAINTS[kind]]))
    if draw(st.booleans()):
        constraints = {**constraints, "required": True}
    if draw(st.integers(0, 3)) == 0:
        field["missingValues"] = draw(st.sampled_from(MISSING))
    return {**field, "constraints": constraints}


TEXTS = st.one_of(
    st.sampled_from(sorted({text for texts in CELLS.values() for text in texts})), st.text(ALPHABET, max_size=9)
)


@st.composite
def fields_and_texts(draw: st.DrawFn) -> tuple[dict[str, Any], list[str]]:
    """A field, and texts of which many are near to what it wants."""
    field = draw(fields())
    near = st.sampled_from(CELLS[field["type"]])
    return field, draw(st.lists(st.one_of(near, near, TEXTS), min_size=1, max_size=6))


def theirs_accepts(reader: Any, text: str) -> bool:
    """Whether frictionless reads the cell without a note; what crashes it is not accepted."""
    try:
        _, notes = reader(text)
    except Exception:
        return False
    return not notes


@settings(max_examples=examples(1000), deadline=None)
@given(fields_and_texts())
@example(({"name": "cell", "type": "time", "constraints": {"minimum": "12:00:00"}}, ["12:30:00Z"]))
@example(({"name": "cell", "type": "number", "constraints": {"minimum": 1}}, ["NaN", "INF"]))
@example(({"name": "cell", "type": "any", "constraints": {"enum": ["1"]}}, ["1"]))
def test_what_is_accepted_frictionless_accepts(case: tuple[dict[str, Any], list[str]]) -> None:
    """Over all types, formats and options; and so what it rejects, we reject."""
    given_field, texts = case
    schema = schema_of({"fields": [given_field]})
    field = schema.fields[0]
    try:
        judge = compile_judge(field, canonical=False)
    except ConstraintError:
        return
    missing = missing_texts(schema, field)
    reader = TheirField.from_descriptor(json.loads(json.dumps(given_field))).create_cell_reader()
    for text in texts:
        problem = judge("" if text in missing else text)
        accepted = problem is None or problem.severity == "warning"
        if accepted and not is_different(given_field, text):
            assert theirs_accepts(reader, text), (given_field, text, problem)


@settings(max_examples=examples(300), deadline=None)
@given(fields_and_texts())
def test_canonical_texts_are_never_loose(case: tuple[dict[str, Any], list[str]]) -> None:
    """What the strict judge accepts, the tolerant one accepts without a doubt."""
    field = field_of(case[0])
    try:
        strict, tolerant = compile_judge(field), compile_judge(field, canonical=False)
    except ConstraintError:
        return
    for text in case[1]:
        if strict(text) is None:
            assert tolerant(text) is None, (case[0], text)


def test_every_difference_is_real() -> None:
    """Each listed exception is one: we accept it, and frictionless does not."""
    point = '{"type": "Point", "coordinates": [1, 2, 3]}'
    held = '{"type": "Feature", "properties": null, "geometry": {"type": "GeometryCollection", "geometries": []}}'
    topology = '{"type": "Topology", "objects": {}, "arcs": [], "bbox": [0, 0, 1, 1]}'
    cases: list[tuple[dict[str, Any], str]] = [
        ({"name": "x", "type": "integer", "groupChar": ","}, "1,000"),
        ({"name": "x", "type": "geojson"}, point),
        ({"name": "x", "type": "geojson"}, held),
        ({"name": "x", "type": "geojson", "format": "topojson"}, topology),
    ]
    assert len(DIFFERENT) == len(cases)
    for field, text in cases:
        assert compile_judge(field_of(field), canonical=False)(text) is None, text
        assert not theirs_accepts(TheirField.from_descriptor(field).create_cell_reader(), text), text
        assert is_different(field, text)
