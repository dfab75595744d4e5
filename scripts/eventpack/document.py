"""A JSON document of the package, and how it becomes a model with every fault located."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from eventpack.errors import TextError
from eventpack.finding import Finding, Location, near_miss, shorten
from eventpack.jsontext import Pointer, json_position, key_position


class Model(BaseModel):
    """An object of a descriptor or schema: strict, frozen; unknown properties are kept and reported.

    `closed` objects know all their properties, others only those of our name space and look-alikes of known ones.
    `unsupported` properties of the standard change the meaning of the data in a way that is not read here.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="allow", populate_by_name=True)
    closed: ClassVar[bool] = False
    unsupported: ClassVar[frozenset[str]] = frozenset()
    ignored: ClassVar[frozenset[str]] = frozenset()


M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Document:
    """Where a JSON value stands: the file, its text, and the pointer to the value inside."""

    path: str
    text: str
    base: Pointer = ()

    def at(self, *pointer: str | int) -> Location:
        """The location of the value that the pointer leads to."""
        return Location(self.path, *json_position(self.text, (*self.base, *pointer)))

    def at_key(self, *pointer: str | int) -> Location:
        """The location of the key that the pointer's last step names."""
        return Location(self.path, *key_position(self.text, (*self.base, *pointer)))

    def inside(self, *pointer: str | int) -> Document:
        """The document of a value inside this one."""
        return replace(self, base=(*self.base, *pointer))


def text_finding(path: str, error: TextError) -> Finding:
    """A file that could not be read as text of its kind, as a finding."""
    where = Location(path, error.line, error.column)
    return Finding(error.code, where, error.what, error.found, fix=error.fix)


def read_model(model: type[M], value: object, document: Document, family: str) -> tuple[M | None, list[Finding]]:
    """The value as a model, or none, and what is wrong with it; `family` ("descriptor", "schema") prefixes the codes."""
    try:
        result = model.model_validate(value)
    except ValidationError as error:
        found = [_finding(item, value, document, family) for item in error.errors(include_url=False)]
        return None, list({finding.where: finding for finding in found}.values())
    return result, list(_unknown(result, document, family))


def _finding(item: Any, value: object, document: Document, family: str) -> Finding:
    pointer = _walk(value, item["loc"])
    if item["type"] == "missing":
        return Finding(f"{family}/property", document.at(*pointer), f"`{item['loc'][-1]}` is missing")
    name = next((str(step) for step in reversed(pointer) if isinstance(step, str)), "the document")
    what = f"`{name}`: {item['msg'][0].lower()}{item['msg'][1:]}"
    return Finding(f"{family}/property", document.at(*pointer), what, shorten(repr(item["input"])))


def _walk(value: Any, steps: Pointer) -> Pointer:
    """The steps that lead into the value; pydantic appends the names of the types it tried."""
    taken: list[str | int] = []
    for step in steps:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            break
        taken.append(step)
    return tuple(taken)


def _unknown(model: Model, document: Document, family: str) -> Iterator[Finding]:
    known = {info.alias or name: name for name, info in type(model).model_fields.items()}
    for key in model.model_extra or {}:
        yield from _judge_unknown(model, key, known, document, family)
    for alias, name in known.items():
        for pointer, child in _children(getattr(model, name), (alias,)):
            yield from _unknown(child, document.inside(*pointer), family)


def _judge_unknown(model: Model, key: str, known: dict[str, str], document: Document, family: str) -> Iterator[Finding]:
    ours = key.startswith("eventpack:")
    if key in model.unsupported:
        yield Finding(
            f"{family}/unsupported", document.at_key(key), f"`{key}` is not supported and would change what is read",
            fix="remove it, or convert the data to its plain form",
        )  # fmt: skip
    elif key not in model.ignored and (ours or ":" not in key):
        meant = near_miss(key, [*known, *model.unsupported, *model.ignored])
        certain = ours or model.closed
        if certain or meant:  # the standard allows properties of one's own
            yield Finding(
                f"{family}/unknown-property", document.at_key(key), f"`{key}` is not a property{meant}",
                fix="correct or remove it", severity="error" if certain else "warning",
            )  # fmt: skip


def _children(value: object, pointer: Pointer) -> Iterator[tuple[Pointer, Model]]:
    if isinstance(value, Model):
        yield pointer, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _children(item, (*pointer, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _children(item, (*pointer, key))
