"""Keys and rules beyond the cases: several fields, tables that point at themselves, shares of filled cells."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from eventpack import limits
from eventpack.validation import validate


def found(folder: Path, resources: dict[str, tuple[dict[str, Any], str]]) -> list[str]:
    """The findings of a package with these schemas and CSV texts, each as `path:line:column code`."""
    listed = []
    for name, (schema, text) in resources.items():
        fields = [{"name": column} | schema.pop(column, {}) for column in text.partition("\n")[0].split(",")]
        (folder / f"{name}.csv").write_text(text, "utf-8")
        listed.append({"name": name, "path": f"{name}.csv", "schema": {"fields": fields, **schema}})
    (folder / "datapackage.json").write_text(json.dumps({"name": "x", "resources": listed}), "utf-8")
    return [f"{finding.where} {finding.code}" for finding in validate(folder).findings]


def rule(kind: str, **parts: Any) -> dict[str, Any]:
    """A schema that has nothing but one rule."""
    return {"eventpack:rules": [{"name": "r", "kind": kind, "say": "So it is.", **parts}]}


def test_a_composite_key_repeats_only_as_a_whole(tmp_path: Path) -> None:
    """Equal parts in other rows are no fault; the finding is at the last part of the second row."""
    schema = {"primaryKey": ["port", "berth"]}
    assert found(tmp_path, {"berths": (schema, "port,berth\nM,1\nM,2\nN,1\nM,2\n")}) == ["berths.csv:5:3 key/primary"]


def test_a_composite_foreign_key_is_judged_as_a_whole(tmp_path: Path) -> None:
    """Both parts occur in the table, but not together; a key with a missing part leads nowhere and is no fault."""
    ports = ({"primaryKey": ["port", "berth"]}, "port,berth\nM,1\nN,2\n")
    key = {"fields": ["port", "berth"], "reference": {"resource": "berths", "fields": ["port", "berth"]}}
    ships = ({"foreignKeys": [key]}, "ship,port,berth\nA,M,1\nB,M,2\nC,M,\n")
    assert found(tmp_path, {"berths": ports, "ships": ships}) == ["ships.csv:3:3 key/foreign"]


def test_unique_keys_skip_missing_values(tmp_path: Path) -> None:
    """Two rows without the value do not repeat it."""
    schema = {"uniqueKeys": [["port", "sign"]]}
    text = "ship,port,sign\nA,M,\nB,M,\nC,M,x\nD,N,x\nE,M,x\n"
    assert found(tmp_path, {"ships": (schema, text)}) == ["ships.csv:6:5 key/unique"]


def test_a_table_may_point_at_itself(tmp_path: Path) -> None:
    """By the empty name or its own; what leads nowhere is found, and a circle of three is told once."""
    for resource in ("", "ships"):
        schema = {
            "primaryKey": "ship",
            "foreignKeys": [{"fields": "tug", "reference": {"resource": resource, "fields": "ship"}}],
        }
        text = "ship,tug\nA,B\nB,C\nC,A\nD,A\nE,Z\n"
        expected = ["ships.csv:2:3 key/cycle", "ships.csv:6:3 key/foreign"]
        assert expected == found(tmp_path, {"ships": (schema, text)})


def test_keys_into_a_table_that_cannot_be_read_are_not_judged(tmp_path: Path) -> None:
    """One broken file gives one finding, not one for each row that refers to it."""
    key = {"fields": "home", "reference": {"resource": "ports", "fields": "port"}}
    ports, ships = ({"primaryKey": "port"}, 'port\n"M\n'), ({"foreignKeys": [key]}, "ship,home\nA,M\nB,N\n")
    assert found(tmp_path, {"ports": ports, "ships": ships}) == ["ports.csv:2:1 csv/quote"]


def test_order_compares_values_and_skips_what_is_missing(tmp_path: Path) -> None:
    """9 is below 10; low and high are compared when best is missing; no number is left to its own check."""
    numbers = {name: {"type": "number"} for name in ("low", "best", "high")}
    text = "low,best,high\n9,10,11\n12,,9\n5,,5.0\nx,2,1\n"
    expected = ["t.csv:3:1 rule/order", "t.csv:5:1 cell/type", "t.csv:5:3 rule/order"]
    assert expected == found(tmp_path, {"t": (rule("order", fields=["low", "best", "high"]) | numbers, text)})


def test_order_needs_fields_that_can_be_compared(tmp_path: Path) -> None:
    """A date and a number are refused in the schema, before any row is read."""
    schema = rule("order", fields=["day", "tons"]) | {"day": {"type": "date"}, "tons": {"type": "integer"}}
    [finding] = found(tmp_path, {"t": (schema, "day,tons\n2024-05-01,3\n")})
    assert finding.endswith("schema/rule")


def test_requires_with_a_value_holds_for_that_value_only(tmp_path: Path) -> None:
    """Each missing field is one finding, at the value that calls for it."""
    schema = rule("requires", **{"if": "kind", "is": "percent", "then": ["base", "of"]})
    text = "id,kind,base,of\n1,count,,\n2,percent,,\n3,percent,1,2\n4,,,\n"
    assert found(tmp_path, {"t": (schema, text)}) == ["t.csv:3:3 rule/requires", "t.csv:3:3 rule/requires"]


def test_at_least_one_may_ask_for_a_row_of_a_child_table(tmp_path: Path) -> None:
    """The port without a ship is found at its key; which field refers to it follows from the foreign key."""
    ports = (rule("at-least-one", table="ships") | {"primaryKey": "port"}, "port\nM\nN\n")
    key = {"fields": "home", "reference": {"resource": "ports", "fields": "port"}}
    ships = ({"foreignKeys": [key]}, "ship,home\nA,M\n")
    assert found(tmp_path, {"ports": ports, "ships": ships}) == ["ports.csv:3:1 rule/at-least-one"]


def test_expect_judges_the_share_of_filled_cells(tmp_path: Path) -> None:
    """Two of four cells are a half: at least 0.6 is broken, at least 0.5 is not."""
    text = "ship,flag\nA,F\nB,\nC,F\nD,\n"
    for least, count in ((0.5, 0), (0.6, 1)):
        schema = rule("expect", field="flag", least=least, because="flags are known")
        assert count == len(found(tmp_path, {"t": (schema, text)}))


def test_excludes_allows_none_and_one(tmp_path: Path) -> None:
    """The finding is at the second of the values."""
    text = "id,start,none\n1,,\n2,5,\n3,,x\n4,5,x\n"
    schema = rule("excludes", fields=["start", "none"])
    assert found(tmp_path, {"t": (schema, text)}) == ["t.csv:5:5 rule/excludes"]


def test_numbers_of_keys_are_compared_as_numbers(tmp_path: Path) -> None:
    """1 and 1.0 repeat each other, and lead to each other, also between columns of different numeric types."""
    number = {"type": "number"}
    key = {"fields": "berth", "reference": {"resource": "berths", "fields": "berth"}}
    berths = ({"primaryKey": "berth", "berth": number}, "berth\n1\n2.50\n1.0\n0\n")
    ships = ({"foreignKeys": [key], "berth": number}, "ship,berth\nA,1.00\nB,2.5\nC,3\nD,0.0\n")
    boats = ({"foreignKeys": [key], "berth": {"type": "integer"}}, "boat,berth\nA,1\nB,3\n")
    expected = ["berths.csv:4:1 key/primary", "boats.csv:3:3 key/foreign", "ships.csv:4:3 key/foreign"]
    assert expected == found(tmp_path, {"berths": berths, "ships": ships, "boats": boats})


def test_unique_numbers_differ_as_numbers(tmp_path: Path) -> None:
    """Zero is a value; text that is no number is compared as it stands, and text fields always are."""
    fields = {"n": {"type": "number", "constraints": {"unique": True}}, "t": {"constraints": {"unique": True}}}
    expected = ["t.csv:3:1 key/unique", "t.csv:4:1 cell/type", "t.csv:5:1 cell/type", "t.csv:5:1 key/unique"]
    assert expected == found(tmp_path, {"t": (fields, "n,t\n0,1\n0.0,1.0\nx,2\nx,2.0\n")})


def test_circles_and_children_are_found_by_value(tmp_path: Path) -> None:
    """5.0 is the parent of 5, and 4 has a row although it is written 4.0 there."""
    number, rules = {"type": "number"}, rule("at-least-one", table="ships")
    own = {"fields": "above", "reference": {"resource": "ports", "fields": "port"}}
    ports = (
        rules | {"primaryKey": "port", "foreignKeys": [own], "port": number, "above": number},
        "port,above\n5,5.0\n4,\n",
    )
    key = {"fields": "home", "reference": {"resource": "ports", "fields": "port"}}
    ships = ({"foreignKeys": [key], "home": number}, "ship,home\nA,4.0\n")
    expected = ["ports.csv:2:1 rule/at-least-one", "ports.csv:2:3 key/cycle"]
    assert expected == found(tmp_path, {"ports": ports, "ships": ships})


@pytest.mark.long
def test_many_dangling_keys_are_found_in_time(tmp_path: Path) -> None:
    """20,000 of them against 20,000 known; and 2,000 against 2,000, where the first few get a hint."""
    for count in (20_000, 2_000):
        key = {"fields": "home", "reference": {"resource": "ports", "fields": "port"}}
        ports = ({"primaryKey": "port"}, "port\n" + "".join(f"port-of-{n:05}\n" for n in range(count)))
        ships = ({"foreignKeys": [key]}, "ship,home\n" + "".join(f"S{n},port-off-{n:05}\n" for n in range(count)))
        started = time.perf_counter()
        assert limits.FINDINGS + 1 == len(found(tmp_path, {"ports": ports, "ships": ships}))
        assert time.perf_counter() - started < 3
    hints = ["did you mean" in finding.what for finding in validate(tmp_path).findings]
    assert hints == [False, *[True] * 20, *[False] * 980]  # the first tells how many are not listed


def test_shares_and_children_of_a_table_that_was_not_read_as_a_whole_are_not_judged(tmp_path: Path) -> None:
    """The record with the broken text may hold what seems to be missing."""
    shares = {"name": "s", "kind": "expect", "say": "So.", "field": "flag", "least": 1, "because": "it is"}
    children = {"name": "c", "kind": "at-least-one", "say": "So.", "table": "crew"}
    ships = {
        "fields": [{"name": "ship"}, {"name": "flag"}],
        "primaryKey": "ship",
        "eventpack:rules": [shares, children],
    }
    crew = {
        "fields": [{"name": "who"}, {"name": "ship"}],
        "primaryKey": "who",
        "foreignKeys": [{"fields": "ship", "reference": {"resource": "ships", "fields": "ship"}}],
        "eventpack:inside": "ships",
    }
    resources = [
        {"name": "ships", "path": "ships.csv", "schema": ships, "eventpack:records": "ships"},
        {"name": "crew", "path": "crew.csv", "schema": crew},
    ]
    (tmp_path / "datapackage.json").write_text(json.dumps({"name": "x", "resources": resources}), "utf-8")
    (tmp_path / "ships").mkdir()
    (tmp_path / "ships/A.yaml").write_text("ship: A\n", "utf-8")
    (tmp_path / "ships/B.yaml").write_text("ship: B\nflag: [\n", "utf-8")
    assert not [f.code for f in validate(tmp_path).findings if f.code.startswith("rule/")]
    (tmp_path / "ships/B.yaml").unlink()
    assert ["rule/at-least-one", "rule/expect"] == sorted(
        f.code for f in validate(tmp_path).findings if f.code.startswith("rule/")
    )
