"""A difference for people at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from eventpack.comparing import layout
from eventpack.comparing.difference import CellChange, Difference, RecordChange
from eventpack.comparing.wording import Mark, is_long, word_marks
from eventpack.finding import visible

Style = Callable[[str, str], str]
_LONGEST = 160
_COLOURS = {"added": "green", "removed": "red", "changed": "yellow"}
_MARKS: dict[Mark, str] = {"gone": "red", "come": "green"}


def plain(text: str, colour: str) -> str:
    """Text without colour."""
    return text


def as_text(difference: Difference, limit: int | None = None, style: Style = plain) -> str:
    """Counts first, then schemas, then records with old and new text; so many groups of records at most.

    `style(text, colour)` colours a part, for terminals.
    """
    lines = [f"old: {visible(difference.old)}", f"new: {visible(difference.new)}"]
    if counts := layout.count_rows(difference):
        lines += ["", *_columns([layout.HEADER, *counts])]
    if difference.schema:
        lines += ["", style("descriptor and schemas", "bold")]
        lines += [f"  {visible(layout.schema_words(change))}" for change in difference.schema]
    for group in layout.groups_of(difference, limit):
        lines += ["", f"{style(visible(f'{group.table} {group.id}'), 'bold')}{_label(group.label)}"]
        for change in group.changes:
            lines += _record(difference, change, style)
    more = layout.group_count(difference) - limit if limit is not None else 0
    lines += ["", f"{more:,} more records; --limit 0 shows all"] if more > 0 else []
    return "\n".join([*lines, *_end(difference, limit, style)])


def _end(difference: Difference, limit: int | None, style: Style) -> Iterator[str]:
    """Keys that cannot be compared, notes and the verdict."""
    twice = list(layout.duplicates_of(difference))
    if twice:
        yield ""
        yield style("keys that stand more than once", "bold")
        yield from (f"  {visible(layout.duplicate_words(*one))}" for one in twice[:limit])
        if limit is not None and len(twice) > limit:
            yield f"  {len(twice) - limit:,} more"
    yield ""
    yield from (f"note: {visible(note)}" for note in layout.notes_of(difference))
    yield visible(layout.verdict(difference))


def _columns(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        yield visible("  ".join(cells))


def _record(difference: Difference, change: RecordChange, style: Style) -> Iterator[str]:
    """The lines of one change; those of a record inside another one name it."""
    margin, inside = "  ", change.parent is not None
    if inside or change.what != "changed":
        name = visible(f"{change.table} {'|'.join(change.key)}: " if inside else "")
        sign, what = layout.SIGNS[change.fate], visible(change.what)
        yield f"  {style(f'{sign} {name}{what}', _COLOURS[change.fate])}{_label(change.label) if inside else ''}"
        margin = "      "
    if not change.cells and not change.redirect:
        known, around = difference.tables[change.table].key, change.parent and change.parent[1]
        for name, text in change.row.items():
            if text and text != around and (name not in known or name in change.leads):
                told = f"{style(_cut(text), _COLOURS[change.fate])}{_label(change.leads.get(name, ''))}"
                yield f"{margin}{visible(layout.field_words(difference, change.table, name))}: {told}"
    for cell in change.cells:
        yield f"{margin}{visible(layout.field_words(difference, change.table, cell.field))}: {_cell(cell, style)}"


def _cell(cell: CellChange, style: Style) -> str:
    if is_long(cell.old, cell.new):
        marks = word_marks(cell.old, cell.new)
        return "".join(_styled(mark, visible(layout.marked(mark, text)), style) for mark, text in marks)
    return f"{_text(cell.old, cell.old_label, 'red', style)} → {_text(cell.new, cell.new_label, 'green', style)}"


def _styled(mark: Mark, text: str, style: Style) -> str:
    return style(text, _MARKS[mark]) if mark in _MARKS else text


def _text(text: str, label: str, colour: str, style: Style) -> str:
    return f"{style(_cut(text), colour)}{_label(label)}" if text else "(empty)"


def _label(label: str) -> str:
    return visible(f" “{label}”") if label else ""


def _cut(text: str) -> str:
    return visible(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")
