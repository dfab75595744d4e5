"""A difference for programs: as a JSON object, and as CSV with one row for each cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eventpack.comparing.difference import Difference, RecordChange
from eventpack.csvtext import csv_bytes

_HEADER = ("table", "key", "change", "field", "old", "new", "label")


def to_json(difference: Difference) -> dict[str, Any]:
    """Counts by table, changes of schemas, records, and the step; keys that stand more than once only if some do.

    `candidates` are there for tables without a key in which something differs.
    """
    found: dict[str, Any] = {
        "tables": {
            name: {
                "added": table.counts["added"], "removed": table.counts["removed"], "changed": table.counts["changed"],
                "fields": dict(table.fields),
            }
            for name, table in difference.tables.items()
        },
        "schema": [
            {"table": one.table, "field": one.field, "change": one.kind, "old": one.old, "new": one.new,
             "step": one.step, **({"hint": one.hint} if one.hint else {})}
            for one in difference.schema
        ],
        "records": [_record(change) for change in difference.records],
        "step": difference.step,
    }  # fmt: skip
    duplicates = [
        {"table": name, "key": list(one.key), "old": one.old, "new": one.new, "differs": one.differs}
        for name, table in difference.tables.items()
        for one in table.duplicates
    ]
    keyless = [table for table in difference.tables.values() if table.changes and not table.key]
    candidates = {table.name: [list(one) for one in table.candidates] for table in keyless}
    more = {"duplicates": duplicates, "candidates": candidates}
    return found | {name: value for name, value in more.items() if value}


def _record(change: RecordChange) -> dict[str, Any]:
    """`key` is the one that it has now, or had; `row` is there for what came or went, `fields` for what goes on."""
    found: dict[str, Any] = {"table": change.table, "key": list(change.key), "change": change.fate}
    if change.label:
        found["label"] = change.label
    if change.redirect:
        found["redirect"] = {"outcome": change.redirect.outcome, "to": list(change.redirect.to)}
    if change.parent:
        found["inside"] = {"table": change.parent[0], "id": change.parent[1]}
    if change.cells:
        found["fields"] = {cell.field: {"old": cell.old, "new": cell.new} for cell in change.cells}
    else:
        found["row"] = dict(change.row)
    return found


def to_csv(difference: Difference) -> bytes:
    """One row for each cell that changed, and for each filled cell of records that came or went.

    `change` is `merged-into` or `split-into` for ids that are redirected, and begins with `schema:` for changes of
    schemas, which have no key. Keys that stand more than once are rows with how often, before and now.
    """
    rows = [(c.table, "", f"schema:{c.kind}", c.field, c.old, c.new, "") for c in difference.schema]
    for name, table in difference.tables.items():
        rows += [(name, "|".join(one.key), "duplicate", "", str(one.old), str(one.new), "") for one in table.duplicates]
    rows += [row for change in difference.records for row in _rows(change)]
    return csv_bytes(_HEADER, rows)


def _rows(change: RecordChange) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    key, fate = "|".join(change.key), change.redirect.outcome if change.redirect else change.fate
    for cell in change.cells:
        yield change.table, key, fate, cell.field, cell.old, cell.new, change.label
    if change.cells:
        return
    for name, text in change.row.items():
        if text:
            old, new = ("", text) if change.fate == "added" else (text, "")
            yield change.table, key, fate, name, old, new, change.label
