"""The kernel of the check: may this text stand in this field? One compiled judge per field."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from eventpack.finding import Severity, near_misses, shorten
from eventpack.patterns import TooSlowError, compile_pattern
from eventpack.schema import Field
from eventpack.values import TYPES, Json, Scalar, ValueType, option_problem, text_of


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text may not stand in a field, or should not: a finding without its place."""

    code: str
    what: str
    fix: str = ""
    severity: Severity = "error"


class ConstraintError(Exception):
    """A property that cannot be applied to its field; `name` is its name in the schema."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(what)
        self.name, self.what = name, what

    @property
    def pointer(self) -> tuple[str, ...]:
        """Where the property stands in the field."""
        return (self.name,) if self.name in _BESIDE_CONSTRAINTS else ("constraints", self.name)


Test = Callable[[str, Any], Problem | None]
Judge = Callable[[str], Problem | None]

_MOST_CODES = 50  # in a message
_BESIDE_CONSTRAINTS = frozenset(
    "type format decimalChar groupChar trueValues itemType delimiter categories categoriesOrdered".split()
)

_BOUNDS: tuple[tuple[str, str, str, Callable[[Any, Any], bool]], ...] = (
    ("minimum", "minimum", "is below the minimum", lambda value, bound: value >= bound),
    ("maximum", "maximum", "is above the maximum", lambda value, bound: value <= bound),
    ("exclusive_minimum", "exclusiveMinimum", "is not above", lambda value, bound: value > bound),
    ("exclusive_maximum", "exclusiveMaximum", "is not below", lambda value, bound: value < bound),
)


def compile_judge(field: Field, canonical: bool = True, empty: bool = False) -> Judge:
    """The judge of one field: it takes the text of a cell (empty: missing) and returns a problem or none.

    With `empty`, the empty text is a value like any other, as where `missingValues` does not list it.

    Where texts must be `canonical`, as the profile wants, every other form is an error, and white space around text
    too. Elsewhere the forms that the standard and frictionless read as well are warnings.

    Raises:
        ConstraintError: The type is not supported, or a constraint makes no sense for it.
    """
    kind = _type_of(field)
    tests = [
        *_enum_tests(field, kind, canonical),
        *_pattern_test(field, kind),
        *_length_tests(field, kind),
        *_bound_tests(field, kind, canonical),
    ]
    required, parse, textual = field.constraints.required, kind.parse, kind.text
    loose = None if canonical else kind.loose
    code = "cell/type" if field.format == "default" else "cell/format"

    def judge(text: str) -> Problem | None:
        if not text and not empty:
            return Problem("cell/required", f"`{field.name}` is required and missing") if required else None
        doubt = None
        try:
            value = parse(text)
        except ValueError:
            try:
                value = loose(text) if loose else parse(text)
            except ValueError:
                return Problem(code, f"`{field.name}` must be {kind.say}")
            doubt = _loosely(field, kind, value)
        if canonical and textual and text and (text[0].isspace() or text[-1].isspace()):
            return Problem("cell/space", f"`{field.name}` begins or ends with white space", "remove the white space")
        for test in tests:
            if problem := test(text, value):
                return problem
        return doubt

    return judge


def _type_of(field: Field) -> ValueType:
    name, problem = option_problem(field.type, field.options)
    if name:
        raise ConstraintError(name, f"`{name}`: {problem}")
    if (kind := field.value_type) is None:
        raise ConstraintError("type", f"type `{field.type}` with format `{field.format}` is not supported")
    return kind


def _loosely(field: Field, kind: ValueType, value: Any) -> Problem:
    """The doubt about a text that is not in the form in which its value is written."""
    shown = kind.format(value)
    try:
        kind.parse(shown)
    except ValueError:  # it has no such form: NaN, or an address with a space
        what, fix = f"`{field.name}` is not quite {kind.say}", f"write {kind.say}"
        fix += "" if kind.text else ", or leave the cell empty"
    else:
        what, fix = f"`{field.name}` is read as `{shorten(shown)}`", f"write `{shorten(shown)}`"
    return Problem("cell/loose", what, fix, "warning")


def _constant(kind: ValueType, name: str, raw: Json, canonical: bool) -> Any:
    """The value of a bound or code: a text as a cell would hold it, or the JSON value itself."""
    try:
        if isinstance(raw, (list, dict)) and kind.text:
            raise ValueError(raw)
        if isinstance(raw, bool) and kind.name == "boolean":
            return raw
        if isinstance(raw, (int, float)) and kind.name in ("integer", "number"):
            return TYPES[kind.name, "default"].parse(text_of(raw))  # decimals of JSON have their point
        return kind.parse(text_of(raw)) if canonical else kind.read(text_of(raw))
    except ValueError:
        raise ConstraintError(name, f"`{name}` holds {raw!r}, which must be {kind.say}") from None


def _enum_tests(field: Field, kind: ValueType, canonical: bool) -> list[Test]:
    tests, codes, categories = [], field.constraints.enum, field.category_values
    if codes is not None:
        if not kind.enumerable:
            raise ConstraintError("enum", f"`enum` has no meaning for type `{field.type}`")
        tests.append(_enum_test(field, kind, "enum", codes, canonical))
    if categories is not None:
        if kind.name not in ("string", "integer"):
            raise ConstraintError("categories", f"`categories` have no meaning for type `{field.type}`")
        tests.append(_enum_test(field, kind, "categories", categories, canonical))
    elif field.categories_ordered:
        raise ConstraintError("categoriesOrdered", "`categoriesOrdered` needs `categories`")
    return tests


def _enum_test(field: Field, kind: ValueType, name: str, codes: Sequence[Json], canonical: bool) -> Test:
    allowed = {_constant(kind, name, code, canonical) for code in codes}
    if len(allowed) < len(codes):
        raise ConstraintError(name, f"`{name}` holds a value twice")
    names = [text_of(code) for code in codes]
    meant, fix = near_misses(names), f"one of: {', '.join(names)}"
    if len(names) > _MOST_CODES:
        fix = f"one of the {len(names)} codes: {', '.join(names[:_MOST_CODES])}, …"

    def test(text: str, value: Any) -> Problem | None:
        if value in allowed:
            return None
        return Problem("cell/enum", f"`{text}` is not a code of `{field.name}`{meant(text)}", fix)

    return test


def _pattern_test(field: Field, kind: ValueType) -> list[Test]:
    if (pattern := field.constraints.pattern) is None:
        return []
    if kind.name != "string":
        raise ConstraintError("pattern", f"`pattern` has no meaning for type `{field.type}`")
    try:
        matches = compile_pattern(pattern)
    except re.error as error:
        raise ConstraintError("pattern", f"`{pattern}` is not a regular expression: {error}") from None

    def test(text: str, value: Any) -> Problem | None:
        try:
            if matches(text):
                return None
        except TooSlowError:
            fix = "write the pattern without look-around, back-references and nested repetitions"
            return Problem("cell/pattern", f"`{field.name}` was not matched in time with the form {pattern}", fix)
        return Problem("cell/pattern", f"`{field.name}` does not have the form {pattern}")

    return [test]


def _length_tests(field: Field, kind: ValueType) -> list[Test]:
    least, most = field.constraints.min_length, field.constraints.max_length
    for name, bound in (("minLength", least), ("maxLength", most)):
        if bound is not None and not kind.sized:
            raise ConstraintError(name, f"`{name}` has no meaning for type `{field.type}`")
    textual, things = kind.text, "characters" if kind.text else "members" if kind.name == "object" else "items"

    def test(text: str, value: Any) -> Problem | None:
        size = len(text) if textual else len(value)
        if least is not None and size < least:
            return Problem("cell/min-length", f"`{field.name}` has {size} {things}, at least {least} are needed")
        if most is not None and size > most:
            return Problem("cell/max-length", f"`{field.name}` has {size} {things}, at most {most} are allowed")
        return None

    return [] if least is None and most is None else [test]


def _bound_tests(field: Field, kind: ValueType, canonical: bool) -> list[Test]:
    return [
        _bound_test(field, kind, name, say, holds, _bound(field, kind, name, raw, canonical), text_of(raw))
        for attribute, name, say, holds in _BOUNDS
        if (raw := getattr(field.constraints, attribute)) is not None
    ]


def _bound(field: Field, kind: ValueType, name: str, raw: Scalar, canonical: bool) -> Any:
    if not kind.ordered:
        raise ConstraintError(name, f"`{name}` has no meaning for type `{field.type}`")
    bound = _constant(kind, name, raw, canonical)
    if isinstance(bound, Decimal) and bound.is_nan():
        raise ConstraintError(name, f"`{name}` holds {raw!r}, which nothing can be compared with")
    return bound


def _bound_test(
    field: Field, kind: ValueType, name: str, say: str, holds: Callable[[Any, Any], bool], bound: Any, shown: str
) -> Test:
    code = "cell/minimum" if name.lower().endswith("minimum") else "cell/maximum"

    def test(text: str, value: Any) -> Problem | None:
        try:
            kept = holds(value, bound)
        except (TypeError, InvalidOperation):  # only one has a time zone; or NaN
            return Problem(code, f"`{field.name}` {text} cannot be compared with the {name} {shown}")
        return None if kept else Problem(code, f"`{field.name}` {text} {say} {shown}")

    return test
