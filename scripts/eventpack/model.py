"""Objects of descriptors and schemas as frozen values; their type hints say what JSON they take.

`eventpack.reading` reads them. Nothing is converted: text is text, a number a number, and null never stands for a
missing property.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any, ClassVar, dataclass_transform

from eventpack.frozen import Frozen

Check = Callable[[Any], str]
Adapt = Callable[[Any], Any]


def as_it_is(value: Any) -> Any:
    """No adaptation."""
    return value


def fine(value: Any) -> str:
    """The check that anything passes."""
    return ""


def prop(*, default: Any = dataclasses.MISSING, name: str = "", check: Check = fine, adapt: Adapt = as_it_is) -> Any:
    """A property whose name in JSON differs, whose value is checked (empty: fine) or adapted before it is read."""
    metadata = {"name": name, "check": check, "adapt": adapt}
    if isinstance(default, (list, dict)):
        return field(default_factory=default.copy, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(prop, field))
class Model(Frozen):
    """An object of a descriptor or schema; `given` is the JSON object as it stood in the file, `other` what of it is
    not read.

    `closed` models know all their properties, others only those of our name space and look-alikes of known ones.
    `unsupported` properties of the standard change the meaning of the data in a way that is not read here;
    `ignored` ones do not. `elsewhere` are properties that belong to another object, each with what to do about it.
    """

    closed: ClassVar[bool] = False
    unsupported: ClassVar[frozenset[str]] = frozenset()
    ignored: ClassVar[frozenset[str]] = frozenset()
    elsewhere: ClassVar[Mapping[str, str]] = {}
    given: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    other: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def misfit(self) -> str:
        """What is wrong with the object as a whole; empty when nothing is."""
        return ""


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


# What may name a package, and with it a folder, an archive and an address.
NAME = r"[a-z0-9][a-z0-9._-]*"
NAME_V1 = re.compile(r"[-a-z0-9._/]+")  # of version 1 of the standard; version 2 has no form for names
NAMED = in_form(NAME, "lower case letters, digits and . _ -")


def as_list(value: Any) -> Any:
    """One text as a list of one."""
    return [value] if isinstance(value, str) else value
