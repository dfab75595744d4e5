"""The JSON Schema for record files, as an editor applies it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from eventpack.derive.editor import MOST_ROWS, editor_schema
from eventpack.opening import open_package
from eventpack.subject import read_subject
from tests.casepack import copy_base

DATASET = Path(__file__).parent.parent


class Editor(yaml.SafeLoader):
    """YAML as editors read it: numbers and truth values are typed, dates are text."""


Editor.yaml_implicit_resolvers = {
    key: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith(":timestamp")]
    for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def schema_of(folder: Path) -> Any:
    """The editor schema of the package in a folder, as JSON."""
    schema = editor_schema(read_subject(open_package(folder))[0])
    assert schema is not None
    return json.loads(json.dumps(schema))


def complaints(schema: Any, text: str) -> list[str]:
    """What an editor would underline in a record, as paths."""
    validator = jsonschema.Draft7Validator(schema)
    return sorted("/".join(map(str, error.path)) for error in validator.iter_errors(yaml.load(text, Editor)))


def record(folder: Path) -> str:
    """The text of a record of the base package."""
    return (folder / "data/records/events/EV-aaaaaa.yaml").read_text("utf-8")


@pytest.mark.parametrize("root", ["base", "dataset"])
def test_valid_records_have_no_complaints(tmp_path: Path, root: str) -> None:
    """An editor underlines nothing in records that the checks accept, numbers that are text included."""
    folder = DATASET if root == "dataset" else copy_base(tmp_path / "pack")
    schema = schema_of(folder)
    jsonschema.Draft7Validator.check_schema(schema)
    for path in (folder / "data/records/events").glob("*.yaml"):
        assert complaints(schema, path.read_text("utf-8")) == [], path.name


@pytest.mark.parametrize("pattern", [r"a\$|b\$", r"a\$", r"^a\$", "^a|b$", "^(a|b)$", "^[ab]$", "[ab]", ""])
def test_a_pattern_takes_the_whole_value(tmp_path: Path, pattern: str) -> None:
    """As in the checks, wherever it has anchors of its own, or a dollar sign that is none."""
    folder = copy_base(tmp_path / "pack")
    path = folder / "schemas/events.json"
    schema = json.loads(path.read_text("utf-8"))
    schema["fields"].append({"name": "mark", "type": "string", "constraints": {"pattern": pattern}})
    path.write_text(json.dumps(schema), "utf-8")
    (allowed,) = (field for name, field in schema_of(folder)["properties"].items() if name == "mark")
    texts = ("a", "b", "a$", "b$", "xa", "ax", "xa$", "a$x", "ab", "a\\$")
    taken = [text for text in texts if jsonschema.Draft7Validator(allowed).is_valid(text)]
    assert taken == [text for text in texts if re.fullmatch(pattern, text)]


FAULTS = [
    ("realis: occurred", "realis: happened", "realis"),
    ("type: PROTEST-demo", "type: PROTEST-dmeo", "type"),
    ("place_id: PLC-aaaaaa", "place_id: PLC-zzzzzz", "place_id"),
    ("title: March", "titel: x\ntitle: March", ""),
    ("review: coded\n", "", ""),
    ("    stance: asserts\n", "", "claims/0"),
    ("    low: 200", "    low: many", "claims/0/low"),
    ("    source_id: SRC-aaaaaa", "    source_id: SRC-zzzzzz", "claims/0/source_id"),
    ("event_id: EV-aaaaaa", "event_id: aaaaaa", "event_id"),
    ("    other_id: EV-bbbbbb", "    other_id: next week", "event_links/0/other_id"),
]


@pytest.mark.parametrize(("old", "new", "where"), FAULTS)
def test_faults_are_underlined(tmp_path: Path, old: str, new: str, where: str) -> None:
    """Unknown codes, ids, fields and missing ones are found where they stand."""
    folder = copy_base(tmp_path / "pack")
    text = record(folder)
    assert old in text
    assert [where] == complaints(schema_of(folder), text.replace(old, new, 1))


def test_an_event_needs_a_claim(tmp_path: Path) -> None:
    """The rule that a child row must exist is told to the editor."""
    folder = copy_base(tmp_path / "pack")
    assert "claims" in schema_of(folder)["required"]


def test_a_new_record_may_be_named_before_the_next_build(tmp_path: Path) -> None:
    """Ids of events are offered, and others of the right form are accepted."""
    folder = copy_base(tmp_path / "pack")
    text = record(folder).replace("other_id: EV-bbbbbb", "other_id: EV-new001")
    assert complaints(schema_of(folder), text) == []


def test_ids_come_with_names(tmp_path: Path) -> None:
    """A list of ids has one description per id: its label, and its definition where there is one."""
    lists = schema_of(copy_base(tmp_path / "pack"))["definitions"]
    assert {"event_types", "actors", "places", "sources", "measures", "wording_rules", "events"} == set(lists)
    actors = dict(zip(lists["actors"]["enum"], lists["actors"]["enumDescriptions"], strict=True))
    assert actors["ACT-cccccc"] == "Union of Bakers"
    measures = dict(zip(lists["measures"]["enum"], lists["measures"]["enumDescriptions"], strict=True))
    assert measures["injured"] == "Injured: Persons who were hurt and live."


def test_a_long_list_is_no_list(tmp_path: Path) -> None:
    """Above the limit any text is accepted; a thousand ids are no help."""
    folder = copy_base(tmp_path / "pack")
    rows = "".join(f"ACT-zz{number:04d},Actor {number},person,,,,,,\n" for number in range(MOST_ROWS))
    with (folder / "data/actors.csv").open("a", encoding="utf-8", newline="\n") as file:
        file.write(rows)
    assert "actors" not in schema_of(folder)["definitions"]


def every_object(value: Any) -> Iterator[dict[str, Any]]:
    """All objects of a JSON value, at any depth."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from every_object(inner)


def test_no_value_is_written_for_the_coder() -> None:
    """An example would be completed into a new row as if it were right, ids that are taken included."""
    schema = schema_of(DATASET)
    assert [item for item in every_object(schema) if {"examples", "default", "example"} & set(item)] == []
    assert "Example: `CL-" in schema["properties"]["claims"]["items"]["properties"]["claim_id"]["markdownDescription"]


def test_a_reference_has_a_type(tmp_path: Path) -> None:
    """Without one, editors complete the name of the field without its colon."""
    schema = schema_of(copy_base(tmp_path / "pack"))
    assert schema["properties"]["type"]["type"] == "string"
    assert schema["properties"]["claims"]["items"]["properties"]["source_id"]["type"] == "string"


def test_an_id_is_found_by_name(tmp_path: Path) -> None:
    """Who types a name is offered the id; codes that are words need no second way."""
    lists = schema_of(copy_base(tmp_path / "pack"))["definitions"]
    snippet = {"label": "Union of Bakers", "description": "ACT-cccccc", "body": "ACT-cccccc"}
    assert snippet in lists["actors"]["defaultSnippets"]
    assert "defaultSnippets" not in lists["measures"]


def test_an_unknown_id_leads_to_its_table(tmp_path: Path) -> None:
    """The message names the file, and that the list is as old as the last build."""
    lists = schema_of(copy_base(tmp_path / "pack"))["definitions"]
    assert lists["places"]["errorMessage"] == "Not a place_id of data/places.csv, as of the last `eventpack build`."


def test_codes_are_explained_once(tmp_path: Path) -> None:
    """Editors list the codes with their meaning below the description; it does not list them again."""
    realis = schema_of(copy_base(tmp_path / "pack"))["properties"]["realis"]
    assert len(realis["enumDescriptions"]) == len(realis["enum"])
    assert "markdownDescription" not in realis
