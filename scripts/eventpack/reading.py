"""JSON values as models, strictly: everything that does not fit comes back with its pointer."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from eventpack import limits
from eventpack.finding import near_miss, shorten
from eventpack.frozen import Frozen
from eventpack.jsontext import Pointer
from eventpack.model import Adapt, Check, Model, as_it_is, fine

M = TypeVar("M", bound=Model)
Reader = Callable[[Any, Pointer, "list[Misfit]"], Any]

_NAMES: dict[Any, str] = {
    str: "text", int: "a whole number", float: "a number", bool: "true or false", list: "a list", dict: "an object",
}  # fmt: skip


class Property(Frozen):
    """How one property is read; `holding` says that models may be inside."""

    attribute: str
    read: Reader
    required: bool
    check: Check
    adapt: Adapt
    holding: bool


class Misfit(Frozen):
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
        if item.name not in ("given", "other"):
            missing = item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
            check, adapt = item.metadata.get("check", fine), item.metadata.get("adapt", as_it_is)
            name = item.metadata.get("name") or item.name
            hint = hints[item.name]
            yield name, Property(item.name, _reader(hint), missing, check, adapt, _holds_models(hint))


def _holds_models(hint: Any) -> bool:
    """Whether what a hint stands for is a model, or may have one inside."""
    return (isinstance(hint, type) and issubclass(hint, Model)) or any(map(_holds_models, get_args(hint)))


def read_object(model: type[M], value: object, pointer: Pointer = ()) -> tuple[M | None, list[Misfit]]:
    """The model of a JSON value, or none, and all that does not fit."""
    misfits: list[Misfit] = []
    result = _read_model(model, value, pointer, misfits)
    return (None if misfits else result), misfits


def _read_model(model: type[M], value: Any, pointer: Pointer, misfits: list[Misfit]) -> M | None:
    if len(misfits) > limits.FINDINGS:
        return None  # as good as unreadable
    if not isinstance(value, dict):
        misfits.append(_misfit(pointer, "must be an object", value))
        return None
    known = properties(model)
    other = {name: held for name, held in value.items() if name not in known}
    arguments: dict[str, Any] = {"given": value, "other": other}
    for name, spec in known.items():
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
        if len(misfits) > limits.FINDINGS:
            return None
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
        if spec.holding:
            yield from _walk_value(getattr(model, spec.attribute), (*pointer, name))


def _walk_value(value: object, pointer: Pointer) -> Iterator[tuple[Pointer, Model]]:
    if isinstance(value, Model):
        yield from walk(value, pointer)
    elif isinstance(value, (list, dict)):
        for key, item in enumerate(value) if isinstance(value, list) else value.items():
            yield from _walk_value(item, (*pointer, key))
