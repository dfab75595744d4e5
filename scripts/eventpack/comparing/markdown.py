"""A difference as a page in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from eventpack.comparing import layout
from eventpack.comparing.difference import Difference, RecordChange
from eventpack.finding import visible

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")


def as_markdown(difference: Difference, limit: int | None = None) -> str:
    """Tables of counts and cells; what has a meaning in Markdown is escaped."""
    lines = [f"# From {_plain(difference.old)} to {_plain(difference.new)}", "", _plain(layout.verdict(difference))]
    if counts := layout.count_rows(difference):
        lines += ["", *_table(layout.HEADER, counts)]
    if difference.schema:
        lines += ["", "## Descriptor and schemas", ""]
        lines += [f"- {_plain(layout.schema_words(change))}" for change in difference.schema]
    table = ""
    for group in layout.groups_of(difference, limit):
        lines += ["", f"## {_plain(group.table)}"] if group.table != table else []
        table = group.table
        lines += ["", f"### {_plain(group.id)}{_plain(f' “{group.label}”' if group.label else '')}", ""]
        rows = [row for change in group.changes for row in _cells(difference, change)]
        lines += _table(("record", "change", "field", "old", "new"), rows)
    more = layout.group_count(difference) - limit if limit is not None else 0
    lines += ["", f"{more:,} more records are not shown."] if more > 0 else []
    if twice := list(layout.duplicates_of(difference)):
        lines += ["", "## Keys that stand more than once", ""]
        lines += [f"- {_plain(layout.duplicate_words(*one))}" for one in twice]
    notes = list(layout.notes_of(difference))
    return "\n".join([*lines, *(["", *(f"Note: {_plain(note)}" for note in notes)] if notes else [])])


def _cells(difference: Difference, change: RecordChange) -> Iterator[tuple[str, ...]]:
    name = f"{change.table} {'|'.join(change.key)}"
    if change.gone and change.redirect:
        yield (name, change.what, "", change.label, "")
    elif change.fate != "changed":
        for field, text in change.row.items():
            if text:
                told = _told(text, change.leads.get(field, ""))
                texts = ("", told) if change.fate == "added" else (told, "")
                yield (name, change.what, layout.field_words(difference, change.table, field), *texts)
    for cell in change.cells:
        texts = _told(cell.old, cell.old_label), _told(cell.new, cell.new_label)
        yield (name, change.what, layout.field_words(difference, change.table, cell.field), *texts)


def _told(text: str, label: str) -> str:
    """A text with the label of the record that it leads to."""
    return f"{text} “{label}”" if label else text


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{' --- |' * len(header)}"
    yield from (f"| {' | '.join(map(_plain, row))} |" for row in rows)


def _plain(text: str) -> str:
    """Text in which nothing has a meaning in Markdown or for a terminal, on one line."""
    return _SPECIAL.sub(r"\\\1", visible(" ".join(text.splitlines()) if text.splitlines() else text))
