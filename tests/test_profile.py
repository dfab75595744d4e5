"""Conformance to the profile: tighter is allowed, looser is not, and what is missing is told without a traceback."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from eventpack.checks.profile import core_schemas
from eventpack.validation import validate
from tests.casepack import as_lines, copy_base
from tests.effort import only


def with_constraints(folder: Path, table: str, field: str, constraints: dict[str, Any]) -> set[str]:
    """The codes found when a core field has these bounds in place of its own."""
    path = copy_base(folder) / f"schemas/{table}.json"
    schema = json.loads(path.read_text("utf-8"))
    [held] = [f for f in schema["fields"] if f["name"] == field]
    kept = {name: value for name, value in held["constraints"].items() if "imum" not in name}
    held["constraints"] = kept | constraints
    path.write_text(json.dumps(schema), "utf-8")
    return {finding.code for finding in validate(folder).findings if finding.code.startswith("profile/")}


@pytest.mark.parametrize(
    ("constraints", "tight"),
    [
        ({"minimum": 0}, True),
        ({"minimum": 0.0}, True),
        ({"minimum": "0.00"}, True),
        ({"minimum": 0.00001}, True),
        ({"exclusiveMinimum": 0}, True),
        ({"minimum": -5, "exclusiveMinimum": 0}, True),
        ({"exclusiveMinimum": -1}, False),
        ({"minimum": -0.5}, False),
        ({"maximum": 9}, False),
        ({}, False),
    ],
)
def test_bounds_are_compared_as_intervals(tmp_path: Path, constraints: dict[str, Any], tight: bool) -> None:
    """The profile has `minimum: 0` for a radius; whoever leaves out zero too allows less."""
    found = with_constraints(tmp_path / "p", "places", "radius_km", constraints)
    assert found == (set() if tight else {"profile/constraint"})


@pytest.mark.parametrize(
    ("constraints", "tight"), [({"exclusiveMinimum": -1}, True), ({"exclusiveMinimum": -2}, False)]
)
def test_whole_numbers_above_minus_one_are_those_from_zero(
    tmp_path: Path, constraints: dict[str, Any], tight: bool
) -> None:
    """The profile has `minimum: 0` for the start of a passage."""
    found = with_constraints(tmp_path / "p", "claims", "passage_start", constraints)
    assert found == (set() if tight else {"profile/constraint"})


@pytest.mark.parametrize("name", ["sources", "measures"])
def test_a_core_table_without_a_schema_is_not_passed_over(tmp_path: Path, name: str) -> None:
    """Its rows would not be checked at all."""
    path = copy_base(tmp_path / "p") / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    [resource] = [r for r in descriptor["resources"] if r["name"] == name]
    del resource["schema"]
    path.write_text(json.dumps(descriptor), "utf-8")
    found = [f for f in validate(tmp_path / "p").findings if f.code == "profile/table"]
    assert [f.what for f in found] == [f"the table `{name}` has no schema, so nothing of it is checked"]


@pytest.mark.parametrize("table", only(["actors", "claims"], sorted(core_schemas())))  # of each kind of file one
def test_a_missing_core_field_is_a_finding_and_nothing_else_breaks(tmp_path: Path, table: str) -> None:
    """For every core field: schema and CSV lack it, and so do the keys and rules that need it."""
    package = copy_base(tmp_path / "p")
    schema_path, csv_path = package / f"schemas/{table}.json", package / f"data/{table}.csv"
    schema, rows = schema_path.read_text("utf-8"), csv_path.read_text("utf-8")
    for field in [f["name"] for f in core_schemas()[table]["fields"]]:
        schema_path.write_text(json.dumps(lacking(json.loads(schema), field)), "utf-8")
        with csv_path.open("w", encoding="utf-8", newline="") as file:
            header, *body = csv.reader(rows.splitlines())
            kept = [index for index, name in enumerate(header) if name != field]
            csv.writer(file, lineterminator="\n").writerows([[row[i] for i in kept] for row in (header, *body)])
        report = validate(package)
        found = {f.code for f in report.findings if f.where.table == table}
        # Records and their parts cannot be told apart without their keys, so such a table is not read any further.
        assert found & {"profile/field", "schema/nesting", "descriptor/nesting"}, (field, as_lines(report.findings))
        assert not {code for code in found if code.startswith("event/")}, field


def lacking(schema: dict[str, Any], field: str) -> dict[str, Any]:
    """A schema without a field, and without the keys and rules that name it."""
    keys = schema.get("foreignKeys", [])
    rules = schema.get("eventpack:rules", [])
    return schema | {
        "fields": [f for f in schema["fields"] if f["name"] != field],
        "primaryKey": [name for name in schema.get("primaryKey", []) if name != field],
        "uniqueKeys": [key for key in schema.get("uniqueKeys", []) if field not in key],
        "foreignKeys": [
            key
            for key in keys
            if field not in key["fields"] and (key["reference"]["resource"] or field not in key["reference"]["fields"])
        ],
        "eventpack:rules": [rule for rule in rules if f'"{field}"' not in json.dumps(rule)],
    }
