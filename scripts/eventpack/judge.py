"""The kernel of the check: may this text stand in this field? One compiled judge per field."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from eventpack.finding import near_misses
from eventpack.schema import Field
from eventpack.values import Scalar, ValueType, text_of


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text may not stand in a field: a finding without its place."""

    code: str
    what: str
    fix: str = ""


class ConstraintError(Exception):
    """A constraint that cannot be applied to its field; `name` is the property in the schema."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(what)
        self.name, self.what = name, what


Test = Callable[[str, Any], Problem | None]
Judge = Callable[[str], Problem | None]

_MOST_CODES = 50  # in a message

_BOUNDS: tuple[tuple[str, str, str, Callable[[Any, Any], bool]], ...] = (
    ("minimum", "minimum", "is below the minimum", lambda value, bound: value >= bound),
    ("maximum", "maximum", "is above the maximum", lambda value, bound: value <= bound),
    ("exclusive_minimum", "exclusiveMinimum", "is not above", lambda value, bound: value > bound),
    ("exclusive_maximum", "exclusiveMaximum", "is not below", lambda value, bound: value < bound),
)


def compile_judge(field: Field) -> Judge:
    """The judge of one field: it takes the text of a cell (empty: missing) and returns a problem or none.

    Raises:
        ConstraintError: The type is not supported, or a constraint makes no sense for it.
    """
    kind = field.value_type
    if kind is None:
        raise ConstraintError("type", f"type `{field.type}` with format `{field.format}` is not supported")
    tests = [
        *_enum_test(field, kind),
        *_pattern_test(field, kind),
        *_length_tests(field, kind),
        *_bound_tests(field, kind),
    ]
    required, parse, textual = field.constraints.required, kind.parse, kind.text
    code = "cell/type" if field.format == "default" else "cell/format"

    def judge(text: str) -> Problem | None:
        if not text:
            return Problem("cell/required", f"`{field.name}` is required and missing") if required else None
        try:
            value = parse(text)
        except ValueError:
            return Problem(code, f"`{field.name}` must be {kind.say}")
        if textual and (text[0].isspace() or text[-1].isspace()):
            return Problem("cell/space", f"`{field.name}` begins or ends with white space", "remove the white space")
        for test in tests:
            if problem := test(text, value):
                return problem
        return None

    return judge


def _constant(kind: ValueType, name: str, raw: Scalar) -> Any:
    try:
        return kind.parse(text_of(raw))
    except ValueError:
        raise ConstraintError(name, f"`{name}` holds {raw!r}, which must be {kind.say}") from None


def _enum_test(field: Field, kind: ValueType) -> list[Test]:
    codes = field.constraints.enum
    if codes is None:
        return []
    allowed = {_constant(kind, "enum", code) for code in codes}
    if len(allowed) < len(codes):
        raise ConstraintError("enum", "`enum` holds a value twice")
    names = [text_of(code) for code in codes]
    meant, fix = near_misses(names), f"one of: {', '.join(names)}"
    if len(names) > _MOST_CODES:
        fix = f"one of the {len(names)} codes: {', '.join(names[:_MOST_CODES])}, …"

    def test(text: str, value: Any) -> Problem | None:
        if value in allowed:
            return None
        return Problem("cell/enum", f"`{text}` is not a code of `{field.name}`{meant(text)}", fix)

    return [test]


def _pattern_test(field: Field, kind: ValueType) -> list[Test]:
    if (pattern := field.constraints.pattern) is None:
        return []
    if not kind.text:
        raise ConstraintError("pattern", f"`pattern` has no meaning for type `{field.type}`")
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise ConstraintError("pattern", f"`{pattern}` is not a regular expression: {error}") from None

    def test(text: str, value: Any) -> Problem | None:
        if compiled.fullmatch(text):
            return None
        return Problem("cell/pattern", f"`{field.name}` does not have the form {pattern}")

    return [test]


def _length_tests(field: Field, kind: ValueType) -> list[Test]:
    least, most = field.constraints.min_length, field.constraints.max_length
    for name, bound in (("minLength", least), ("maxLength", most)):
        if bound is not None and not kind.text:
            raise ConstraintError(name, f"`{name}` has no meaning for type `{field.type}`")

    def test(text: str, value: Any) -> Problem | None:
        if least is not None and len(text) < least:
            return Problem("cell/min-length", f"`{field.name}` has {len(text)} characters, at least {least} are needed")
        if most is not None and len(text) > most:
            return Problem("cell/max-length", f"`{field.name}` has {len(text)} characters, at most {most} are allowed")
        return None

    return [] if least is None and most is None else [test]


def _bound_tests(field: Field, kind: ValueType) -> list[Test]:
    return [
        _bound_test(field, kind, name, say, holds, raw)
        for attribute, name, say, holds in _BOUNDS
        if (raw := getattr(field.constraints, attribute)) is not None
    ]


def _bound_test(
    field: Field, kind: ValueType, name: str, say: str, holds: Callable[[Any, Any], bool], raw: Scalar
) -> Test:
    if not kind.ordered:
        raise ConstraintError(name, f"`{name}` has no meaning for type `{field.type}`")
    bound = _constant(kind, name, raw)
    code = "cell/minimum" if name.lower().endswith("minimum") else "cell/maximum"

    def test(text: str, value: Any) -> Problem | None:
        return None if holds(value, bound) else Problem(code, f"`{field.name}` {text} {say} {text_of(raw)}")

    return test
