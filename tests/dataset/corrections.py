"""The corrections that followed from comparing two codings, applied to records or taken back.

Each row changes one field, adds or removes one row, or adds an event. A row that was applied already is passed over, so
that the first coding as it was compared can be had from the records before and after their revision.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from eventpack.recordtext import Form, format_record
from tests.dataset.rows import ROOT, Row

FOLDER = ROOT / "data/second-coding"
KEYS = {
    "claims": ("claim_id",),
    "participants": ("event_id", "actor_id", "role"),
    "event_links": ("event_id", "relation", "other_id"),
}
Records = dict[str, Row]  # by the id of the event


@dataclass(frozen=True, slots=True)
class Correction:
    """One change: of a field, or without a field of a whole row, which `old` or `new` then holds as JSON."""

    table: str
    record_id: str
    field: str
    old: str
    new: str
    reason: str
    note: str


def read_corrections() -> list[Correction]:
    """The table of corrections, in its order."""
    with (FOLDER / "corrections.csv").open(encoding="utf-8", newline="") as file:
        return [Correction(**row) for row in csv.DictReader(file)]


def read_records(folder: Path) -> Records:
    """The records of a folder, with all values as text."""
    records = (yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader) for path in sorted(folder.glob("*.yaml")))
    return {record["event_id"]: record for record in records}


def write_records(records: Records, folder: Path, form: Form) -> None:
    """Write each record in canonical form, and nothing else, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.yaml"):
        path.unlink()
    for event, record in records.items():
        path = folder / f"{event}.yaml"
        path.write_text(format_record(yaml.safe_dump(record), path.name, form), "utf-8", newline="\n")


def apply_corrections(records: Records, corrections: Iterable[Correction]) -> None:
    """Change records as the corrections say; `ValueError` when one fits neither what was nor what is to be."""
    for one in corrections:
        if one.table == "events":
            _correct_event(records, one)
        else:
            _correct_row(records, one)


def undo_corrections(records: Records, corrections: Iterable[Correction]) -> None:
    """Bring records back to what they were before the corrections."""
    back = [replace(one, **_turned(one)) for one in reversed(list(corrections))]
    apply_corrections(records, back)


def _turned(one: Correction) -> dict[str, str]:
    """The correction the other way round; a key that it changes is the new one then."""
    parts = one.record_id.split("|")
    if one.field in (keys := KEYS.get(one.table, ())) and len(keys) > 1:
        parts[keys.index(one.field)] = one.new
    return {"old": one.new, "new": one.old, "record_id": "|".join(parts)}


def _correct_event(records: Records, one: Correction) -> None:
    if one.field:
        _set(records[one.record_id], one)
    elif one.new:
        records.setdefault(one.record_id, {"claims": [], **json.loads(one.new)})
    else:
        records.pop(one.record_id, None)


def _correct_row(records: Records, one: Correction) -> None:
    key = dict(zip(KEYS[one.table], one.record_id.split("|"), strict=True))
    event, row = _find(records, one.table, key)
    if not one.field:
        _add_or_remove(records, one, row)
    elif one.field == "event_id":
        if row is None or event not in (one.old, one.new):
            raise ValueError(one)
        records[event][one.table].remove(row)
        records[one.new][one.table].append(row)
    elif row is not None:
        _set(row, one)
    elif _find(records, one.table, key | {one.field: one.new})[1] is None:
        raise ValueError(one)


def _add_or_remove(records: Records, one: Correction, row: Row | None) -> None:
    held = json.loads(one.new or one.old)
    event = held.pop("event_id", one.record_id.split("|")[0])
    if one.new and row is None:
        records[event].setdefault(one.table, []).append(held)
    elif not one.new and row is not None:
        if row != held:
            raise ValueError(one)
        records[event][one.table].remove(row)


def _find(records: Records, table: str, key: dict[str, str]) -> tuple[str, Row | None]:
    """The row with a key, and the event in whose record it stands."""
    for event, record in records.items():
        for row in record.get(table, ()):
            if all(({"event_id": event} | row).get(name) == value for name, value in key.items()):
                return event, row
    return "", None


def _set(row: dict[str, Any], one: Correction) -> None:
    if row.get(one.field, "") not in (one.old, one.new):
        raise ValueError(one)
    row[one.field] = one.new
    if not one.new:
        del row[one.field]
