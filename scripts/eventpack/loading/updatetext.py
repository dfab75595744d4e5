"""An update told for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eventpack.comparing.difference import CellChange, RecordChange
from eventpack.comparing.layout import marked
from eventpack.comparing.wording import is_long, word_marks
from eventpack.finding import visible
from eventpack.loading.tableupdate import FATES, TableUpdate

_MOST = 20  # records of each kind
_LONGEST = 100


def as_text(title: str, tables: Mapping[str, TableUpdate]) -> str:
    """Counts by table, then the records, at most twenty of each kind; all of them are in the object."""
    lines, differing = [visible(title)], [table for table in tables.values() if any(True for _ in table.parts())]
    for table in tables.values():
        if len(tables) == 1 or table.notes or table in differing:
            lines += ["", *_table(table)]
    if not differing:
        lines += ["", "up to date: nothing differs"]
    return "\n".join(lines)


def _table(table: TableUpdate) -> Iterator[str]:
    now = table.frame.height
    yield f"{table.table}: {table.before:,} row{'s' * (table.before != 1)} before, {now:,} now"
    yield from (f"  note: {visible(note)}" for note in table.notes)
    for fate, changes in table.parts():
        yield f"  {len(changes):,} {FATES[fate]}"
        for change in changes[:_MOST]:
            yield from _record(change)
        if len(changes) > _MOST:
            yield f"    … and {len(changes) - _MOST:,} more in .{fate}"


def _record(change: RecordChange) -> Iterator[str]:
    label = f" “{change.label}”" if change.label else ""
    became = f": {change.redirect}" if change.redirect else ""
    reason = f" ({change.redirect.reason})" if change.redirect and change.redirect.reason else ""
    yield visible(f"    {'|'.join(change.key)}{label}{became}{reason}")
    for cell in change.cells:
        yield visible(f"      {cell.field}: {_cell(cell)}")


def _cell(cell: CellChange) -> str:
    """What changed: of long texts the words that went and came."""
    if is_long(cell.old, cell.new):
        return "".join(marked(mark, text) for mark, text in word_marks(cell.old, cell.new))
    return f"{_text(cell.old, cell.old_label)} → {_text(cell.new, cell.new_label)}"


def _text(text: str, label: str) -> str:
    if not text:
        return "(empty)"
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return f"{short} “{label}”" if label else short
