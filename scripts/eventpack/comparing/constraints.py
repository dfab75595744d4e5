"""Whether a constraint became tighter or looser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eventpack.comparing.difference import SchemaChange
from eventpack.schema import Field
from eventpack.values import text_of

_UPPER = ("maximum", "exclusive_maximum", "max_length")
_LOWER = ("minimum", "exclusive_minimum", "min_length")
_NAMES = {
    "exclusive_minimum": "exclusiveMinimum", "exclusive_maximum": "exclusiveMaximum", "min_length": "minLength",
    "max_length": "maxLength",
}  # fmt: skip


def constraint_changes(table: str, old: Field, new: Field) -> Iterator[SchemaChange]:
    """What a field demands otherwise than before. A pattern that is another one counts as tighter: who can tell."""
    for name in ("required", "unique"):
        was, now = getattr(old.constraints, name), getattr(new.constraints, name)
        if was != now:
            yield _change(table, new, tighter=now, text=(name if was else "", name if now else ""))
    for name in (*_UPPER, *_LOWER):
        was, now = getattr(old.constraints, name), getattr(new.constraints, name)
        if was != now and (was is None or now is None or _value(old, was) != _value(new, now)):
            tighter = was is None or (now is not None and _is_tighter(new, name, was, now))
            yield _change(table, new, tighter, (_said(name, was), _said(name, now)))
    was, now = old.constraints.pattern, new.constraints.pattern
    if was != now:
        yield _change(table, new, now is not None, (_said("pattern", was), _said("pattern", now)))
    yield from _code_changes(table, new, old.constraints.enum, new.constraints.enum)
    if new.category_values not in (old.category_values, new.constraints.enum):
        yield from _code_changes(table, new, old.category_values, new.category_values)


def _code_changes(table: str, field: Field, old: list[Any] | None, new: list[Any] | None) -> Iterator[SchemaChange]:
    if old is None or new is None:
        if old != new:
            yield _change(table, field, new is not None, (_codes(old), _codes(new)))
        return
    was, now = list(map(text_of, old)), list(map(text_of, new))
    for code in was:
        if code not in now:
            yield SchemaChange(table, field.name, "code-withdrawn", code, "", "major")
    for code in now:
        if code not in was:
            yield SchemaChange(table, field.name, "code-added", "", code, "minor")


def _change(table: str, field: Field, tighter: bool, text: tuple[str, str]) -> SchemaChange:
    kind, step = ("constraint-tightened", "major") if tighter else ("constraint-loosened", "minor")
    return SchemaChange(table, field.name, kind, *text, step)  # type: ignore[arg-type]  # one of the four words


def _is_tighter(field: Field, name: str, was: Any, now: Any) -> bool:
    before, after = _value(field, was), _value(field, now)
    try:
        return bool(after < before if name in _UPPER else after > before)
    except TypeError:
        return True


def _value(field: Field, bound: Any) -> Any:
    """A bound as a value that can be compared, as far as the field's type can read it."""
    if isinstance(bound, (int, float)) and not isinstance(bound, bool):
        return bound
    try:
        return field.value_type.read(text_of(bound)) if field.value_type else bound
    except ValueError:
        return bound


def _said(name: str, value: Any) -> str:
    return "" if value is None else f"{_NAMES.get(name, name)} {text_of(value)}"


def _codes(codes: list[Any] | None) -> str:
    return "" if codes is None else f"enum {', '.join(map(text_of, codes))}"
