"""Models from plain JSON values, for tests that need no file."""

from __future__ import annotations

from typing import Any

from eventpack.reading import read_object
from eventpack.schema import Field, Schema


def field_of(value: dict[str, Any]) -> Field:
    """The field of a JSON object that fits."""
    field, misfits = read_object(Field, value)
    assert field is not None, misfits
    return field


def schema_of(value: dict[str, Any]) -> Schema:
    """The schema of a JSON object that fits."""
    schema, misfits = read_object(Schema, value)
    assert schema is not None, misfits
    return schema
