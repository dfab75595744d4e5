"""`changes.jsonl`: what a version changes against the one before, one JSON object on each line.

The first line tells of the version; each other one of a record that came or went, or of one value of one record.
"""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.comparing.difference import Difference, RecordChange
from eventpack.jsontext import compact_json
from eventpack.releasing.explained import Explanations


def change_lines(head: dict[str, object], difference: Difference | None, given: Explanations) -> bytes:
    """The file; a first release has no changes."""
    tables = [table for table in difference.tables.values() if not table.bookkeeping] if difference else []
    lines = [head, *(line for table in tables for change in table.changes for line in _lines(change, given))]
    return b"".join(compact_json(line) + b"\n" for line in lines)


def _lines(change: RecordChange, given: Explanations) -> Iterator[dict[str, object]]:
    about: dict[str, object] = {"table": change.table, "key": list(change.key), "change": change.fate}
    if change.fate == "changed":
        for cell in change.cells:
            rows = given.of_cell(change, cell)
            said: dict[str, object] = {}
            if rows:
                said = {"reason": rows[-1].reason, "note": rows[-1].note, "revisions": [row.id for row in rows]}
            elif row := given.redirect(cell):
                said = {"reason": "redirect", "note": row.reason, "revisions": []}
            yield {**about, "field": cell.field, "old": cell.old, "new": cell.new, **said}
        return
    revision = given.of_record(change)
    about |= {"outcome": change.redirect.outcome, "to": list(change.redirect.to)} if change.redirect else {}
    about |= {"reason": revision.reason, "note": revision.note, "revisions": [revision.id]} if revision else {}
    yield about
