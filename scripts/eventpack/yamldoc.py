"""YAML documents that mean what JSON could say: descriptors and schemas, with the position of every value."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from eventpack.errors import TextError
from eventpack.jsontext import Pointer

SUFFIXES = (".yaml", ".yml")
# The core schema of YAML 1.2, without its other ways to write numbers.
_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER = re.compile(r"[-+]?[0-9]{1,300}")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def parse_yaml(text: str, family: str) -> Any:
    """The value of a YAML text, as JSON would have it; `family` prefixes the finding code.

    Raises:
        TextError: `<family>/yaml`, with line and column: malformed, a key twice, a tag, an anchor or an alias.
    """
    try:
        root = _root(text)
        from eventpack.yamlnodes import find_mark  # imported by now

        if mark := find_mark(text):
            fix = "write the value out, as plain text"
            raise TextError(f"{family}/yaml", f"{mark[0]} is not supported", *mark[1], fix)
        return _value(root, family) if root is not None else None
    except TextError as error:
        if error.code.startswith("record/"):
            what = error.what.replace("a record is a mapping with lists of rows", "write it flatter")
            raise TextError(f"{family}/yaml", what, error.line, error.column, error.fix, error.found) from error
        raise


@lru_cache(maxsize=4)
def _root(text: str) -> Any:
    from eventpack.yamlnodes import compose  # PyYAML: 7 ms, and most packages are in JSON

    return compose(text)


def _fault(node: Any, family: str, what: str, fix: str) -> TextError:
    return TextError(f"{family}/yaml", what, *_place(node), fix)


def _value(node: Any, family: str) -> Any:
    if node.id == "scalar":
        return node.value if node.style else _plain(node.value)
    if node.id == "sequence":
        return [_value(item, family) for item in node.value]
    held: dict[str, Any] = {}
    for key, value in node.value:
        if key.id != "scalar":
            raise _fault(key, family, "a key must be text", "write it as plain text")
        if key.value in held:
            raise _fault(key, family, f"the key `{key.value}` stands twice in one object", "keep one of the two")
        held[key.value] = _value(value, family)
    return held


def _plain(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text


def _place(node: Any) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def yaml_position(text: str, pointer: Pointer, key: bool = False) -> tuple[int, int]:
    """Line and column (from 1) of the value that a pointer leads to, or of the deepest value on the way there.

    With `key` it is that of the key which the pointer's last step names.
    """
    node = _root(text)
    if node is None:
        return 1, 1
    for depth, step in enumerate(pointer):
        if isinstance(step, int):
            found = node.value[step] if node.id == "sequence" and step < len(node.value) else None
        else:
            pairs = node.value if node.id == "mapping" else ()
            name, found = next(((k, v) for k, v in pairs if k.value == step), (None, None))
            if key and name is not None and depth == len(pointer) - 1:
                return _place(name)
        if found is None:
            break
        node = found
    return _place(node)
