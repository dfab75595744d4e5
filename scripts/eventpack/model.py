"""Objects of descriptors and schemas: read strictly from JSON, everything that does not fit with its pointer.

A model is a frozen dataclass; its type hints say what JSON it takes. Nothing is converted: text is text, a number a
number, and null never stands for a missing property.
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from eventpack.finding import near_miss, shorten
from eventpack.jsontext import Pointer

_NAMES: dict[Any, str] = {
    str: "text", int: "a whole number", float: "a number", bool: "true or false", list: "a list", dict: "an object",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Model:
    """An object of a descriptor or schema; `given` is the JSON object as it stood in the file.

    `closed` models know all their properties, others only those of our name space and look-alikes of known ones.
    `unsupported` properties of the standard change the meaning of the data in a way that is not read here;
    `ignored` ones do not.
    """

    closed: ClassVar[bool] = False
    unsupported: ClassVar[frozenset[str]] = frozenset()
    ignored: ClassVar[frozenset[str]] = frozenset()
    given: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def misfit(self) -> str:
        """What is wrong with the object as a whole; empty when nothing is."""
        return ""

    @property
    def other(self) -> dict[str, Any]:
        """The properties that the model does not read."""
        known = properties(type(self))
        return {name: value for name, value in self.given.items() if name not in known}


M = TypeVar("M", bound=Model)
Reader = Callable[[Any, Pointer, "list[Misfit]"], Any]
Check = Callable[[Any], str]
Adapt = Callable[[Any], Any]


def _as_it_is(value: Any) -> Any:
    return value


def _fine(value: Any) -> str:
    return ""


def prop(default: Any = dataclasses.MISSING, *, name: str = "", check: Check = _fine, adapt: Adapt = _as_it_is) -> Any:
    """A property whose name in JSON differs, whose value is checked (empty: fine) or adapted before it is read."""
    metadata = {"name": name, "check": check, "adapt": adapt}
    if isinstance(default, (list, dict)):
        return field(default_factory=default.copy, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Property:
    """How one property is read."""

    attribute: str
    read: Reader
    required: bool
    check: Check
    adapt: Adapt


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value that does not fit, or a property that is missing."""

    pointer: Pointer
    what: str
    found: str = ""


_read_once: dict[type, dict[str, Property]] = {}


def properties(model: type[Model]) -> dict[str, Property]:
    """The properties of a model by their names in JSON."""
    if model not in _read_once:
        _read_once[model] = dict(_properties(model))
    return _read_once[model]


def _properties(model: type[Model]) -> Iterator[tuple[str, Property]]:
    hints = get_type_hints(model)
    for item in dataclasses.fields(model):
        if item.name != "given":
            missing = item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
            check, adapt = item.metadata.get("check", _fine), item.metadata.get("adapt", _as_it_is)
            name = item.metadata.get("name") or item.name
            yield name, Property(item.name, _reader(hints[item.name]), missing, check, adapt)


def read_object(model: type[M], value: object, pointer: Pointer = ()) -> tuple[M | None, list[Misfit]]:
    """The model of a JSON value, or none, and all that does not fit."""
    misfits: list[Misfit] = []
    result = _read_model(model, value, pointer, misfits)
    return (None if misfits else result), misfits


def _read_model(model: type[M], value: Any, pointer: Pointer, misfits: list[Misfit]) -> M | None:
    if not isinstance(value, dict):
        misfits.append(_misfit(pointer, "must be an object", value))
        return None
    arguments: dict[str, Any] = {"given": value}
    for name, spec in properties(model).items():
        if name in value:
            before = len(misfits)
            read = spec.read(spec.adapt(value[name]), (*pointer, name), misfits)
            if len(misfits) == before and (problem := spec.check(read)):
                misfits.append(_misfit((*pointer, name), problem, value[name]))
            arguments[spec.attribute] = read
        elif spec.required:
            misfits.append(Misfit(pointer, f"`{name}` is missing"))
            arguments[spec.attribute] = None
    result = model(**arguments)
    if problem := result.misfit():
        misfits.append(Misfit(pointer, problem))
    return result


def _reader(hint: Any) -> Reader:
    """The function that reads a value as a type hint says; made once, since a schema has hundreds of values."""
    options = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    options = tuple(option for option in options if option is not type(None))
    tries = [(_fits(option), _inner_reader(option)) for option in options]
    kinds = " or ".join(dict.fromkeys(map(_name, options)))
    codes = get_args(hint) if get_origin(hint) is Literal else ()

    def read(value: Any, pointer: Pointer, misfits: list[Misfit]) -> Any:
        for fits, inner in tries:
            if fits(value):
                return inner(value, pointer, misfits) if inner else value
        misfits.append(_misfit(pointer, f"must be {kinds}{near_miss(str(value), codes)}", value))
        return None

    return read


def _fits(hint: Any) -> Callable[[Any], bool]:
    """Whether a value has the kind of JSON that a hint asks for; what is inside is read afterwards."""
    kind = get_origin(hint) or hint
    if kind is Any:
        return lambda value: True
    if kind is Literal:
        codes = get_args(hint)
        return lambda value: isinstance(value, str) and value in codes
    if kind in (int, float):
        numbers = (int, float) if kind is float else int
        return lambda value: isinstance(value, numbers) and not isinstance(value, bool)
    held = dict if issubclass(kind, Model) else kind
    return lambda value: isinstance(value, held)


def _inner_reader(hint: Any) -> Reader | None:
    """How what is inside a value of this kind is read; none when it is taken as it is."""
    if isinstance(hint, type) and issubclass(hint, Model):
        return partial(_read_model, hint)
    if get_origin(hint) is list:
        item = _reader(get_args(hint)[0])
        return lambda value, pointer, misfits: [item(v, (*pointer, i), misfits) for i, v in enumerate(value)]
    if get_origin(hint) is dict and get_args(hint)[1] is not Any:
        member = _reader(get_args(hint)[1])
        return lambda value, pointer, misfits: {k: member(v, (*pointer, k), misfits) for k, v in value.items()}
    return None


def _name(hint: Any) -> str:
    kind = get_origin(hint) or hint
    if kind is Literal:
        return f"one of {', '.join(get_args(hint))}"
    return _NAMES.get(kind, "an object")


def _misfit(pointer: Pointer, what: str, value: Any) -> Misfit:
    names = [step for step in pointer if isinstance(step, str)]
    name = f"`{names[-1]}`" if names else "the document"
    if pointer and isinstance(pointer[-1], int):
        name = f"`{names[-1]}[{pointer[-1]}]`" if names else f"item {pointer[-1]}"
    return Misfit(pointer, f"{name} {what}", shorten(repr(value)))


def walk(model: Model, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Model]]:
    """A model and all models inside it, each with its pointer."""
    yield pointer, model
    for name, spec in properties(type(model)).items():
        yield from _walk_value(getattr(model, spec.attribute), (*pointer, name))


def _walk_value(value: object, pointer: Pointer) -> Iterator[tuple[Pointer, Model]]:
    if isinstance(value, Model):
        yield from walk(value, pointer)
    elif isinstance(value, (list, dict)):
        for key, item in enumerate(value) if isinstance(value, list) else value.items():
            yield from _walk_value(item, (*pointer, key))


def not_empty(value: Any) -> str:
    """The check of text, a list or an object that must hold something."""
    return "" if value else "must not be empty"


def not_negative(value: Any) -> str:
    """The check of a count."""
    return "" if value >= 0 else "must not be negative"


def in_form(pattern: str, say: str) -> Check:
    """The check of text against a pattern; `say` completes "must be …"."""

    def check(value: Any) -> str:
        return "" if re.fullmatch(pattern, value) else f"must be {say}"

    return check


def as_list(value: Any) -> Any:
    """One text as a list of one."""
    return [value] if isinstance(value, str) else value
