"""The types, formats and options beyond those of our profile: what is canonical, what is loose, what is refused."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from eventpack.document import Document
from eventpack.finding import Finding
from eventpack.judge import ConstraintError, Problem, compile_judge
from eventpack.soundness.plain import plain_findings
from eventpack.validation import validate
from eventpack.values import missing_texts
from tests.models import field_of, schema_of
from tests.typedpack import write_typed


def value(text: str, type: str, **more: Any) -> Any:
    """The value of a text in a field, in any form that is understood."""
    kind = field_of({"name": "x", "type": type, **more}).value_type
    assert kind is not None
    return kind.read(text)


def judged(text: str, type: str, canonical: bool = False, **more: Any) -> Problem | None:
    """What the judge of a field `x` says about a text."""
    return compile_judge(field_of({"name": "x", "type": type, **more}), canonical)(text)


CANONICAL: list[tuple[str, dict[str, Any]]] = [
    ("2026-03-01T14:30:00Z", {"type": "datetime"}),
    ("2026-03-01T14:30:00.5+01:00", {"type": "datetime"}),
    ("14:30:00", {"type": "time"}),
    ("2026-03", {"type": "yearmonth"}),
    ("P1Y6M", {"type": "duration"}),
    ("-PT2H30M", {"type": "duration"}),
    ("13.4,52.5", {"type": "geopoint"}),
    ("13.4, 52.5", {"type": "geopoint"}),
    ("[13.4, 52.5]", {"type": "geopoint", "format": "array"}),
    ('{"lon": 13.4, "lat": 52.5}', {"type": "geopoint", "format": "object"}),
    ('{"type": "Point", "coordinates": [13.4, 52.5]}', {"type": "geojson"}),
    ('{"type": "Topology", "objects": {}, "arcs": []}', {"type": "geojson", "format": "topojson"}),
    ('{"a": [1, true, null]}', {"type": "object"}),
    ('["a", 1.5]', {"type": "array"}),
    ("a;b", {"type": "list", "delimiter": ";"}),
    ("2026-03-01,2026-03-02", {"type": "list", "itemType": "date"}),
    (" a", {"type": "any"}),
    ("YWJj", {"type": "string", "format": "binary"}),
    ("1.000,5", {"type": "number", "decimalChar": ",", "groupChar": "."}),
    ("12,00,000", {"type": "integer", "groupChar": ","}),
    ("€ 95,5 per ton", {"type": "number", "decimalChar": ",", "bareNumber": False}),
    ("ja", {"type": "boolean", "trueValues": ["ja"], "falseValues": ["nein"]}),
    ("01/03/2026", {"type": "date", "format": "%d/%m/%Y"}),
    ("1 March 2026", {"type": "date", "format": "any"}),
    ("14:30", {"type": "time", "format": "fmt:%H:%M"}),
]
LOOSE = [
    (" 007", {"type": "integer"}, "7"),
    ("1_000", {"type": "integer"}, "1000"),
    ("1e5", {"type": "number"}, "100000"),
    (".5", {"type": "number"}, "0.5"),
    ("TRUE", {"type": "boolean"}, "true"),
    ("0", {"type": "boolean"}, "false"),
    ("2024-1-2", {"type": "date"}, "2024-01-02"),
    (" 988", {"type": "year"}, "0988"),
    ("2026-3", {"type": "yearmonth"}, "2026-03"),
    ("2026-03-01 14:30:00", {"type": "datetime"}, "2026-03-01T14:30:00"),
    ("14:30:00+0130", {"type": "time"}, "14:30:00+01:30"),
    ("P1,5D", {"type": "duration"}, "P1DT12H"),
    ("1e1 , 5", {"type": "geopoint"}, "10,5"),
    ("1, 2", {"type": "list", "itemType": "integer"}, "1,2"),
    ("1,5", {"type": "integer", "groupChar": ","}, "15"),
    ("1/3/2026", {"type": "date", "format": "%d/%m/%Y"}, "01/03/2026"),
]  # fmt: skip
REFUSED = [
    ("1e5", {"type": "integer"}),
    ("sNaN", {"type": "number"}),
    ("yes", {"type": "boolean"}),
    ("true", {"type": "boolean", "trueValues": ["ja"]}),
    ("2024-02-30", {"type": "date"}),
    ("2026-03", {"type": "date", "format": "any"}),
    ("Monday", {"type": "datetime", "format": "any"}),
    ("10", {"type": "time", "format": "any"}),
    ("2026-03-01T14:30", {"type": "datetime"}),
    ("14:30", {"type": "time"}),
    ("P999999999999D", {"type": "duration"}),
    ("181,0", {"type": "geopoint"}),
    ("[true, 1]", {"type": "geopoint", "format": "array"}),
    ('{"type": "Point", "coordinates": [1]}', {"type": "geojson"}),
    ('{"a": NaN}', {"type": "object"}),
    ('{"a": 1, "a": 2}', {"type": "object"}),
    ("[" * 100_000, {"type": "array"}),
    ("1,x", {"type": "list", "itemType": "integer"}),
    ("$.5", {"type": "number", "bareNumber": False}),
    ("1.000,5", {"type": "number", "groupChar": ","}),
    ("1.5", {"type": "number", "decimalChar": ","}),
]


@pytest.mark.parametrize(("text", "field"), CANONICAL)
def test_canonical_texts_are_fine_everywhere(text: str, field: dict[str, Any]) -> None:
    """And the text that is written of a value has the same value."""
    assert judged(text, **field) is None
    kind = field_of({"name": "x", **field}).value_type
    assert kind is not None
    assert kind.parse(text) == kind.read(kind.format(kind.parse(text)))


@pytest.mark.parametrize(("text", "field", "read"), LOOSE)
def test_loose_texts_are_warnings_that_say_what_is_read(text: str, field: dict[str, Any], read: str) -> None:
    """Where texts must be canonical they are errors."""
    assert judged(text, **field) == Problem("cell/loose", f"`x` is read as `{read}`", f"write `{read}`", "warning")
    strict = judged(text, canonical=True, **field)
    assert strict is not None
    assert (strict.severity, strict.code) == ("error", "cell/format" if "format" in field else "cell/type")


@pytest.mark.parametrize(("text", "field"), REFUSED)
def test_other_texts_are_errors(text: str, field: dict[str, Any]) -> None:
    """Also what frictionless would read as something that nobody meant."""
    problem = judged(text, **field)
    assert problem is not None
    assert problem.severity == "error"


@pytest.mark.parametrize("text", ["NaN", "-INF", "nan"])
def test_numbers_that_are_none_are_doubted_and_break_bounds(text: str) -> None:
    """The standard has them; NaN keeps no bound."""
    problem = judged(text, "number")
    assert problem is not None
    assert (problem.code, problem.severity) == ("cell/loose", "warning")
    bounded = judged(text, "number", constraints={"minimum": 0})
    assert bounded is not None
    assert bounded.code == "cell/minimum"


def test_values_are_what_the_options_say() -> None:
    """Not merely accepted."""
    assert value("1.000,5", "number", decimalChar=",", groupChar=".") == Decimal("1000.5")
    assert value("$-3.5", "number", bareNumber=False) == Decimal("-3.5")
    assert value("ja", "boolean", trueValues=["ja"]) is True
    assert value("02/01/2024", "date", format="%d/%m/%Y") == date(2024, 1, 2)
    assert value("2 Jan 2024 3pm", "datetime", format="any") == datetime(2024, 1, 2, 15)
    assert value("P1Y", "duration") == value("P12M", "duration")
    assert value("[1, true]", "array") != value("[1, 1]", "array")
    assert value('{"a": 1, "b": 2.0}', "object") == value('{"b": 2, "a": 1}', "object")
    assert len({value("13.4,52.5", "geopoint"), value("13.40, 52.5", "geopoint")}) == 1


@pytest.mark.parametrize(
    ("text", "field", "code"),
    [
        ("[1, 2]", {"type": "array", "constraints": {"maxLength": 1}}, "cell/max-length"),
        ("{}", {"type": "object", "constraints": {"minLength": 1}}, "cell/min-length"),
        ("a,b", {"type": "list", "constraints": {"minLength": 2}}, ""),
        ("[1]", {"type": "array", "constraints": {"enum": [[1], [2]]}}, ""),
        ("[true]", {"type": "array", "constraints": {"enum": [[1]]}}, "cell/enum"),
        ('{"a": 1.0}', {"type": "object", "constraints": {"enum": [{"a": 1}]}}, ""),
        ("2026-02", {"type": "yearmonth", "constraints": {"minimum": "2026-03"}}, "cell/minimum"),
        ("12:00:00Z", {"type": "time", "constraints": {"minimum": "11:00:00"}}, "cell/minimum"),
        ("1,5", {"type": "number", "decimalChar": ",", "constraints": {"maximum": 1.4}}, "cell/maximum"),
        ("ja", {"type": "boolean", "trueValues": ["ja"], "constraints": {"enum": [False]}}, "cell/enum"),
        ("b", {"type": "string", "categories": ["a"]}, "cell/enum"),
        (
            "2",
            {"type": "integer", "categories": [{"value": 1, "label": "one"}], "categoriesOrdered": True},
            "cell/enum",
        ),
        ("1", {"type": "integer", "categories": [{"value": 1, "label": "one"}]}, ""),
        (
            "01/01/2024",
            {"type": "date", "format": "%d/%m/%Y", "constraints": {"minimum": "02/01/2024"}},
            "cell/minimum",
        ),
    ],
)
def test_constraints_of_all_types(text: str, field: dict[str, Any], code: str) -> None:
    """By value, not by text."""
    problem = judged(text, **field)
    assert code == (problem.code if problem else "")


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ({"type": "string", "format": "wkt"}, "type"),
        ({"type": "date", "format": "YYYY-MM-DD"}, "type"),
        ({"type": "date", "format": "%Q"}, "type"),
        ({"type": "number", "decimalChar": ""}, "decimalChar"),
        ({"type": "number", "groupChar": "."}, "groupChar"),
        ({"type": "boolean", "trueValues": ["0"]}, "trueValues"),
        ({"type": "list", "itemType": "object"}, "itemType"),
        ({"type": "list", "delimiter": ""}, "delimiter"),
        ({"type": "date", "categories": ["2024-01-01"]}, "categories"),
        ({"type": "string", "categoriesOrdered": True}, "categoriesOrdered"),
        ({"type": "geopoint", "constraints": {"minimum": "0,0"}}, "minimum"),
        ({"type": "any", "constraints": {"minLength": 1}}, "minLength"),
        ({"type": "number", "constraints": {"minimum": "NaN"}}, "minimum"),
        ({"type": "string", "constraints": {"enum": [["a"]]}}, "enum"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(field: dict[str, Any], name: str) -> None:
    """With the property at which the schema must be mended."""
    with pytest.raises(ConstraintError) as caught:
        judged("", **field)
    assert name == caught.value.name


def test_missing_values_of_a_field_replace_those_of_its_schema() -> None:
    """Plain texts, and objects with labels."""
    labelled = [{"value": "-9", "label": "not asked"}, {"value": ""}]
    fields = [{"name": "a"}, {"name": "b", "missingValues": labelled}, {"name": "c", "missingValues": []}]
    schema = schema_of({"fields": fields, "missingValues": ["NA"]})
    assert [missing_texts(schema, field) for field in schema.fields] == [{"NA"}, {"-9", ""}, set()]
    assert missing_texts(schema_of({"fields": fields}), schema.fields[0]) == {""}


def test_a_foreign_package_is_checked_with_all_of_it(tmp_path: Any) -> None:
    """Keys are compared by value, so ` 1` is 1 again; what is missing by its text breaks nothing."""
    fields = [
        {"name": "id", "type": "integer"},
        {"name": "day", "type": "date", "format": "%d.%m.%Y"},
        {"name": "tags", "type": "list", "delimiter": ";"},
    ]
    schema = {"fields": fields, "missingValues": ["", "NA"], "primaryKey": "id"}
    rows = "id,day,tags\n1,02.01.2024,a;b\n 1,NA,\n2,2024-01-02,NA\n"
    findings = validate(write_typed(tmp_path, {"t": (schema, rows)})).findings
    assert [_short(finding) for finding in findings] == [
        ("cell/loose", 3, "warning"), ("key/primary", 3, "error"), ("cell/format", 4, "error"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "pointed"),
    [
        ({"type": "any"}, '"any"'),
        ({"type": "list"}, '"list"'),
        ({"type": "date", "format": "any"}, '"any"'),
        ({"type": "date", "format": "%Y%m%d"}, '"%Y%m%d"'),
        ({"type": "number", "decimalChar": ","}, '"decimalChar"'),
        ({"type": "boolean", "trueValues": ["ja"]}, '"trueValues"'),
        ({"missingValues": ["NA"]}, '"missingValues"'),
        ({"categories": ["a"]}, '["a"]'),
        ({"categories": ["a"], "constraints": {"enum": ["a"]}}, ""),
        ({"type": "duration"}, ""),
    ],
)
def test_a_package_of_the_profile_keeps_to_plain_forms(field: dict[str, Any], pointed: str) -> None:
    """What other programs would read differently is refused at its place; types with one form are not."""
    held = {"fields": [{"name": "x", **field}]}
    text = json.dumps(held)
    findings = list(plain_findings(schema_of(held), Document("s.json", text)))
    assert [finding.code for finding in findings] == (["schema/unsupported"] if pointed else [])
    for finding in findings:
        assert text[finding.where.column - 1 :].startswith(pointed)


def test_a_package_of_the_profile_has_one_text_for_what_is_missing() -> None:
    """The empty one."""
    held = {"fields": [{"name": "x"}], "missingValues": ["", "NA"]}
    (finding,) = plain_findings(schema_of(held), Document("s.json", json.dumps(held)))
    assert (finding.code, finding.fix) == ("schema/unsupported", "leave such cells empty")


def test_what_is_written_in_ones_own_way_is_not_plain() -> None:
    """Of a large table, the kernel then judges each distinct text of such a field."""
    plain: list[dict[str, Any]] = [
        {"type": "datetime"},
        {"type": "string", "format": "uri"},
        {"type": "date", "constraints": {"minimum": "2024-01-02"}},
    ]
    own: list[dict[str, Any]] = [
        {"type": "date", "format": "any"},
        {"type": "number", "decimalChar": ","},
        {"type": "string", "categories": ["a"]},
        {"type": "date", "constraints": {"minimum": "2024-1-2"}},
    ]
    assert [schema_of({"fields": [{"name": "x", **field}]}).field("x").is_plain for field in plain] == [True] * 3
    assert [schema_of({"fields": [{"name": "x", **field}]}).field("x").is_plain for field in own] == [False] * 4


def _short(finding: Finding) -> tuple[str, int, str]:
    return finding.code, finding.where.line, finding.severity
