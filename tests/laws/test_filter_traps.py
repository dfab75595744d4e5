"""Schemas and files by which a filter could take for clean what the kernel rejects, one trap each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from eventpack.filter import suspects
from tests.laws.test_filter import findings

FORM = {"pattern": "^[A-Z][0-9]+$"}
ID = {"name": "id", "constraints": FORM}


def one(field: Mapping[str, Any], *cells: str) -> dict[str, Any]:
    """A table of ids and one other field."""
    text = "".join(f"A{number},{cell}\n" for number, cell in enumerate(cells))
    return {"t": ({"fields": [{"name": "id"}, {"name": "x", **field}]}, f"id,x\n{text}")}


def linked(text: str, target: str, **more: Any) -> tuple[dict[str, Any], str]:
    """A table whose key leads to that of another one."""
    keys = [{"fields": "id", "reference": {"resource": target, "fields": "id"}}] if target else []
    return {"fields": [ID, {"name": "x"}], "primaryKey": "id", "foreignKeys": keys, **more}, text


@dataclass(frozen=True)
class Trap:
    """Tables by name, each a schema and its text; the dialect of all; and how many things are wrong."""

    tables: Mapping[str, tuple[dict[str, Any], str]]
    wrong: int
    dialect: Mapping[str, Any] = field(default_factory=dict)


BAD = "id,x\nA1,x\nbad,y\n"
RULE = {"name": "r", "say": "So."}
TRAPS = {
    "a form follows from a table that follows": Trap(
        {"a": linked(BAD, "b"), "b": linked(BAD, "c"), "c": linked(BAD, "")}, 3
    ),
    "a key leads to itself": Trap({"a": linked(BAD, "a")}, 1),
    "two keys lead to each other": Trap({"a": linked(BAD, "b"), "b": linked(BAD, "a")}, 2),
    "bounds of both kinds": Trap(
        one({"type": "number", "constraints": {"minimum": -9, "maximum": 9, "exclusiveMinimum": 0}}, "5", "-5", "0"), 2
    ),
    "an empty pattern": Trap(one({"constraints": {"pattern": ""}}, "a", ""), 1),
    "a least number of many digits": Trap(one({"type": "integer", "constraints": {"minimum": 10**20}}, "5", "-5"), 2),
    "a most number of many digits": Trap(one({"type": "integer", "constraints": {"maximum": -(10**20)}}, "5"), 1),
    "letters without case in two dialects": Trap(one({"constraints": {"pattern": "(?i)[^i]+"}}, "a", "\u0130"), 1),
    "a byte order mark in the middle": Trap({"a": linked("id,x\nA1,x\n\ufeffA2,y\n", "")}, 2),
    "digits that look alike": Trap(
        {
            "a": (
                {
                    "fields": [{"name": "id", "constraints": {"pattern": r"[A-Z&]\d+"}}, {"name": "x"}],
                    "primaryKey": "id",
                },
                "id,x\nA1,x\nA\uff11,y\n",
            )
        },
        1,
    ),
    "codes that look alike": Trap(
        {
            "a": (
                {
                    "fields": [
                        {"name": "id", "constraints": {"pattern": r"[A-Z]\d", "enum": ["A1", "A\uff11"]}},
                        {"name": "x"},
                    ],
                    "primaryKey": "id",
                },
                "id,x\nA1,x\nA\uff11,y\n",
            )
        },
        1,
    ),
    "parts of a key, one of them with what nobody sees": Trap(
        {"a": ({"fields": [{"name": "id"}, {"name": "x"}], "primaryKey": ["id", "x"]}, "id,x\nA\u200b1,x\nA1,x\n")}, 2
    ),
    "a name that is a pattern of names": Trap(
        {"a": ({"fields": [{"name": "ab"}, {"name": "^ab$", "constraints": {"enum": ["1"]}}]}, "ab,^ab$\n1,2\n1,3\n")},
        2,
    ),
    "a name that is all names": Trap({"a": ({"fields": [{"name": "*", "constraints": {"enum": ["1"]}}]}, "*\n2\n")}, 1),
    "a name of the filter": Trap(
        {
            "a": (
                {
                    "fields": [
                        {"name": "x", "missingValues": ["", "7"]},
                        {"name": "\0raw x", "constraints": {"enum": ["1"]}},
                    ]
                },
                "1,2\n5,1\n",
            )
        },
        2,
        {"header": False},
    ),
    "a letter as quote": Trap(one({"constraints": {"enum": ["1"]}}, "1", "x2x"), 1, {"quoteChar": "x"}),
    "codes of many digits in order": Trap(
        {
            "a": (
                {
                    "fields": [
                        {"name": "a", "type": "integer", "constraints": {"enum": [10**20, 5]}},
                        {"name": "b", "type": "integer"},
                    ],
                    "eventpack:rules": [{**RULE, "kind": "order", "fields": ["a", "b"]}],
                },
                f"a,b\n{10**20},7\n5,7\n",
            )
        },
        1,
    ),
    "children of a row without a key": Trap(
        {
            "a": (
                {
                    "fields": [{"name": "id"}, {"name": "o"}],
                    "uniqueKeys": [["o"]],
                    "eventpack:rules": [{**RULE, "kind": "at-least-one", "table": "b"}],
                },
                "id,o\n1,x\n2,\n",
            ),
            "b": (
                {
                    "fields": [{"name": "id"}, {"name": "o"}],
                    "foreignKeys": [{"fields": "o", "reference": {"resource": "a", "fields": "o"}}],
                },
                "id,o\n1,x\n2,\n",
            ),
        },
        1,
    ),
    "an extra cell in one row and one less in another": Trap({"a": linked('id,x\nA1,"",\nA2\nA3,y\n', "")}, 2),
    "a required cell missing, and no row blank": Trap({"a": linked("id,x\nA1,x\n,y\n", "")}, 1),
}


def write(folder: Path, trap: Trap) -> Path:
    """The package of a trap."""
    resources = []
    for name, (schema, text) in trap.tables.items():
        (folder / f"{name}.csv").write_bytes(text.encode())
        resources.append({"name": name, "path": f"{name}.csv", "schema": schema, "dialect": trap.dialect})
    (folder / "datapackage.json").write_text(json.dumps({"name": "trap", "resources": resources}))
    return folder


@pytest.mark.parametrize("name", TRAPS)
def test_it_is_found_with_the_filter_too(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many findings as there are faults, and the same ones with the filter and without."""
    folder = write(tmp_path, TRAPS[name])
    without = findings(folder, monkeypatch, large=False)
    assert len(without) == TRAPS[name].wrong
    assert findings(folder, monkeypatch, large=True) == without


def test_like_keys_are_looked_at_together_however_far_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of too many like keys some are looked at with all that look like them, not the first rows."""
    rows = "".join(f"{letter}{number},x\n" for letter in "Aa" for number in range(40))
    schema = {"fields": [{"name": "id"}, {"name": "x"}], "primaryKey": "id"}
    monkeypatch.setattr(suspects, "_MOST_TOGETHER", 20)
    found = findings(write(tmp_path, Trap({"a": (schema, f"id,x\n{rows}")}, 40)), monkeypatch, large=True)
    assert [one.code for one in found] == ["key/near-duplicate"] * 10


def test_what_is_not_looked_at_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When more keys repeat than are compared, their number is a least one."""
    rows = "".join(f"{number % 2000},x\n" for number in range(4000))
    schema = {"fields": [{"name": "id"}, {"name": "x"}], "primaryKey": "id"}
    folder = write(tmp_path, Trap({"a": (schema, f"id,x\n{rows}")}, 2000))
    assert [one.what[:14] for one in findings(folder, monkeypatch, large=True)].count("1000 more find") == 1
    monkeypatch.setattr(suspects, "_MOST_TOGETHER", 2200)
    assert [one.what[:14] for one in findings(folder, monkeypatch, large=True)].count("at least 100 m") == 1
