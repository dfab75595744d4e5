"""The law over descriptors: whatever stands at a property of the standard, what we accept frictionless accepts."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package as Judged

from eventpack.validation import validate

Json = dict[str, Any]
Steps = tuple[str | int, ...]
CSV = "ship,tons,ok,flag,draught,ports\nAnna,120,y,a,1.5,a;b\n"
HOME, MAIL = "https://example.org", "a@example.org"
SOURCE: Json = {"title": "x", "path": HOME, "email": MAIL, "version": "1"}
LICENCE: Json = {"name": "CC0-1.0", "path": HOME, "title": "x"}
DIALECT: Json = {
    "name": "d", "title": "t", "description": "d", "delimiter": ",", "quoteChar": '"', "doubleQuote": True,
    "skipInitialSpace": False, "header": True, "headerRows": [1], "headerJoin": " ", "commentRows": [],
    "caseSensitiveHeader": True, "lineTerminator": "\n", "csvddfVersion": 1.2, "commentChar": "#",
}  # fmt: skip
FIELDS: list[Json] = [
    {"name": "ship", "type": "string", "format": "default", "title": "t", "description": "d", "example": "Anna",
     "rdfType": "x", "missingValues": [""],
     "constraints": {"required": True, "unique": True, "pattern": "[A-Za-z]+", "enum": ["Anna", "Berta"],
                     "minLength": 1, "maxLength": 9}},
    {"name": "tons", "type": "integer", "bareNumber": True, "groupChar": "",
     "constraints": {"minimum": 1, "maximum": 900, "exclusiveMinimum": 0, "exclusiveMaximum": 999}},
    {"name": "ok", "type": "boolean", "trueValues": ["y"], "falseValues": ["n"]},
    {"name": "flag", "type": "string", "categories": ["a"], "categoriesOrdered": False},
    {"name": "draught", "type": "number", "decimalChar": ".", "groupChar": "", "bareNumber": True},
    {"name": "ports", "type": "list", "delimiter": ";", "itemType": "string"},
]  # fmt: skip
SCHEMA: Json = {
    "name": "s", "title": "t", "description": "d", "fieldsMatch": "exact", "missingValues": [""],
    "primaryKey": ["ship"], "uniqueKeys": [["ship"]], "fields": FIELDS,
    "foreignKeys": [{"fields": ["ship"], "reference": {"resource": "", "fields": ["ship"]}}],
}  # fmt: skip
RESOURCE: Json = {
    "name": "ships", "path": "a.csv", "type": "table", "profile": "data-resource", "title": "T", "description": "D",
    "homepage": HOME, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(CSV),
    "hash": hashlib.md5(CSV.encode()).hexdigest(), "scheme": "file", "sources": [SOURCE], "licenses": [LICENCE],
    "dialect": DIALECT, "schema": SCHEMA,
}  # fmt: skip
WHOLE: Json = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "profile": "data-package", "name": "port",
    "id": "x", "title": "T", "description": "D", "version": "1", "created": "2024-01-02T03:04:05Z", "homepage": HOME,
    "image": "a.png", "keywords": ["a"], "licenses": [LICENCE], "sources": [SOURCE], "resources": [RESOURCE],
    "contributors": [{"title": "x", "email": MAIL, "path": HOME, "role": "author", "roles": ["a"],
                      "organization": "o", "organisation": "o", "givenName": "a", "familyName": "b"}],
}  # fmt: skip
GONE = "(gone)"
OTHERS: list[Any] = [
    None,
    5,
    -1,
    1.5,
    True,
    False,
    "x",
    "",
    "Ä b",
    [],
    ["x"],
    [5],
    [[]],
    {},
    {"a": 1},
    [{}],
    [None],
    GONE,
]


def steps(value: Any, at: Steps = ()) -> Iterator[Steps]:
    """Where everything in a JSON value stands."""
    if at:
        yield at
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, member in pairs:
        yield from steps(member, (*at, step))


def with_other(at: Steps, other: Any) -> Json:
    """The descriptor with something else at a place, or nothing."""
    whole = copy.deepcopy(WHOLE)
    held: Any = whole
    for step in at[:-1]:
        held = held[step]
    if other == GONE:
        del held[at[-1]]
    else:
        held[at[-1]] = other
    return whole


def we_accept(folder: Path) -> bool:
    """Whether we find no error."""
    return not [finding for finding in validate(folder).findings if finding.severity == "error"]


def they_accept(folder: Path) -> bool:
    """Whether frictionless finds no error; what crashes it is not accepted."""
    try:
        return bool(Judged((folder / "datapackage.json").as_posix()).validate().valid)
    except Exception:
        return False


def is_told(at: Steps, other: Any) -> bool:
    """Whether docs/design/truth.md says why we accept what frictionless does not."""
    if at[-1] in ("profile", "email"):
        return other in ("x", "Ä b")
    return (at[-1], other) in (("$schema", ""), ("$schema", GONE), ("quoteChar", ""))


@pytest.mark.long
def test_what_we_accept_frictionless_accepts(tmp_path: Path) -> None:
    """Each property in turn holds text, a number, a list and so on, or is not there."""
    (tmp_path / "a.csv").write_text(CSV, "utf-8")
    place, accepted = tmp_path / "datapackage.json", 0
    for at in steps(WHOLE):
        for other in OTHERS:
            place.write_text(json.dumps(with_other(at, other)), "utf-8")
            if we_accept(tmp_path):
                accepted += 1
                assert they_accept(tmp_path) != is_told(at, other), (at, other)
    assert accepted > 200
