"""Which texts say that there is no value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Labelled(Protocol):
    """A text that says so, with its reason beside it."""

    @property
    def value(self) -> str:
        """The text."""


class Says(Protocol):
    """A schema or a field: what it says of missing values, if anything."""

    @property
    def missing_values(self) -> Sequence[str | Labelled] | None:
        """The texts."""


def missing_texts(schema: Says, field: Says) -> frozenset[str]:
    """The texts that are missing values in cells of a field; what the field says replaces what its schema says."""
    given = schema.missing_values if field.missing_values is None else field.missing_values
    return frozenset(one if isinstance(one, str) else one.value for one in ([""] if given is None else given))
