"""Every finding code has an explanation and a case, and each case shows what it says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import eventpack
from eventpack.codes import read_codes
from eventpack.schema import RuleKind
from tests.casepack import CASES, case_folders, run_case

SOURCE = Path(eventpack.__file__).parent
FAMILIES = frozenset(
    "build cell csv descriptor event evidence file json key profile record referee release revision rule schema"
    " verification".split()
)
# The texts that fill the holes of codes that are put together: `{family}/bom`, `rule/{rule.kind}`.
DECODED, MODELLED = ("csv", "descriptor", "record", "schema"), ("descriptor", "schema")
KINDS = get_args(RuleKind)
HOLES = {
    "{family}/encoding": DECODED, "{family}/bom": DECODED, "{family}/nul": DECODED,
    "{family}/json": (*MODELLED, "json"), "{family}/yaml": MODELLED,
    "{family}/property": MODELLED, "{family}/unknown-property": MODELLED,
    "{family}/unsupported": MODELLED, "{family(path)}/form": ("csv", "record"), "rule/{kind}": KINDS,
}  # fmt: skip


def codes_in_source() -> set[str]:
    """The codes that string literals of the source spell, with the holes of f-strings filled."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        for text in _literals(ast.parse(path.read_text("utf-8"))):
            family, slash, name = text.partition("/")
            if text in HOLES:
                hole = text[text.index("{") : text.index("}") + 1]
                found.update(text.replace(hole, filling) for filling in HOLES[text])
            elif slash and family in FAMILIES and name.replace("-", "").isalnum() and name.islower():
                found.add(text)
    return found


def _literals(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(_part(value) for value in node.values)


def _part(value: ast.expr) -> str:
    if isinstance(value, ast.FormattedValue):
        return "{" + ast.unparse(value.value).removeprefix("rule.").lstrip("_") + "}"
    return str(ast.literal_eval(value))


def case_names() -> set[str]:
    """The codes that have a case folder."""
    return {folder.relative_to(CASES).as_posix() for folder in case_folders()}


def test_every_code_is_explained_and_no_explanation_is_dead() -> None:
    """The registry holds exactly the codes of the source."""
    assert sorted(codes_in_source()) == sorted(read_codes())


def test_every_code_has_a_case_and_no_case_is_dead() -> None:
    """The case folders are exactly the codes of the source."""
    assert sorted(codes_in_source()) == sorted(case_names())


@pytest.mark.parametrize("name", sorted(read_codes()))
def test_an_explanation_is_complete(name: str) -> None:
    """What and why are sentences on one line; the examples are short and differ."""
    code = read_codes()[name]
    for sentence in (code.what, code.why):
        assert sentence.endswith(".")
        assert "\n" not in sentence
    assert code.bad != code.good
    for example in (code.bad, code.good):
        assert 1 <= len(example.split("\n")) <= 6
        assert max(map(len, example.split("\n"))) <= 100


@pytest.mark.parametrize("case", case_folders(), ids=lambda case: case.relative_to(CASES).as_posix())
def test_a_case_shows_its_finding_where_it_is(case: Path, tmp_path: Path) -> None:
    """The bad side shows exactly what `expected.txt` says, at line and column; the good side shows nothing."""
    expected = (case / "expected.txt").read_text("utf-8").splitlines()
    assert expected == run_case(case, "bad", tmp_path / "bad")
    assert run_case(case, "good", tmp_path / "good") == []


@pytest.mark.parametrize("case", case_folders(), ids=lambda case: case.relative_to(CASES).as_posix())
def test_a_case_is_about_its_own_code(case: Path) -> None:
    """Each line of `expected.txt` names the code that the folder is called by."""
    expected = (case / "expected.txt").read_text("utf-8").splitlines()
    assert {case.relative_to(CASES).as_posix()} == {line.rpartition(" ")[2] for line in expected}
