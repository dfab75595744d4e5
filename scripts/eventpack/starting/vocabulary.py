"""The event types a dataset starts with: a vocabulary of the tool, or somebody's CSV file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from eventpack.csvtext import CsvText, csv_bytes, with_plain_breaks
from eventpack.errors import DiskError, EventpackError, TextError
from eventpack.files import BOM, decode
from eventpack.finding import near_miss
from eventpack.starting.choices import STARTER

TABLE = "event_types"
_CODE, _BROADER = "code", "broader"
# What a file need not say: the version of the codebook that a type is in use since.
_FILLED = {"since": "0.1"}
# The type of the example event in the vocabularies of the tool.
_EXAMPLES: Mapping[str, str] = {"plover": "PROTEST-strike", "none": "EXAMPLE"}


def vocabulary_tables(types: str, fields: Sequence[str]) -> dict[str, bytes]:
    """CSV files by table: the event types and, where the tool has them, their equivalents.

    `fields` are those of the table of event types. A CSV file keeps the order of its rows, so that what is wrong in
    it is found at its own line.

    Raises:
        EventpackError: The CSV file cannot be read, or has a column that is no field.
    """
    folder = STARTER / "vocabulary" / types
    if types in _EXAMPLES:
        return {path.stem: path.read_bytes() for path in sorted(folder.glob("*.csv"))}
    header, rows = _read(types)
    for name in header:
        if name not in fields:
            raise EventpackError(
                f"{types}: the column `{name}` is no field of {TABLE}{near_miss(name, fields)}",
                f"the fields are {', '.join(fields)}",
            )
    filled = (_FILLED | dict(zip(header, row, strict=True)) for row in rows)
    return {TABLE: csv_bytes(fields, ([cells.get(name, "") for name in fields] for cells in filled))}


def vocabulary_sources(types: str) -> list[object]:
    """Where the tool's vocabulary of event types comes from, as `sources` of the descriptor."""
    return [json.loads(path.read_text("utf-8")) for path in (STARTER / "vocabulary" / types).glob("source.json")]


def example_type(types: str, table: bytes) -> str:
    """The type of the example event: in a file the first that is not part of another one, or the first."""
    if types in _EXAMPLES:
        return _EXAMPLES[types]
    header, *rows = CsvText(table.decode("utf-8")).rows
    found = [dict(zip(header, row, strict=True)) for row in rows]
    if not found:
        raise EventpackError(f"{types} holds no event type", "give it one row at least, or use --types none")
    return next((row[_CODE] for row in found if not row[_BROADER]), found[0][_CODE])


def _read(path: str) -> tuple[list[str], list[list[str]]]:
    try:
        text = decode(Path(path).read_bytes().removeprefix(BOM), "csv")
        header, *rows = CsvText(with_plain_breaks(text)).rows
    except OSError as error:
        raise DiskError(f"cannot read {path}: {error.strerror or error}", "check its mode") from error
    except TextError as error:
        raise EventpackError(f"{path}:{error.line}:{error.column}: {error.what}", error.fix) from error
    return header, rows
