"""A table is added by its schema alone: `build` lists it in the descriptor and leaves the rest of the text alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventpack.building import Built, NotClean, build
from eventpack.jsontext import append_items
from eventpack.validation import validate
from tests.casepack import as_lines, copy_base

DEMANDS = """\
{
  "title": "Demands",
  "description": "What is demanded.",
  "eventpack:inside": "events",
  "fields": [{ "name": "event_id" }, { "name": "demand" }],
  "primaryKey": ["event_id", "demand"],
  "foreignKeys": [{ "fields": ["event_id"], "reference": { "resource": "events", "fields": ["event_id"] } }]
}
"""
SYSTEMS = '{ "title": "Systems", "fields": [{ "name": "system" }, { "name": "maker" }], "primaryKey": "system" }\n'
ENTRY = (
    '{ "name": "demands", "path": "data/demands.csv", "schema": "schemas/demands.json", "title": "Demands", '
    '"description": "What is demanded." }'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The built base package."""
    return copy_base(tmp_path / "pack")


def test_a_table_inside_records_needs_only_its_schema(folder: Path) -> None:
    """The schema is a finding until a build; then the resource stands at the end, and records may hold rows."""
    descriptor, record = folder / "datapackage.json", folder / "data/records/events/EV-aaaaaa.yaml"
    before = descriptor.read_text("utf-8")
    (folder / "schemas/demands.json").write_text(DEMANDS, "utf-8")
    record.write_text(record.read_text("utf-8") + "demands:\n  - demand: bread\n", "utf-8")
    assert as_lines(validate(folder).findings) == ["schemas/demands.json descriptor/unlisted-schema"]
    assert build(folder, check=True).stale[-1] == "datapackage.json"
    assert descriptor.read_text("utf-8") == before
    build(folder)
    assert descriptor.read_text("utf-8") == before.replace("\n  ]\n}", f",\n    {ENTRY}\n  ]\n}}")
    assert (folder / "data/demands.csv").read_text("utf-8") == "event_id,demand\nEV-aaaaaa,bread\n"
    assert (validate(folder).findings, build(folder, check=True).stale) == ((), ())


def test_a_hand_edited_table_gets_its_header(folder: Path) -> None:
    """And keeps the rows of a file that is there already."""
    (folder / "schemas/systems.json").write_text(SYSTEMS, "utf-8")
    (folder / "schemas/makers.json").write_text(SYSTEMS, "utf-8")
    (folder / "data/makers.csv").write_text("system,maker\nA,B\n", "utf-8")
    written = build(folder).written
    assert written[-2:] == ("data/systems.csv", "datapackage.json")
    assert (folder / "data/systems.csv").read_text("utf-8") == "system,maker\n"
    assert (folder / "data/makers.csv").read_text("utf-8") == "system,maker\nA,B\n"
    assert validate(folder).findings == ()


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("Demands.json", DEMANDS, "`Demands` cannot name a table"),
        ("deep.json", '{ "title": "Deep" }\n', "`fields` is missing"),
        ("torn.json", '{ "fields": \n', "not JSON"),
        ("lost.json", DEMANDS.replace('inside": "events', 'inside": "evens'), "there is no resource `evens`"),
        ("title.json", DEMANDS, "`events` has a field `title`, so its records cannot hold a list of that name"),
    ],
)
def test_a_schema_that_cannot_be_used_is_not_listed(folder: Path, name: str, text: str, reason: str) -> None:
    """The build says why, and writes nothing."""
    before = (folder / "datapackage.json").read_bytes()
    (folder / "schemas" / name).write_text(text, "utf-8")
    with pytest.raises(NotClean) as refused:
        build(folder)
    (finding,) = refused.value.report.findings
    assert (finding.where.path, reason in finding.what) == (f"schemas/{name}", True), finding
    assert (folder / "datapackage.json").read_bytes() == before
    assert [f.code for f in validate(folder).findings] == ["descriptor/unlisted-schema"]


def test_a_second_schema_of_one_name_is_not_listed(folder: Path) -> None:
    """The resource keeps the schema it names."""
    path = folder / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace("schemas/places.json", "schemas/spots.json"), "utf-8")
    (folder / "schemas/spots.json").write_bytes((folder / "schemas/places.json").read_bytes())
    (finding,) = validate(folder).findings
    assert (finding.code, finding.found) == ("descriptor/unlisted-schema", "schemas/places.json")
    assert finding.what.endswith("a resource is named `places` already")


def test_other_files_are_no_schemas(folder: Path) -> None:
    """A JSON Schema, what is derived, and what is no JSON file are left alone."""
    other = json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema"})
    (folder / "schemas/record.json").write_text(other, "utf-8")
    (folder / "schemas/derived/more.json").write_text(SYSTEMS, "utf-8")
    (folder / "schemas/README.md").write_text("The schemas.\n", "utf-8")
    assert (validate(folder).findings, build(folder).written) == ((), ())


def test_a_build_cut_short_can_be_finished(folder: Path) -> None:
    """The descriptor is written last, so the files of a new table are there when it is named."""
    (folder / "schemas/systems.json").write_text(SYSTEMS, "utf-8")
    whole = build(folder, check=True).stale
    (folder / "data/systems.csv").write_text("system,maker\n", "utf-8")  # all that was written before the end
    assert set(build(folder).written) == set(whole) - {"data/systems.csv"}
    assert build(folder) == Built((), build(folder).unchanged)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": [1]}', '{"a": [1, {"b": 2}]}'),
        ('{ "a": [\n  { "b": 1 }\n] }', '{ "a": [\n  { "b": 1 },\n  { "b": 2 }\n] }'),
        ('{"a": [\n\t{\n\t\t"b": 1\n\t}\n]}\n', '{"a": [\n\t{\n\t\t"b": 1\n\t},\n\t{\n\t\t"b": 2\n\t}\n]}\n'),
        ('{"a": [\r\n  {\r\n    "b": 1}]}', '{"a": [\r\n  {\r\n    "b": 1},\r\n  {\r\n    "b": 2\r\n  }]}'),
        ('{"a": [{\n  "b": 1\n}]}', '{"a": [{\n  "b": 1\n}, {\n  "b": 2\n}]}'),
        ('{\n  "a": [0, {\n    "b": 1\n  }]\n}', '{\n  "a": [0, {\n    "b": 1\n  }, {\n    "b": 2\n  }]\n}'),
        ('{ "a": [\n{ "b": 1 }\n] }', '{ "a": [\n{ "b": 1 },\n{ "b": 2 }\n] }'),
        ('{"x": {"a": []}, "a": [[], "]", {"c": [3]}]}', '{"x": {"a": []}, "a": [[], "]", {"c": [3]}, {"b": 2}]}'),
    ],
)
def test_values_are_added_in_the_manner_of_the_list(text: str, expected: str) -> None:
    """Indentation, line ends and one-line form are those of the last value; everything else stays."""
    assert append_items(text, "a", [{"b": 2}]) == expected


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[][{},:]|[^][{},:"\s]+')
SPACES = st.sampled_from(["", " ", "\n", "\n  ", "\n\t", "\r\n    "])


@given(st.lists(VALUES, min_size=1, max_size=3), st.lists(VALUES, max_size=2), VALUES, st.data())
def test_adding_to_a_text_is_adding_to_the_list(
    held: list[object], items: list[object], other: object, data: st.DataObject
) -> None:
    """Whatever the values and the layout, and whatever stands around the list; what was there stays as it was."""
    tokens = TOKEN.findall(json.dumps({"b": other, "a": held, "c": other}))
    spaces = data.draw(st.lists(SPACES, min_size=len(tokens), max_size=len(tokens)))
    text = "".join(map(str.__add__, tokens, spaces))
    added = append_items(text, "a", items)
    assert json.loads(added) == {"b": other, "a": held + items, "c": other}
    grown = len(added) - len(text)
    assert text in {added[:at] + added[at + grown :] for at in range(len(text) + 1)}
