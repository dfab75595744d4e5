"""Values of frames as text, as they stand in the cells of a table that we write."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from eventpack.schema import Field
from eventpack.values import text_of


def cell_texts(series: pl.Series, field: Field | None = None) -> list[str]:
    """The text of each value of a column, each distinct one made once; the empty text is missing."""
    write = _writer(series, field)
    known: dict[Any, str] = {None: ""}
    texts = []
    for value in series.to_list():
        if isinstance(value, (list, dict)):
            texts.append(write(value))
            continue
        if (text := known.get(value)) is None:
            text = known[value] = write(value)
        texts.append(text)
    return texts


def frame_texts(frame: pl.DataFrame, fields: Mapping[str, Field]) -> dict[str, list[str]]:
    """The columns of a frame as text."""
    return {column.name: cell_texts(column, fields.get(column.name)) for column in frame}


def value_text(value: Any) -> str:
    """A value as text, whatever it is: numbers without exponent, days as ISO 8601, lists and structures as JSON."""
    if value is None:
        return ""
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return str(value)


def _float(value: float) -> str:
    return text_of(value) if math.isfinite(value) else "NaN" if math.isnan(value) else "INF" if value > 0 else "-INF"


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, default=value_text)


_WRITERS: tuple[tuple[type | tuple[type, ...], Callable[[Any], str]], ...] = (
    (float, _float),
    ((bool, int, str), text_of),
    (Decimal, lambda value: format(value, "f")),
    ((list, dict), _json),
    ((datetime.date, datetime.time), lambda value: value.isoformat()),
    ((bytes, bytearray), lambda value: value.hex()),
)


def _writer(series: pl.Series, field: Field | None) -> Callable[[Any], str]:
    """A year has four digits; all others are written as what they are."""
    kind = field.value_type if field is not None else None
    return kind.format if kind is not None and kind.name == "year" and series.dtype == pl.Int16 else value_text
