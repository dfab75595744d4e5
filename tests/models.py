"""Models from plain JSON values, for tests that need no file."""

from __future__ import annotations

from typing import Any

from eventpack.reading import read_object
from eventpack.schema import Field


def field_of(value: dict[str, Any]) -> Field:
    """The field of a JSON object that fits."""
    field, misfits = read_object(Field, value)
    assert field is not None, misfits
    return field
