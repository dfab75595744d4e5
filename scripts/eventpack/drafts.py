"""A record file as something to edit: its fields and rows with the comments that hang on them.

YAML readers drop comments, so they are taken from the gaps between the scalars: in a gap, `#` always begins one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from eventpack.records import read_record
from eventpack.yamlnodes import compose

_BREAKS = "\n\x85\u2028\u2029"
_COMMENT = re.compile(f"#[^{_BREAKS}]*")
_BLOCK_HEADER = re.compile(f"[|>][-+0-9]*[ \t]+(#[^{_BREAKS}]*)")
_SEPARATOR = re.compile(r"\n[ \t]*(?=\n)|^---|\n---")


@dataclass(slots=True)
class Part:
    """A mapping, the record itself or a row: `before` are the comment lines above it, `tail` those at its end."""

    entries: list[Entry] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)

    def entry(self, name: str) -> Entry | None:
        """The entry of that name, or none."""
        return next((entry for entry in self.entries if entry.name == name), None)

    def text(self, name: str) -> str:
        """The text of a field, empty when it is missing."""
        entry = self.entry(name)
        return entry.value if entry and isinstance(entry.value, str) else ""


@dataclass(slots=True)
class Entry:
    """A field with its text, or a list of rows. `trailing` comments stand beside the value, `tail` ends a list."""

    name: str
    value: str | list[Part] = ""
    before: list[str] = field(default_factory=list)
    trailing: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)

    @property
    def worth_writing(self) -> bool:
        """Whether it holds anything; an empty field is kept where a comment hangs on it."""
        return bool(self.value or self.before or self.trailing or self.tail)


@dataclass(frozen=True, slots=True)
class _Stop:
    """A piece of text that is no gap: a key, a value, or the (empty) place where a row begins."""

    start: int
    end: int
    entry: Entry | None
    is_value: bool = False
    row: Part | None = None
    parent: Entry | None = None  # the list that the row stands in
    dash: int = 0  # the column of that list


def read_draft(text: str, path: str) -> Part:
    """The record as a draft; `before` holds the comments at the top of the file, `tail` those at its end.

    Raises:
        TextError: As `read_record`.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # YAML does the same, and the marks stay right
    read_record(text, path)  # refuses what the walk below does not expect
    node = compose(text)
    draft = Part()
    stops = list(_walk(node, draft, text))
    for last, following in zip([None, *stops], [*stops, None], strict=True):
        _place_gap(text, last, following, draft, node.start_mark.column)
    return draft


def _walk(node: Any, part: Part, text: str, parent: Entry | None = None, dash: int = 0) -> Iterator[_Stop]:
    row = part if parent else None
    for key, value in node.value:
        entry = Entry(key.value)
        part.entries.append(entry)
        yield _Stop(key.start_mark.index, key.end_mark.index, entry, False, row, parent, dash)
        if isinstance(value, yaml.ScalarNode):
            entry.value = value.value
            if value.style in ("|", ">") and (match := _BLOCK_HEADER.match(text, value.start_mark.index)):
                entry.trailing.append(_clean(match[1]))
            yield _Stop(value.start_mark.index, value.end_mark.index, entry, True, row, parent, dash)
        else:
            entry.value = []
            yield from _walk_rows(value, entry, entry.value, text)


def _walk_rows(node: Any, entry: Entry, rows: list[Part], text: str) -> Iterator[_Stop]:
    column = node.start_mark.column
    for item in node.value:
        row = Part()
        rows.append(row)
        start = item.start_mark.index
        yield _Stop(start, start, None, False, row, entry, column)
        yield from _walk(item, row, text, entry, column)


def _place_gap(text: str, last: _Stop | None, following: _Stop | None, draft: Part, margin: int) -> None:
    start = last.end if last else 0
    end = following.start if following else len(text)
    top = start
    if last is None and following:  # what a blank line parts from the first field belongs to the file
        top = max((match.end() for match in _SEPARATOR.finditer(text, 0, end)), default=0)
    level = 2
    for match in _COMMENT.finditer(text, start, end):
        comment = _clean(match[0])
        line = max(text.rfind(char, 0, match.start()) for char in _BREAKS) + 1
        lead = text[line : match.start()]
        if match.start() < top:
            draft.before.append(comment)
        elif last and lead.strip(" \t") and last.end > line:
            _place_beside(last, comment)
        else:
            level = min(level, _level(last, following, len(lead) if not lead.strip(" \t") else 0, margin))
            _place_line(last, following, level, draft).append(comment)


def _place_beside(last: _Stop, comment: str) -> None:
    if last.entry:
        last.entry.trailing.append(comment)
    elif last.row:
        last.row.before.append(comment)


def _level(last: _Stop | None, following: _Stop | None, column: int, margin: int) -> int:
    """Whether a comment line belongs to the row that ends (2), to the list that ends (1) or to what follows (0)."""
    if last is None or last.row is None:
        return 0
    if column > last.dash and (following is None or following.row is not last.row):
        return 2
    return int(column > margin and (following is None or following.parent is not last.parent))


def _place_line(last: _Stop | None, following: _Stop | None, level: int, draft: Part) -> list[str]:
    if level == 2 and last and last.row:
        return last.row.tail
    if level == 1 and last and last.parent:
        return last.parent.tail
    if following is None:
        return draft.tail
    if following.entry is None and following.row:
        return following.row.before
    assert following.entry is not None  # only rows begin without one
    return following.entry.before


def _clean(comment: str) -> str:
    return comment.rstrip(" \t")
