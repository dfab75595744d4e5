"""A package whose schemas hold every constraint that SQL can say, and a broken row for each; two engines share it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eventpack.derive.sql import sql_bytes
from eventpack.opening import open_package

GROUP: dict[str, Any] = {
    "fields": [
        {"name": "code", "constraints": {"required": True}},
        {"name": "select", "constraints": {"unique": True}},
    ],
    "primaryKey": "code",
}
# The names are reserved words, or hold what must be quoted.
ORDER: dict[str, Any] = {
    "title": "Orders; DROP TABLE\nall --",
    "fields": [
        {"name": "id", "type": "string"},
        {"name": "group", "type": "string"},
        {"name": "parent", "type": "string"},
        {"name": "kind", "type": "string", "constraints": {"enum": ["it's", "so"], "required": True}},
        {"name": 'the "name"', "type": "string", "constraints": {"minLength": 2, "maxLength": 5}},
        {"name": "low", "type": "integer", "constraints": {"minimum": 0, "maximum": "1000"}},
        {"name": "best", "type": "number", "constraints": {"exclusiveMinimum": 0, "exclusiveMaximum": 99.5}},
        {"name": "high", "type": "number"},
        {"name": "day", "type": "date", "constraints": {"minimum": "2026-01-01"}},
        {"name": "year", "type": "year", "constraints": {"maximum": 2030}},
        {"name": "sure", "type": "boolean"},
        {"name": "note", "type": "string", "constraints": {"pattern": "[a-z ]+"}},
        {"name": "why", "type": "string"},
    ],
    "primaryKey": ["id"],
    "uniqueKeys": [["kind", "year"]],
    "foreignKeys": [
        {"fields": "group", "reference": {"resource": "group", "fields": "code"}},
        {"fields": "parent", "reference": {"resource": "", "fields": "id"}},
    ],
    "eventpack:rules": [
        {"name": "interval", "kind": "order", "fields": ["low", "best", "high"], "say": "Low, best, high."},
        {"name": "so-why", "kind": "requires", "if": "kind", "is": "so", "then": ["why"], "say": "So, why."},
        {"name": "day-sure", "kind": "requires", "if": "day", "then": ["sure", "year"], "say": "A day is sure."},
        {"name": "one", "kind": "excludes", "fields": ["note", "why", "parent"], "say": "One of them."},
        {"name": "any", "kind": "at-least-one", "fields": ["low", "best", "high"], "say": "A number."},
        {"name": "many", "kind": "expect", "least": 1, "because": "there are some", "say": "Some rows."},
    ],
}  # fmt: skip
FIRST = {"id": "o0", "group": "g1", "kind": "it's", "high": "5", "year": "2020"}
GOOD = {
    "id": "o1", "group": "g1", "parent": "o0", "kind": "it's", 'the "name"': "été", "low": "1", "best": "1.5",
    "high": "2", "day": "2026-03-01", "year": "2026", "sure": "true",
}  # fmt: skip
# What is changed in the good row, and the constraint or column that the engine names.
BROKEN: tuple[tuple[dict[str, str], str], ...] = (
    ({"id": ""}, "id"),
    ({"id": "o0"}, "id"),
    ({"kind": ""}, "kind"),
    ({"kind": "its"}, "order_kind_enum"),
    ({'the "name"': "x"}, "shortest"),
    ({'the "name"': "longer"}, "longest"),
    ({"low": "-1"}, "order_low_minimum"),
    ({"low": "1001", "best": "", "high": ""}, "order_low_maximum"),
    ({"low": "", "best": "0"}, "order_best_above"),
    ({"best": "99.5", "high": "100"}, "order_best_below"),
    ({"day": "2025-12-31"}, "order_day_minimum"),
    ({"year": "2031"}, "order_year_maximum"),
    ({"low": "3", "best": ""}, "order_rule_interval"),
    ({"best": "2.5"}, "order_rule_interval"),
    ({"kind": "so"}, "order_rule_so-why"),
    ({"sure": ""}, "order_rule_day-sure"),
    ({"note": "a note"}, "order_rule_one"),
    ({"low": "", "best": "", "high": ""}, "order_rule_any"),
    ({"year": "2020"}, "year"),
    ({"group": "g2"}, "FOREIGN"),
    ({"parent": "o9"}, "FOREIGN"),
)  # fmt: skip
# Texts that are no value of the column's type, whatever PostgreSQL makes of 2026-3-1 or yes.
MISFORMED: tuple[dict[str, str], ...] = (
    {"low": "one"}, {"low": "1.5"}, {"high": "2 or 3"}, {"day": "1 March"}, {"year": "MMXX"},
    {"year": "10000"}, {"sure": "yes please"},
)  # fmt: skip


def write_package(folder: Path, schemas: Mapping[str, object]) -> Path:
    """A package of empty tables with some schemas, in a folder that is made; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    resources = [{"name": name, "path": f"{name}.csv", "schema": schema} for name, schema in schemas.items()]
    descriptor = {"name": "tables", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


def sql_of(folder: Path) -> str:
    """The SQL of a package's tables."""
    data = sql_bytes(open_package(folder))
    assert data is not None
    return data.decode("utf-8")


def constraints_sql(folder: Path) -> str:
    """The SQL of the package with every constraint."""
    return sql_of(write_package(folder, {"order": ORDER, "group": GROUP}))


def as_csv(rows: list[dict[str, str]]) -> str:
    """Rows of `order` as a CSV text with its header."""
    names = [field["name"] for field in ORDER["fields"]]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
