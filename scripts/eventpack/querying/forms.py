"""Answers in the forms that machines read: CSV, JSON and Parquet."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eventpack.csvtext import csv_bytes
from eventpack.files import replacing
from eventpack.jsontext import compact_json
from eventpack.loading.celltext import frame_texts, value_text
from eventpack.loading.extracts import METADATA

if TYPE_CHECKING:
    from eventpack.querying import Answer


def as_csv(answer: Answer) -> bytes:
    """A header and one line for each row; an empty cell is a missing value."""
    columns = frame_texts(answer.frame, answer.fields)
    return csv_bytes(list(columns), zip(*columns.values(), strict=True))


def as_json(answer: Answer) -> bytes:
    """A list with one object for each row, on a line of its own: numbers are numbers, days text."""
    rows = ({name: _json(value) for name, value in row.items()} for row in answer.frame.iter_rows(named=True))
    lines = b",\n".join(b"  " + compact_json(row) for row in rows)
    return b"[\n" + lines + b"\n]\n" if lines else b"[]\n"


def write_parquet(answer: Answer, path: Path) -> None:
    """Write a Parquet file with the types of the frame; under `METADATA` it says what was asked of which version.

    Raises:
        DiskError: The folder refuses; nothing was changed.
    """
    about = json.dumps(answer.about, ensure_ascii=False)
    with replacing(path) as file:
        answer.frame.write_parquet(file, metadata={METADATA: about})


def _json(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) and not value.is_integer() else _whole(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list):
        return [_json(one) for one in value]
    if isinstance(value, dict):
        return {str(name): _json(one) for name, one in value.items()}
    return value_text(value)


def _whole(value: float) -> int | float | str:
    """12 for 12.0; what JSON has no number for is a text."""
    return value_text(value) if not math.isfinite(value) else int(value) if abs(value) < 2**53 else value
