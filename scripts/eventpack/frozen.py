"""Values: frozen dataclasses whose methods are written here once, for what every start imports."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Frozen:
    """Whatever is derived from it is a frozen dataclass.

    `dataclass` would compile the methods anew for each class, a third of a millisecond of each start.
    """

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]
    _order: ClassVar[tuple[str, ...]]
    _names: ClassVar[frozenset[str]]
    _compared: ClassVar[tuple[str, ...]]
    _defaults: ClassVar[Mapping[str, Any]]
    _factories: ClassVar[Mapping[str, Callable[[], Any]]]

    def __init_subclass__(cls) -> None:
        fields = dataclasses.fields(dataclass(init=False, repr=False, eq=False)(cls))
        cls._order = tuple(each.name for each in fields)
        cls._names = frozenset(cls._order)
        cls._compared = tuple(each.name for each in fields if each.compare)
        cls._defaults = {each.name: each.default for each in fields if each.default is not dataclasses.MISSING}
        made = ((each.name, each.default_factory) for each in fields)
        cls._factories = {name: make for name, make in made if make is not dataclasses.MISSING}

    def __init__(self, *values: Any, **named: Any) -> None:
        held = self.__dict__
        held.update(self._defaults)
        for name, make in self._factories.items():
            held[name] = make()
        if values:
            held.update(zip(self._order, values, strict=False))
        held.update(named)
        if len(values) > len(self._order) or not named.keys().isdisjoint(self._order[: len(values)]):
            raise TypeError(f"{type(self).__name__} is given a value twice, or too many")
        if wrong := held.keys() ^ self._names:
            raise TypeError(f"{type(self).__name__} lacks or does not know: {', '.join(sorted(wrong))}")

    def __setattr__(self, name: str, value: object) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to {name!r}")

    def __delattr__(self, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot delete {name!r}")

    def __repr__(self) -> str:
        shown = (f"{item.name}={getattr(self, item.name)!r}" for item in dataclasses.fields(self) if item.repr)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(self.__dict__[name] == other.__dict__[name] for name in self._compared)

    def __hash__(self) -> int:
        return hash(tuple(map(self.__dict__.__getitem__, self._compared)))
