"""JSON text: parsing that refuses duplicate keys, the position of a value, and the one way we write it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed leaves it out
from typing import Any

from eventpack.errors import TextError
from eventpack.files import position

Pointer = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t\r\n]*")
_TOKEN = re.compile(r'"|[{}\[\]:]|-?[A-Za-z]+')
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_MARGIN = re.compile(r"[{\[]\s*?\n([ \t]+)")
_DECODER = json.JSONDecoder()


def parse_json(text: str, family: str) -> Any:
    """The value of a JSON text; `family` prefixes the finding code.

    Raises:
        TextError: `<family>/json`, with line and column: malformed, a key twice, NaN or Infinity, half a character.
    """
    code, repeated = f"{family}/json", False

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        value = dict(items)
        repeated = repeated or len(value) < len(items)
        return value

    def constant(name: str) -> Any:
        at = next((start for start, token in _tokens(text) if token == name), 0)
        raise TextError(code, f"{name} is not JSON", *position(text, at), "write a number, or null")

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except json.JSONDecodeError as error:
        raise TextError(code, f"not JSON: {error.msg}", error.lineno, error.colno) from error
    except (RecursionError, ValueError) as error:
        raise TextError(code, f"not readable JSON: {error}") from error
    if repeated:
        key, at = _repeated_key(text)
        what = f"the key `{key}` stands twice in one object"
        raise TextError(code, what, *position(text, at), "keep one of the two")
    if half := _SURROGATE.search(text):
        _refuse_halves(value, code, position(text, half.start()))
    return value


def _refuse_halves(value: Any, code: str, place: tuple[int, int]) -> None:
    try:
        canonical_json(value)
    except UnicodeEncodeError:
        raise TextError(code, "an escape stands for half a character", *place, "write the character itself") from None


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    """Strings, words and signs of a JSON text that was parsed before, each with its offset."""
    at = 0
    while match := _TOKEN.search(text, at):
        at = match.start()
        if match[0] == '"':
            yield at, '"'
            at = scanstring(text, at + 1)[1]
        else:
            yield at, match[0]
            at = match.end()


def _repeated_key(text: str) -> tuple[str, int]:
    """The first key that its object holds already, and where it stands the second time."""
    objects: list[set[str]] = []
    last: tuple[str, int] = ("", 0)
    for at, token in _tokens(text):
        if token in "{[":
            objects.append(set())
        elif token in "}]":
            objects.pop()
        elif token == '"':
            last = (scanstring(text, at + 1)[0], at)
        elif token == ":":
            if last[0] in objects[-1]:
                return last
            objects[-1].add(last[0])
    return last


def json_position(text: str, pointer: Pointer) -> tuple[int, int]:
    """Line and column (from 1) of the value that a pointer leads to, or of the deepest value on the way there."""
    return position(text, _offset(text, pointer))


def key_position(text: str, pointer: Pointer) -> tuple[int, int]:
    """Line and column of the key (not the value) that a pointer's last step names."""
    at = _offset(text, pointer[:-1])
    return position(text, _parts(text, at)[0].get(str(pointer[-1]), at))


def item_offsets(text: str, pointer: Pointer) -> list[int]:
    """Where each item of the list that a pointer leads to begins, as offsets into the text."""
    return list(_parts(text, _offset(text, pointer))[1].values())


def append_items(text: str, name: str, items: Sequence[object]) -> str:
    """The text of an object with values added to its list `name`, which holds one or more; nothing else changes.

    They are indented, or written on one line, as the last value of the list is.
    """
    at = _parts(text, _skip(text, 0))[1][name]
    assert text[at] == "["
    start = _skip(text, at + 1)
    while text[behind := _skip(text, end := _DECODER.raw_decode(text, start)[1])] == ",":
        start = _skip(text, behind + 1)
    before = text[text.rfind("\n", 0, start) + 1 : start]
    margin = before[: _skip(before, 0)]
    newline = "\r\n" if "\r\n" in text else "\n"
    between = f"{newline}{margin}" if margin == before else " "
    added = (f",{between}{_like(text[start:end], margin, item, newline)}" for item in items)
    return text[:end] + "".join(added) + text[end:]


def replace_value(text: str, name: str, value: object) -> str:
    """The text of an object with another value under a key that it holds; nothing else changes."""
    at = _parts(text, _skip(text, 0))[1][name]
    end = _DECODER.raw_decode(text, at)[1]
    return text[:at] + json.dumps(value, ensure_ascii=False) + text[end:]


def insert_value(text: str, after: str, name: str, value: object) -> str:
    """The text of an object with a key added behind another one that it holds; nothing else changes."""
    keys, values = _parts(text, _skip(text, 0))
    end = _DECODER.raw_decode(text, values[after])[1]
    before = text[text.rfind("\n", 0, keys[after]) + 1 : keys[after]]
    newline = "\r\n" if "\r\n" in text else "\n"
    between = " " if before.strip() else f"{newline}{before}"
    return f"{text[:end]},{between}{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}{text[end:]}"


def _like(last: str, margin: str, item: object, newline: str) -> str:
    """A value as JSON text in the manner of another one, whose first line stands `margin` from the left."""
    if "\n" not in last:
        line = json.dumps(item, ensure_ascii=False)
        return f"{{ {line[1:-1]} }}" if last.startswith("{ ") and line.startswith("{") else line
    inner = _MARGIN.match(last)
    step = inner[1].removeprefix(margin) if inner else "  "
    return json.dumps(item, ensure_ascii=False, indent=step).replace("\n", newline + margin)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _offset(text: str, pointer: Pointer) -> int:
    """Where the value that a pointer leads to begins, or the deepest value on the way there."""
    at = _skip(text, 0)
    for step in pointer:
        if (found := _parts(text, at)[1].get(step)) is None:
            break
        at = found
    return at


@lru_cache(maxsize=16)
def _parts(text: str, at: int) -> tuple[Mapping[str, int], Mapping[str | int, int]]:
    """Where the keys of the object at an offset begin, and its values or those of a list, by their steps.

    They are kept, since many places in one document are asked for.
    """
    keys: dict[str, int] = {}
    values: dict[str | int, int] = {}
    close = {"{": "}", "[": "]"}.get(text[at : at + 1])
    if close is None:
        return keys, values
    at = _skip(text, at + 1)
    while text[at] != close:
        if close == "}":
            key, behind = scanstring(text, at + 1)
            keys[key], at = at, _skip(text, _skip(text, behind) + 1)  # over the colon
            values[key] = at
        else:
            values[len(values)] = at
        at = _skip(text, _DECODER.raw_decode(text, at)[1])
        at = _skip(text, at + 1) if text[at] == "," else at
    return keys, values


def json_bytes(value: object) -> bytes:
    """A value as the JSON file we write: two spaces, keys in the given order, UTF-8, one final newline."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def compact_json(value: object) -> bytes:
    """A value on one line, keys in the given order, UTF-8, without newline."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


def canonical_json(value: object) -> bytes:
    """A value as the bytes that digests are made of: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
