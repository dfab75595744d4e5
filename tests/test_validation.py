"""Validation as a whole: what is broken is told once, and nothing passes because something else is broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eventpack.errors import EventpackError
from eventpack.report import Report
from eventpack.validation import validate
from tests.casepack import copy_base

RECORD = "data/records/events/EV-aaaaaa.yaml"


def edit(file: Path, old: str, new: str) -> None:
    """Change a text that stands in a file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def codes(report: Report) -> set[str]:
    """The codes of a report."""
    return {finding.code for finding in report.findings}


def test_a_record_of_a_broken_package_is_not_fine(tmp_path: Path) -> None:
    """A descriptor that cannot be read fails the check of one record, too."""
    folder = copy_base(tmp_path / "pack")
    (folder / "datapackage.json").write_text('{"name": ', "utf-8")
    assert codes(validate(folder / RECORD)) == {"descriptor/json"}


def test_one_record_is_counted_alone(tmp_path: Path) -> None:
    """Counts are those of the record, and faults of other records are not its own."""
    folder = copy_base(tmp_path / "pack")
    edit(folder / "data/records/events/EV-bbbbbb.yaml", "realis: ", "realis: x")
    report = validate(folder / RECORD)
    assert (report.counts["events"], codes(report)) == (1, set())


def test_a_yaml_file_elsewhere_is_no_record(tmp_path: Path) -> None:
    """Only files in the folder of records are checked as records."""
    folder = copy_base(tmp_path / "pack")
    (folder / "notes.yaml").write_text("a: b\n", "utf-8")
    with pytest.raises(EventpackError, match="is not a record"):
        validate(folder / "notes.yaml")


def test_a_record_is_checked_as_far_as_the_built_tables_go(tmp_path: Path) -> None:
    """Without the built events, keys into them are not judged, and the report says so."""
    folder = copy_base(tmp_path / "pack")
    (folder / "data/events.csv").unlink()
    report = validate(folder / RECORD)
    assert [(f.code, f.severity) for f in report.findings] == [("build/missing", "warning")]


def test_a_schema_that_cannot_be_used_is_told_once(tmp_path: Path) -> None:
    """Rows in its table are not called unknown, and nothing built from it is called stale."""
    folder = copy_base(tmp_path / "pack")
    edit(folder / "schemas/claims.json", '"type": "string"', '"type": "sting"')
    assert codes(validate(folder)) == {"schema/unsupported"}


def test_what_is_built_from_faulty_data_is_not_stale_as_well(tmp_path: Path) -> None:
    """A mistyped code is one finding."""
    folder = copy_base(tmp_path / "pack")
    edit(folder / RECORD, "realis: occurred", "realis: occured")
    assert codes(validate(folder)) == {"cell/enum"}


@pytest.mark.parametrize(
    ("resource", "property", "value", "code"),
    [
        ("participants", "eventpack:records", "data/records/other", "descriptor/nesting"),
        ("participants", "eventpack:inside", "events", "descriptor/unknown-property"),
        ("sources", "path", "../sources.csv", "descriptor/path"),
        ("sources", "path", "./data/sources.csv", "descriptor/path"),
        ("events", "eventpack:records", "data/record", "descriptor/missing-file"),
    ],
)
def test_entries_that_cannot_work(tmp_path: Path, resource: str, property: str, value: str, code: str) -> None:
    """Each is an error at the descriptor, and nothing else is invented from it."""
    folder = copy_base(tmp_path / "pack")
    file = folder / "datapackage.json"
    descriptor = json.loads(file.read_text("utf-8"))
    entry = next(r for r in descriptor["resources"] if r["name"] == resource)
    entry[property] = value
    file.write_text(json.dumps(descriptor), "utf-8")
    report = validate(folder)
    assert code in codes(report) <= {code, "record/unknown-field", "build/stale"}
    assert not report.ok


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "requires", "if": "realis", "is": "occured", "then": ["place_id"]},
        {"kind": "requires", "if": "realis", "then": ["place_id"], "least": 1},
        {"kind": "excludes", "fields": ["place_id"]},
        {"kind": "order", "fields": ["title", "summary"]},
        {"kind": "order", "fields": ["date_earliest", "coded_by"]},
    ],
)
def test_rules_that_could_never_hold_or_never_break(tmp_path: Path, rule: dict[str, object]) -> None:
    """A rule that says nothing is a mistake in the schema."""
    folder = copy_base(tmp_path / "pack")
    file = folder / "schemas/events.json"
    schema = json.loads(file.read_text("utf-8"))
    schema["eventpack:rules"].append({"name": "own", "say": "A rule of our own.", **rule})
    file.write_text(json.dumps(schema), "utf-8")
    assert "schema/rule" in codes(validate(folder))


def test_a_mark_on_the_wrong_object_is_told_where_it_belongs(tmp_path: Path) -> None:
    """`eventpack:inside` is the schema's, `eventpack:records` the resource's."""
    folder = copy_base(tmp_path / "pack")
    edit(folder / "datapackage.json", '"schemas/claims.json"', '"schemas/claims.json", "eventpack:inside": "events"')
    edit(folder / "schemas/sources.json", '"title": "Sources"', '"title": "Sources", "eventpack:records": "data"')
    assert [(f.code, f.where.path, f.fix) for f in validate(folder).findings] == [
        ("descriptor/unknown-property", "datapackage.json", "move it into the table's schema"),
        ("schema/unknown-property", "schemas/sources.json", "move it to the table's resource in the descriptor"),
    ]


def test_a_schema_that_is_no_json_makes_no_rows_unknown(tmp_path: Path) -> None:
    """Whether its rows stand in records cannot be known, so what a record holds of them is not judged."""
    folder = copy_base(tmp_path / "pack")
    edit(folder / "schemas/claims.json", '"title": "Claims",', '"title": "Claims"')
    assert codes(validate(folder)) == {"schema/json"}
