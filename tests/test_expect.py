"""Rules of kind `expect` over the share of a value, and those of this dataset."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eventpack.derive.sentences import rule_phrase
from eventpack.opening import open_package
from eventpack.validation import validate

ROOT = Path(__file__).parents[1]


def findings(folder: Path, text: str, **parts: Any) -> list[tuple[str, str]]:
    """Code and words of each finding in a table with one rule."""
    rule = {"name": "r", "kind": "expect", "say": "So it is.", "because": "it was counted", **parts}
    fields = [{"name": "ship"}, {"name": "flag", "constraints": {"enum": ["F", "G"]}}]
    schema = {"fields": fields, "eventpack:rules": [rule]}
    (folder / "ships.csv").write_text(text, "utf-8")
    resource = {"name": "ships", "path": "ships.csv", "schema": schema}
    (folder / "datapackage.json").write_text(json.dumps({"name": "x", "resources": [resource]}), "utf-8")
    return [(finding.code, finding.what) for finding in validate(folder).findings]


SHIPS = "ship,flag\nA,F\nB,\nC,F\nD,G\n"


def test_expect_judges_the_share_of_a_value(tmp_path: Path) -> None:
    """Two of four rows have it, the row without a value among the four."""
    assert findings(tmp_path, SHIPS, field="flag", **{"is": "F", "least": 0.5, "most": 0.5}) == []
    (one,) = findings(tmp_path, SHIPS, field="flag", **{"is": "F", "least": 0.6})
    assert one == ("rule/expect", "`flag` is F in 2 of 4 rows, at least 0.6 expected: it was counted")
    (one,) = findings(tmp_path, SHIPS, field="flag", **{"is": "G", "most": 0.2})
    assert one == ("rule/expect", "`flag` is G in 1 of 4 rows, at most 0.2 expected: it was counted")


WRONG = [
    ({"is": "F", "least": 1}, "says what is expected of no field; name it as `field`"),
    ({"field": "flag", "is": "H", "least": 1}, "never applies: "),
]


@pytest.mark.parametrize(("parts", "problem"), WRONG)
def test_a_value_needs_a_field_that_can_have_it(tmp_path: Path, parts: dict[str, Any], problem: str) -> None:
    """A rule that cannot be kept or broken is a fault of the schema."""
    (code, what), *_ = findings(tmp_path, SHIPS, **parts)
    assert code == "schema/rule"
    assert what.startswith(f"the rule `r` {problem}")


def test_the_expectations_of_this_dataset_give_reasons() -> None:
    """Each is about a share or a number that can be missed, and says in the codebook why it is as it is."""
    schemas = open_package(ROOT).schemas
    rules = [(name, rule) for name, schema in schemas.items() for rule in schema.rules if rule.kind == "expect"]
    assert {"events", "claims", "sources", "events_flat"} <= {name for name, _ in rules}
    page = (ROOT / "docs/codebook.md").read_text("utf-8")
    for _, rule in rules:
        assert len(rule.because.split()) >= 5
        assert rule_phrase(rule) in page
        assert rule.least is None or rule.least > 0
        assert rule.most is None or rule.most < 1
