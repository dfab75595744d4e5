"""The one canonical form of a record file, with the comments that curators write into it.

Fields stand in the schema's order, empty ones are left out, child lists follow in the descriptor's order, their rows
sorted by primary key; what the schemas do not know is kept, last. No comment is ever lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventpack.descriptor import Package
from eventpack.drafts import Entry, Part, read_draft
from eventpack.errors import TextError
from eventpack.nesting import Shape, record_shape
from eventpack.values import ValueType
from eventpack.yamltext import WIDTH, folded, scalar

_LONGEST_KEY = 1000  # YAML readers look for the colon within 1024 characters


@dataclass(frozen=True, slots=True)
class Form:
    """What the canonical form of a package's records depends on: their shape, and per table the types of its fields."""

    shape: Shape
    kinds: Mapping[str, Mapping[str, ValueType]]


def record_form(package: Package) -> Form | None:
    """The form of the package's record files; none when it has no records."""
    shape = record_shape(package)
    if shape is None:
        return None
    fields = {table: package.schemas[table].fields for table in shape.headers}
    kinds = {table: {f.name: f.value_type for f in some if f.value_type} for table, some in fields.items()}
    return Form(shape, kinds)


def format_record(text: str, path: str, form: Form) -> str:
    """The text of a record file in canonical form.

    Raises:
        TextError: The file is not a readable record.
    """
    return draft_text(read_draft(text, path), form)


def set_cells(
    text: str, path: str, form: Form, cells: Mapping[str, str], table: str = "", key: Mapping[str, str] | None = None
) -> str:
    """The canonical text of a record file after some cells were set; the empty text removes a cell.

    `table` and `key` (fields and their texts) choose a child row; without them the record itself is changed.

    Raises:
        TextError: The file is not a readable record.
        KeyError: There is no such row.
    """
    draft = read_draft(text, path)
    part = _row(draft, table, key or {}) if table else draft
    for name, value in cells.items():
        entry = part.entry(name)
        if entry is None:
            part.entries.append(Entry(name, value))
        else:
            entry.value = value
    return draft_text(draft, form)


def _row(draft: Part, table: str, key: Mapping[str, str]) -> Part:
    entry = draft.entry(table)
    for row in entry.value if entry and isinstance(entry.value, list) else ():
        if all(row.text(name) == text for name, text in key.items()):
            return row
    raise KeyError(f"{table}: {', '.join(key.values())}")


def draft_text(draft: Part, form: Form) -> str:
    """A record that was changed as a draft, as canonical text."""
    shape = form.shape
    known = (*shape.inner(shape.table), *shape.keys)
    entries = _ordered(draft, known)
    top = [*draft.before, ""] if draft.before and entries else draft.before
    body = [line for entry in entries for line in _lines(entry, form, shape.table, 0)]
    # Without a first field, nothing tells comments at the top from those at the end.
    lines = [*top, *body, *draft.tail] if body else ["{}", *top, *draft.tail]
    return "\n".join(lines) + "\n"


def _ordered(part: Part, known: Sequence[str]) -> list[Entry]:
    rank = {name: index for index, name in enumerate(known)}
    kept = (entry for entry in part.entries if entry.worth_writing)
    return sorted(kept, key=lambda entry: rank.get(entry.name, len(rank)))


def _lines(entry: Entry, form: Form, table: str, indent: int) -> list[str]:
    """The lines of one entry: its comments, then the field, or the list with its rows."""
    margin = " " * indent
    orphans = () if entry.value else entry.tail  # a list that lost its rows has no end to hang them on
    above = [margin + comment for comment in (*entry.before, *orphans, *entry.trailing[:-1])]
    return [*above, *_field_lines(entry, form, table, indent)]


def _field_lines(entry: Entry, form: Form, table: str, indent: int) -> list[str]:
    name = scalar(entry.name)
    if len(name) > _LONGEST_KEY:
        raise TextError("record/shape", f"a field name of {len(name)} characters cannot be written on one line")
    start = f"{' ' * indent}{name}:"
    beside = f"  {entry.trailing[-1]}" if entry.trailing else ""
    value = entry.value
    if not value:
        is_list = value == [] or (not indent and entry.name in form.shape.keys)
        return [start + (" []" if is_list else "") + beside]
    if isinstance(value, str):
        line = f"{start} {scalar(value, form.kinds.get(table, {}).get(entry.name))}"
        block = folded(value, indent + 2) if len(line) > WIDTH else []
        return [f"{start} >-{beside}", *block] if block else [line + beside]
    primary = form.shape.primary.get(entry.name, ())
    rows = sorted(value, key=lambda row: [row.text(name) for name in primary])
    lines = [line for row in rows for line in _row_lines(row, form, entry.name)]
    return [start + beside, *lines, *(f"  {comment}" for comment in entry.tail)]


def _row_lines(row: Part, form: Form, table: str) -> list[str]:
    """The lines of one row; what stands above its first field stands above its dash and belongs to the row."""
    entries = _ordered(row, form.shape.inner(table))
    comments = list(row.before)
    while entries:
        comments += [*entries[0].before, *entries[0].trailing[:-1]]
        if entries[0].value or entries[0].trailing:
            break
        del entries[0]  # an empty field that was kept for those comments only
    above = [f"  {comment}" for comment in comments]
    tail = [f"    {comment}" for comment in row.tail]
    if not entries:
        return [*above, "  - {}", *tail]
    head, *more = _field_lines(entries[0], form, table, 4)
    body = [line for entry in entries[1:] for line in _lines(entry, form, table, 4)]
    return [*above, f"  - {head[4:]}", *more, *body, *tail]
