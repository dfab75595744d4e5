"""JSON text: parsing that refuses duplicate keys, the position of a value, and the one way we write it."""

from __future__ import annotations

import json
import re
from json.decoder import scanstring
from typing import Any

from eventpack.errors import TextError
from eventpack.files import position

Pointer = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def parse_json(text: str, family: str) -> Any:
    """The value of a JSON text; `family` prefixes the finding code.

    Raises:
        TextError: `<family>/json`, with line and column: malformed, a key given twice, NaN or Infinity.
    """
    repeated: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(items)
        if len(value) < len(items):
            keys = [key for key, _ in items]
            repeated.append(next(key for key in keys if keys.count(key) > 1))
        return value

    def constant(name: str) -> Any:
        raise TextError(f"{family}/json", f"{name} is not JSON", *position(text, text.find(name)))

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except json.JSONDecodeError as error:
        raise TextError(f"{family}/json", f"not JSON: {error.msg}", error.lineno, error.colno) from error
    except (RecursionError, ValueError) as error:
        raise TextError(f"{family}/json", f"not readable JSON: {error}") from error
    if repeated:
        second = [m.start() for m in re.finditer(re.escape(json.dumps(repeated[0])) + r"\s*:", text)][-1]
        raise TextError(
            f"{family}/json", f"the key `{repeated[0]}` stands twice in one object", *position(text, second),
            fix="keep one of the two",
        )  # fmt: skip
    return value


def json_position(text: str, pointer: Pointer) -> tuple[int, int]:
    """Line and column (from 1) of the value that a pointer leads to, or of the deepest value on the way there."""
    at = _skip(text, 0)
    for step in pointer:
        found = _member(text, at, step) if isinstance(step, str) else _item(text, at, step)
        if found is None:
            break
        at = found
    return position(text, at)


def key_position(text: str, pointer: Pointer) -> tuple[int, int]:
    """Line and column of the key (not the value) that a pointer's last step names."""
    at = _skip(text, 0)
    for step in pointer[:-1]:
        found = _member(text, at, step) if isinstance(step, str) else _item(text, at, step)
        at = at if found is None else found
    found = _member(text, at, str(pointer[-1]), key=True)
    return position(text, at if found is None else found)


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _member(text: str, at: int, name: str, key: bool = False) -> int | None:
    if text[at : at + 1] != "{":
        return None
    at = _skip(text, at + 1)
    while text[at] == '"':
        start = at
        found, at = scanstring(text, at + 1)
        at = _skip(text, _skip(text, at) + 1)  # over the colon
        if found == name:
            return start if key else at
        at = _skip(text, _DECODER.raw_decode(text, at)[1])
        if text[at] != ",":
            return None
        at = _skip(text, at + 1)
    return None


def _item(text: str, at: int, index: int) -> int | None:
    if text[at : at + 1] != "[":
        return None
    at = _skip(text, at + 1)
    for _ in range(index):
        if text[at] == "]":
            return None
        at = _skip(text, _skip(text, _DECODER.raw_decode(text, at)[1]) + 1)  # over the comma
    return at


def json_bytes(value: object) -> bytes:
    """A value as the JSON file we write: two spaces, keys in the given order, UTF-8, one final newline."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def canonical_json(value: object) -> bytes:
    """A value as the bytes that digests are made of: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
