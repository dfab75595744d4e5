"""Record files: one YAML file per record, read as text with the position of every value.

A record is a mapping of fields; a field that holds a list of mappings is a child table. YAML types nothing here:
each scalar stays the text that stands in the file, and the schema decides what it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from eventpack.errors import TextError
from eventpack.files import position

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# A cheap look before the slow one: anchors, aliases and tags all begin a token with one of these.
_MAYBE_MARKED = re.compile(r"(?:^|[\s\[{,:-])[&*!]|<<\s*:", re.MULTILINE)
# libyaml's composer recurses without a limit: some ten thousand levels end the process, so they never reach it.
_MAYBE_DEEP = re.compile(r"[-?: \t]{200}")
_DEEPEST = 20
# YAML counts these as line breaks and editors do not, so every line after one would be misnamed.
_FOREIGN_BREAK = re.compile("[\x85\u2028\u2029]")
_NULLS = ("~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of one value and where it begins (from 1)."""

    text: str
    line: int
    column: int


@dataclass(slots=True)
class Row:
    """The cells of one mapping in file order, the positions of its keys, and where it begins."""

    line: int
    column: int
    cells: dict[str, Cell] = field(default_factory=dict)
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The text of a cell, empty when it is missing."""
        cell = self.cells.get(name)
        return cell.text if cell else ""


@dataclass(slots=True)
class Record:
    """One record file: the fields of the record and its child rows by table name."""

    path: str
    row: Row
    children: dict[str, list[Row]] = field(default_factory=dict)


def read_record(text: str, path: str) -> Record:
    """A record from the text of its file.

    Raises:
        TextError: `record/yaml`, `record/empty`, `record/anchor`, `record/duplicate-key`, `record/null` or
            `record/shape`.
    """
    if match := _FOREIGN_BREAK.search(text):
        raise _control_character(text, ord(match[0]))
    node = compose(text)
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        raise TextError("record/empty", "the file holds no record", fix="remove it, or write the record")
    if _MAYBE_MARKED.search(text):
        _refuse_marks(text)
    row, lists = _read_row(node, nested=True)
    record = Record(path, row)
    for name, items in lists.items():
        record.children[name] = [_read_row(item, nested=False)[0] for item in items.value]
    return record


def compose(text: str) -> Any:
    """The root node of a YAML text, none when it is empty; scalars are text, whatever they look like.

    Raises:
        TextError: `record/yaml`, or `record/shape` when it is nested too deeply.
    """
    try:
        if text.count("[") + text.count("{") > 200 or _MAYBE_DEEP.search(text):
            _refuse_depth(text)
        return yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise _yaml_error(error, text) from error
    except yaml.reader.ReaderError as error:
        raise _control_character(text, error.character) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise TextError("record/yaml", f"not readable YAML: {' '.join(str(error).split())}") from error


def _yaml_error(error: yaml.MarkedYAMLError, text: str) -> TextError:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = error.problem or error.context or "malformed"
    fix = "indent with spaces" if "\t" in text else "quote the value if it holds `: `, ` #` or begins with a sign"
    return TextError("record/yaml", f"not readable YAML: {problem}", line, column, fix)


def _control_character(text: str, character: int) -> TextError:
    line, column = position(text, max(0, text.find(chr(character))))
    what = f"not readable YAML: the character U+{character:04X} is not allowed"
    return TextError("record/yaml", what, line, column, "remove it, or write it as an escape in double quotes")


def _events(text: str) -> Iterator[Any]:
    return yaml.parse(text, Loader=_LOADER)


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in _events(text):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            line, column = event.start_mark.line + 1, event.start_mark.column + 1
            raise TextError(
                "record/shape", "the nesting is too deep; a record is a mapping with lists of rows", line, column
            )


def _refuse_marks(text: str) -> None:
    for event in _events(text):
        what = ""
        if isinstance(event, yaml.AliasEvent):
            what = f"the alias *{event.anchor}"
        elif getattr(event, "anchor", None):
            what = f"the anchor &{event.anchor}"
        elif getattr(event, "tag", None):
            what = f"the tag {event.tag}"
        if what:
            raise TextError(
                "record/anchor", f"{what} is not allowed in a record", event.start_mark.line + 1,
                event.start_mark.column + 1, "write the value out, as plain text",
            )  # fmt: skip


def _read_row(node: Any, nested: bool) -> tuple[Row, dict[str, Any]]:
    if not isinstance(node, yaml.MappingNode):
        raise _shape(node, "a mapping of fields is expected here")
    row = Row(node.start_mark.line + 1, node.start_mark.column + 1)
    lists: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _shape(key, "a field name is expected here")
        name, line, column = key.value, key.start_mark.line + 1, key.start_mark.column + 1
        if name in row.keys:
            raise TextError("record/duplicate-key", f"`{name}` is given twice", line, column, "keep one of the two")
        row.keys[name] = (line, column)
        if isinstance(value, yaml.ScalarNode):
            if not value.style and value.value in _NULLS:
                raise _null(value)
            row.cells[name] = Cell(value.value, value.start_mark.line + 1, value.start_mark.column + 1)
        elif nested and isinstance(value, yaml.SequenceNode):
            lists[name] = value
        else:
            raise _shape(
                value, f"`{name}` holds a {value.id}; " + ("a list of rows" if nested else "text") + " is expected"
            )
    return row, lists


def _null(node: Any) -> TextError:
    what = f"`{node.value}` means missing to other readers of YAML, and text here"
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    return TextError("record/null", what, line, column, "leave the value empty, or quote it", node.value)


def _shape(node: Any, what: str) -> TextError:
    return TextError("record/shape", what, node.start_mark.line + 1, node.start_mark.column + 1)
