"""`eventpack diff` of schemas and descriptors, and the step of the version that each change asks for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from eventpack.comparing import Difference, diff
from tests.diffpack import SHIPS, between, with_field, write_state

ROWS = "ship,tons,port\nAda,10,Kiel\n"
TONS, PORT = SHIPS["fields"][1], SHIPS["fields"][2]


def changes(found: Difference) -> list[tuple[str, str, str]]:
    """Kind, field and step of each change of a schema."""
    return [(change.kind, change.field, change.step) for change in found.schema]


def compared(folder: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The changes between two schemas of the same rows."""
    return changes(between(folder, ROWS, ROWS, (old, new)))


@pytest.mark.parametrize(
    ("field", "old", "new", "kind", "step"),
    [
        ("tons", {"type": "integer"}, {"type": "number"}, "field-type", "major"),
        ("port", {"format": "default"}, {"format": "uri"}, "field-format", "major"),
        ("tons", {}, {"groupChar": "'"}, "field-format", "major"),
        ("port", {}, {"constraints": {"required": True}}, "constraint-tightened", "major"),
        ("port", {"constraints": {"required": True}}, {}, "constraint-loosened", "minor"),
        ("port", {}, {"constraints": {"unique": True}}, "constraint-tightened", "major"),
        ("tons", {}, {"constraints": {"minimum": 0}}, "constraint-tightened", "major"),
        ("tons", {"constraints": {"minimum": 0}}, {"constraints": {"minimum": 1}}, "constraint-tightened", "major"),
        ("tons", {"constraints": {"minimum": 1}}, {"constraints": {"minimum": 0}}, "constraint-loosened", "minor"),
        ("tons", {"constraints": {"maximum": 99}}, {"constraints": {"maximum": 90}}, "constraint-tightened", "major"),
        ("tons", {"constraints": {"maximum": 90}}, {"constraints": {"maximum": 99}}, "constraint-loosened", "minor"),
        ("tons", {"constraints": {"maximum": 9}}, {"constraints": {}}, "constraint-loosened", "minor"),
        ("port", {"constraints": {"maxLength": 9}}, {"constraints": {"maxLength": 8}}, "constraint-tightened", "major"),
        ("port", {"constraints": {"minLength": 2}}, {"constraints": {"minLength": 1}}, "constraint-loosened", "minor"),
        ("port", {}, {"constraints": {"pattern": "[A-Z].*"}}, "constraint-tightened", "major"),
        ("port", {"constraints": {"pattern": "[A-Z].*"}}, {}, "constraint-loosened", "minor"),
        ("port", {}, {"constraints": {"enum": ["Kiel"]}}, "constraint-tightened", "major"),
        ("port", {"constraints": {"enum": ["Kiel"]}}, {}, "constraint-loosened", "minor"),
        ("port", {"constraints": {"enum": ["Kiel", "Bonn"]}}, {"constraints": {"enum": ["Kiel"]}},
         "code-withdrawn", "major"),
        ("port", {"constraints": {"enum": ["Kiel"]}}, {"constraints": {"enum": ["Kiel", "Bonn"]}},
         "code-added", "minor"),
        ("port", {"description": "Home."}, {"description": "Home port."}, "prose-description", "patch"),
        ("port", {}, {"title": "Home port"}, "prose-title", "patch"),
        ("port", {}, {"missingValues": ["", "-"]}, "missing-values", "major"),
    ],
)  # fmt: skip
def test_changes_of_a_field(
    tmp_path: Path, field: str, old: dict[str, Any], new: dict[str, Any], kind: str, step: str
) -> None:
    """Retyped or tightened is major, loosened minor, prose patch; the rows stay as they are."""
    assert compared(tmp_path, with_field(field, **old), with_field(field, **new)) == [(kind, field, step)]


def test_a_bound_that_is_written_otherwise_is_the_same(tmp_path: Path) -> None:
    """`5` and `"5"`, and codes in another order, say the same."""
    old = with_field("tons", constraints={"minimum": 5})
    assert compared(tmp_path, old, with_field("tons", constraints={"minimum": "5"})) == []
    codes = [with_field("port", constraints={"enum": codes}) for codes in (["Kiel", "Gent"], ["Gent", "Kiel"])]
    assert compared(tmp_path, *codes) == []


def test_fields_that_came_went_and_moved(tmp_path: Path) -> None:
    """Each is major; a field that only has another name is taken for a new one, with a hint."""
    ship = SHIPS["fields"][0]
    reordered = {**SHIPS, "fields": [ship, PORT, TONS]}
    found = between(tmp_path, ROWS, "ship,port,tons\nAda,Kiel,10\n", (SHIPS, reordered))
    assert (changes(found), found.tables["ships"].changes) == ([("fields-reordered", "", "major")], [])
    less = {**SHIPS, "fields": [ship, TONS]}
    assert changes(between(tmp_path, ROWS, "ship,tons\nAda,10\n", (SHIPS, less))) == [
        ("field-removed", "port", "major")
    ]
    assert changes(between(tmp_path, "ship,tons\nAda,10\n", ROWS, (less, SHIPS))) == [("field-added", "port", "major")]
    renamed = with_field("port", name="harbour")
    found = between(tmp_path, ROWS, ROWS.replace("port", "harbour"), (SHIPS, renamed))
    assert [(change.kind, change.field, change.hint) for change in found.schema] == [
        ("field-removed", "port", "perhaps renamed to harbour"),
        ("field-added", "harbour", ""),
    ]


def test_keys(tmp_path: Path) -> None:
    """Another primary key, a new foreign or unique key, are major."""
    key = {**SHIPS, "primaryKey": ["ship", "port"]}
    assert compared(tmp_path, SHIPS, key) == [("primary-key", "", "major")]
    foreign = {"fields": "port", "reference": {"resource": "", "fields": "ship"}}
    rows = "ship,tons,port\nAda,10,Ada\n"
    found = between(tmp_path, rows, rows, (SHIPS, {**SHIPS, "foreignKeys": [foreign]}))
    assert changes(found) == [("foreign-key-added", "", "major")]
    unique = {**SHIPS, "uniqueKeys": [["port"]]}
    assert compared(tmp_path, SHIPS, unique) == [("unique-key-added", "", "major")]
    assert compared(tmp_path, unique, SHIPS) == [("unique-key-removed", "", "minor")]


def test_a_table_whose_key_changed_is_compared_by_one_that_both_have(tmp_path: Path) -> None:
    """The new key, when both states have its fields."""
    found = between(tmp_path, ROWS, ROWS, (SHIPS, {**SHIPS, "primaryKey": ["ship", "port"]}))
    assert (found.tables["ships"].key, found.tables["ships"].changes) == (("ship", "port"), [])


def test_rules_of_our_own(tmp_path: Path) -> None:
    """A new rule is major, one that went minor, its sentence alone patch."""
    rule = {"name": "home", "kind": "requires", "if": "tons", "then": ["port"], "say": "Ships have a home."}
    schemas = [{**SHIPS, "eventpack:rules": rules} for rules in ([], [rule], [{**rule, "say": "Each has one."}])]
    assert compared(tmp_path, schemas[0], schemas[1]) == [("rule-added", "", "major")]
    assert compared(tmp_path, schemas[1], schemas[0]) == [("rule-removed", "", "minor")]
    assert compared(tmp_path, schemas[1], schemas[2]) == [("prose-rule", "", "patch")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, {"name": "port"}, [("package-name", "major")]),
        ({}, {"title": "Ships"}, [("prose-title", "patch")]),
        ({"id": "port-a"}, {"id": "port-b"}, [("package-id", "major")]),
        ({"id": "10.5072/a"}, {"id": "https://doi.org/10.5072/b"}, [("package-id", "patch")]),
        ({}, {"id": "10.5072/a"}, [("package-id", "patch")]),
        ({"version": "1.0.0"}, {"version": "1.0.1", "created": "2026-03-01T00:00:00Z"}, []),
    ],
)
def test_the_descriptor(
    tmp_path: Path, old: dict[str, Any], new: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """Another name or identifier is major, but a DOI names an edition; what says which edition it is does not count."""
    places = [write_state(tmp_path / name, {"ships": ROWS}, **given) for name, given in (("old", old), ("new", new))]
    assert [(change.kind, change.step) for change in diff(*places).schema] == expected


def test_data_that_only_lie_elsewhere_are_the_same(tmp_path: Path) -> None:
    """The recipe: another path is no new version."""
    places = [write_state(tmp_path / name, {"ships": ROWS}) for name in ("old", "new")]
    (places[1] / "ships.csv").rename(places[1] / "fleet.csv")
    descriptor = places[1] / "datapackage.json"
    descriptor.write_text(descriptor.read_text("utf-8").replace("ships.csv", "fleet.csv"), "utf-8")
    assert diff(*places).equal


@pytest.mark.parametrize(
    ("new", "step"),
    [
        ("ship,tons,port\nAda,10,Kiel\n", "none"),
        ("ship,tons,port\nAda,11,Kiel\n", "patch"),
        ("ship,tons,port\nAda,11,Kiel\nBea,1,Kiel\n", "minor"),
        ("ship,tons,port\nBea,1,Kiel\n", "major"),
    ],
)
def test_the_step_follows_from_the_largest_change(tmp_path: Path, new: str, step: str) -> None:
    """Corrected patch, new minor; a record that just vanishes is major."""
    assert between(tmp_path, ROWS, new).step == step


def test_how_numbers_are_written_is_told(tmp_path: Path) -> None:
    """What differs, and nothing else of the form."""
    found = between(tmp_path, ROWS, ROWS, (SHIPS, with_field("tons", groupChar="'")))
    assert [(change.old, change.new) for change in found.schema] == [("group_char ", "group_char '")]
