"""One field's judge: each constraint by itself, and constraints that cannot be applied."""

from __future__ import annotations

import time
from typing import Any

import pytest

from eventpack.judge import ConstraintError, Problem, compile_judge
from tests.models import field_of


def judged(text: str, type: str = "string", format: str = "default", **constraints: Any) -> Problem | None:
    """What the judge of a field `x` says about a text."""
    field = {"name": "x", "type": type, "format": format, "constraints": constraints}
    return compile_judge(field_of(field))(text)


@pytest.mark.parametrize(
    ("text", "type", "constraints", "code"),
    [
        ("5", "integer", {"minimum": 5}, ""),
        ("4", "integer", {"minimum": 5}, "cell/minimum"),
        ("5", "integer", {"exclusiveMinimum": 5}, "cell/minimum"),
        ("5", "integer", {"exclusiveMaximum": 5}, "cell/maximum"),
        ("0.30", "number", {"maximum": 0.3}, ""),
        ("0.31", "number", {"maximum": "0.3"}, "cell/maximum"),
        ("2024-05-02", "date", {"maximum": "2024-05-01"}, "cell/maximum"),
        ("0.00001", "number", {"minimum": 0.00001}, ""),
        ("0.000009", "number", {"minimum": 0.00001}, "cell/minimum"),
        ("1000000", "integer", {"maximum": 1e6}, ""),
        ("1000001", "integer", {"maximum": 1e6}, "cell/maximum"),
        ("0", "number", {"minimum": -0.0}, ""),
        ("2", "integer", {"enum": [1.0, 2.0]}, ""),
        ("1.0", "number", {"enum": [1, 2]}, ""),
        ("true", "boolean", {"enum": [True]}, ""),
        ("false", "boolean", {"enum": [True]}, "cell/enum"),
        ("ab", "string", {"pattern": "a"}, "cell/pattern"),
        ("a\n", "string", {"pattern": "a$"}, "cell/space"),
        ("😀😀", "string", {"maxLength": 2}, ""),
        ("😀😀😀", "string", {"maxLength": 2}, "cell/max-length"),
        ("", "string", {"minLength": 2}, ""),
        ("", "string", {"required": True}, "cell/required"),
        ("\u00a0a", "string", {}, "cell/space"),
    ],
)
def test_constraints(text: str, type: str, constraints: dict[str, Any], code: str) -> None:
    """A missing value breaks nothing but `required`; patterns hold for the whole text; lengths are code points."""
    problem = judged(text, type, **constraints)
    assert code == (problem.code if problem else "")


def test_a_value_of_another_type_is_told_once() -> None:
    """Neither bounds nor codes are judged when the text has no value."""
    problem = judged("many", "integer", minimum=1, enum=[1, 2])
    assert problem is not None
    assert problem.code == "cell/type"


def test_a_format_has_its_own_code() -> None:
    """A wrong address is no wrong type."""
    problem = judged("example.org", format="uri")
    assert problem is not None
    assert problem.code == "cell/format"
    assert problem.what == "`x` must be a web address with its scheme, like https://example.org/report"


def test_a_code_that_was_nearly_meant_is_named() -> None:
    """Case and small slips."""
    for text in ("Asserts", "assert"):
        problem = judged(text, enum=["asserts", "denies"])
        assert problem is not None
        assert problem.what.endswith("did you mean `asserts`?")


@pytest.mark.parametrize(
    ("type", "constraints", "name"),
    [
        ("lorry", {}, "type"),
        ("duration", {"minimum": "P1D"}, "minimum"),
        ("list", {"enum": ["a"]}, "enum"),
        ("integer", {"pattern": "5"}, "pattern"),
        ("integer", {"maxLength": 5}, "maxLength"),
        ("string", {"minimum": "a"}, "minimum"),
        ("boolean", {"maximum": True}, "maximum"),
        ("integer", {"minimum": 1.5}, "minimum"),
        ("date", {"minimum": "2023-02-29"}, "minimum"),
        ("integer", {"enum": ["one"]}, "enum"),
        ("number", {"enum": [1, "1.0"]}, "enum"),
        ("string", {"pattern": "("}, "pattern"),
        ("number", {"maximum": float("inf")}, "maximum"),
    ],
)
def test_a_constraint_that_cannot_be_applied_is_refused(type: str, constraints: dict[str, Any], name: str) -> None:
    """With the name of the property, for the place in the schema."""
    with pytest.raises(ConstraintError) as caught:
        judged("", type, **constraints)
    assert name == caught.value.name


def test_many_wrong_codes_are_judged_in_time() -> None:
    """1,000 wrong texts against 1,000 codes; the first few get a hint, and the message does not list all codes."""
    field = {"name": "x", "constraints": {"enum": [f"code-number-{n:04}" for n in range(1_000)]}}
    judge = compile_judge(field_of(field))
    started = time.process_time()
    problems = [judge(f"cod-number-{n:04}") for n in range(1_000)]
    assert time.process_time() - started < 1
    hints = [problem is not None and "did you mean" in problem.what for problem in problems]
    assert hints == [True] * 20 + [False] * 980
    assert all(problem is not None and len(problem.fix) < 1_000 for problem in problems)
