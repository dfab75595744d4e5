"""The examples of the coding guide: the good ones are without findings, the bad ones show the finding they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from eventpack.building import NotClean, build
from eventpack.opening import open_package
from eventpack.recordtext import format_record, record_form
from eventpack.validation import validate
from tests.casepack import copy_base

PAGE = Path(__file__).parent.parent / "docs/guide/coding.md"
RULE = re.compile(r"^### (C-\d\d) (\S.*)$", re.M)
FENCE = re.compile(r"^```yaml (record|good|bad \S+)\n(.*?)^```$", re.M | re.S)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """One fenced fragment: the rule it stands under, `good` or the word after `bad`, and its fields."""

    rule: str
    verdict: str
    fields: Row


def read_rows(text: str) -> Row:
    """A YAML mapping whose values stay text."""
    rows = yaml.load(text, Loader=yaml.BaseLoader)
    assert isinstance(rows, dict)
    return rows


def split_rules() -> Iterator[tuple[str, str]]:
    """The id and the text of each rule, in the order of the page."""
    found = list(RULE.finditer(text := PAGE.read_text("utf-8")))
    for match, following in zip(found, [*found[1:], None], strict=True):
        yield match[1], text[match.end() : following.start() if following else len(text)]


def read_examples() -> list[Example]:
    """All fragments of the page."""
    return [
        Example(rule, kind.removeprefix("bad "), read_rows(body))
        for rule, text in split_rules()
        for kind, body in FENCE.findall(text)
    ]


def plain_record() -> Row:
    """The record that the page shows at the top."""
    [record] = [body for kind, body in FENCE.findall(PAGE.read_text("utf-8")) if kind == "record"]
    return read_rows(record)


def lay_over(plain: Row, fields: Row) -> Row:
    """A row with some fields replaced, and those removed that have no value."""
    return {name: value for name, value in {**plain, **fields}.items() if value != ""}


def whole_record(fields: Row) -> Row:
    """The record that a fragment stands for."""
    plain = plain_record()
    record = lay_over(plain, fields)
    if "claims" in fields:
        ids = [{"claim_id": f"CL-{letter * 6}"} for letter in "abcdefgh"]
        [claim] = plain["claims"]
        record["claims"] = [lay_over({**claim, **ids[index]}, row) for index, row in enumerate(fields["claims"])]
    return record


def find_codes(record: Row, folder: Path) -> set[str]:
    """The codes of the findings of the base package with this record in it."""
    copy_base(folder)
    form = record_form(open_package(folder))
    assert form is not None
    path = folder / f"data/records/events/{record['event_id']}.yaml"
    path.write_text(format_record(yaml.safe_dump(record), path.name, form), "utf-8", newline="\n")
    try:
        build(folder)
    except NotClean:  # the finding of the example itself keeps the tables from being built
        return {finding.code for finding in validate(path).findings}
    return {finding.code for finding in validate(folder).findings}


def name(example: Example) -> str:
    """What pytest prints for an example."""
    return f"{example.rule} {example.verdict}"


EXAMPLES = read_examples()


def test_rule_ids_are_unique_and_ascend() -> None:
    """Rules are cited by their ids, which count up from C-01 without a gap."""
    ids = [rule for rule, _ in split_rules()]
    assert [f"C-{number:02}" for number in range(1, len(ids) + 1)] == ids
    assert len(ids) >= 20


@pytest.mark.parametrize(("rule", "text"), list(split_rules()), ids=lambda value: value if len(value) == 4 else "")
def test_each_rule_has_a_good_and_a_bad_example(rule: str, text: str) -> None:
    """One right, one wrong, in this order, and no fence of another kind."""
    kinds = re.findall(r"^```yaml (good|bad)\b", text, re.M)
    assert kinds == ["good", "bad"]
    assert 2 * len(kinds) == text.count("```")


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.verdict in ("good", "reviewer")], ids=name)
def test_good_examples_have_no_findings(example: Example, tmp_path: Path) -> None:
    """No check objects to what is right, nor to a mistake that only a reader can see."""
    assert set() == find_codes(whole_record(example.fields), tmp_path / "base")


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.verdict not in ("good", "reviewer")], ids=name)
def test_bad_examples_show_exactly_their_finding(example: Example, tmp_path: Path) -> None:
    """The code that the page names, and no other."""
    assert {example.verdict} == find_codes(whole_record(example.fields), tmp_path / "base")


def test_good_and_bad_examples_of_a_rule_differ() -> None:
    """A bad example is not a copy of the good one."""
    fields = {(example.rule, example.verdict == "good"): whole_record(example.fields) for example in EXAMPLES}
    assert [rule for rule, _ in split_rules() if fields[rule, True] == fields[rule, False]] == []


def test_the_plain_record_has_no_findings(tmp_path: Path) -> None:
    """What all examples are laid over is valid by itself."""
    assert set() == find_codes(plain_record(), tmp_path / "base")
