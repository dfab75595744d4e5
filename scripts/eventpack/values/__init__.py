"""The one place that turns text into values and back: one `ValueType` per type and format of Table Schema."""

from __future__ import annotations

from eventpack.values.forms import TYPES, Options, option_problem, type_of
from eventpack.values.kind import ValueType
from eventpack.values.missing import missing_texts
from eventpack.values.scalar import Json, Scalar, text_of

__all__ = ["TYPES", "Json", "Options", "Scalar", "ValueType", "missing_texts", "option_problem", "text_of", "type_of"]
