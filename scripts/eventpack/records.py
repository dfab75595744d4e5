"""Record files: one YAML file per record, read as text.

A record is a mapping of fields; a field that holds a list of mappings is a child table. YAML types nothing here:
each scalar stays the text that stands in the file, and the schema decides what it means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from eventpack.errors import TextError
from eventpack.plainrecord import Row, read_plain

# YAML counts these as line breaks and editors do not, so every line after one would be misnamed.
_FOREIGN_BREAK = re.compile("[\x85\u2028\u2029]")
_NULLS = ("~", "null", "Null", "NULL")


@dataclass(slots=True)
class Record:
    """One record file: its text, the fields of the record, and its child rows by table name.

    An empty cell is a field without a value, so it is there under its name.
    """

    path: str
    text: str
    row: Row
    children: dict[str, list[Row]] = field(default_factory=dict)

    def place(self, name: str, table: str = "", index: int = 0, *, key: bool = False) -> tuple[int, int]:
        """Line and column (from 1) of a value, or of its `key`; where the row begins when it lacks the field.

        `table` and `index` choose a child row; without them it is the record's own.
        """
        node = _root(self.text)
        if table:
            node = next(value for name, value in node.value if name.value == table).value[index]
        pairs = (pair for pair in node.value if pair[0].value == name)
        mark = next(pairs, (node, node))[0 if key else 1].start_mark
        return mark.line + 1, mark.column + 1


def read_record(text: str, path: str) -> Record:
    """A record from the text of its file.

    Raises:
        TextError: `record/yaml`, `record/empty`, `record/anchor`, `record/duplicate-key`, `record/null` or
            `record/shape`.
    """
    row, lists = read_plain(text) or read_yaml(text)
    return Record(path, text, row, lists)


@lru_cache(maxsize=4)
def _root(text: str) -> Any:
    from eventpack.yamlnodes import compose

    return compose(text)


def read_yaml(text: str) -> tuple[Row, dict[str, list[Row]]]:
    """The fields of a record and its lists of rows, from any YAML.

    Raises:
        TextError: As `read_record`.
    """
    from eventpack.yamlnodes import control_character, find_mark

    if match := _FOREIGN_BREAK.search(text):
        raise control_character(text, ord(match[0]))
    node = _root(text)
    if node is None or (node.id == "scalar" and not node.value):
        raise TextError("record/empty", "the file holds no record", fix="remove it, or write the record")
    if mark := find_mark(text):
        fix = "write the value out, as plain text"
        raise TextError("record/anchor", f"{mark[0]} is not allowed in a record", *mark[1], fix)
    row, lists = _read_row(node, nested=True)
    return row, {name: [_read_row(item, nested=False)[0] for item in items.value] for name, items in lists.items()}


def _read_row(node: Any, nested: bool) -> tuple[Row, dict[str, Any]]:
    if node.id != "mapping":
        raise _shape(node, "a mapping of fields is expected here")
    row: Row = {}
    lists: dict[str, Any] = {}
    for key, value in node.value:
        if key.id != "scalar":
            raise _shape(key, "a field name is expected here")
        name = key.value
        if name in row or name in lists:
            raise _fault("record/duplicate-key", key, f"`{name}` is given twice", "keep one of the two")
        if value.id == "scalar":
            if not value.style and value.value in _NULLS:
                raise _null(value)
            row[name] = value.value
        elif nested and value.id == "sequence":
            lists[name] = value
        else:
            wanted = "a list of rows" if nested else "text"
            raise _shape(value, f"`{name}` holds a {value.id}; {wanted} is expected")
    return row, lists


def _null(node: Any) -> TextError:
    what = f"`{node.value}` means missing to other readers of YAML, and text here"
    return _fault("record/null", node, what, "leave the value empty, or quote it", node.value)


def _shape(node: Any, what: str) -> TextError:
    return _fault("record/shape", node, what)


def _fault(code: str, node: Any, what: str, fix: str = "", found: str = "") -> TextError:
    return TextError(code, what, node.start_mark.line + 1, node.start_mark.column + 1, fix, found)
