"""What a service answered, taken apart with nothing taken for granted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar, cast

from eventpack.finding import shorten, visible

T = TypeVar("T")
Answer = Mapping[str, object]


def part(answer: object, *keys: str) -> Answer:
    """The object below some keys; empty when there is none."""
    for key in keys:
        answer = answer.get(key) if isinstance(answer, Mapping) else None
    return cast("Answer", answer) if isinstance(answer, Mapping) else {}


def value(answer: object, key: str, default: T) -> T:
    """The value under a key, when it is of the type of the default; else the default."""
    found = answer.get(key) if isinstance(answer, Mapping) else None
    wanted = (int, float) if isinstance(default, int) and not isinstance(default, bool) else (type(default),)
    if isinstance(found, bool) and not isinstance(default, bool):
        return default
    if isinstance(found, float) and isinstance(default, int) and not found.is_integer():  # nor is an infinite one
        return default
    return type(default)(found) if isinstance(found, wanted) else default  # type: ignore[call-arg]


def items(answer: object, *keys: str) -> list[Answer]:
    """The objects of the list below some keys; the answer itself may be that list."""
    if keys:
        above = part(answer, *keys[:-1])
        answer = above.get(keys[-1])
    return [each for each in answer if isinstance(each, Mapping)] if isinstance(answer, list) else []


def said(answer: object) -> str:
    """What an answer says is wrong, on one line; empty when it says nothing."""
    words = [value(answer, "message", "")]
    for error in items(answer, "errors"):
        told = error.get("messages")
        why = ", ".join(map(str, told)) if isinstance(told, list) else value(error, "message", "")
        words.append(f"{value(error, 'field', '')}: {why or value(error, 'code', '')}".strip(": "))
    return shorten(visible("; ".join(word for word in words if word)), 300)
