"""Booleans: `true` and `false`, or the texts that a field gives instead."""

from __future__ import annotations

from collections.abc import Sequence

from eventpack.values.kind import TEXT_IN_SQL, SqlType, ValueType

_TRUE, _FALSE = ("true", "True", "TRUE", "1"), ("false", "False", "FALSE", "0")
_LOOSE = {**dict.fromkeys(_TRUE, True), **dict.fromkeys(_FALSE, False)}


def _parse(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _loose(text: str) -> bool:
    if text not in _LOOSE:
        raise ValueError(text)
    return _LOOSE[text]


def _format(value: bool) -> str:
    return "true" if value else "false"


# SQLite knows no booleans: there the two words are text.
BOOLEAN = ValueType(
    "boolean", "true or false", _parse, _format, {"type": "boolean"}, SqlType("BOOLEAN", "{0} IN ('true', 'false')"),
    loose=_loose, grammar="true|false",
)  # fmt: skip


def worded_boolean(true: Sequence[str] | None, false: Sequence[str] | None) -> ValueType:
    """Booleans in a field's `trueValues` and `falseValues`; where one is not given, the standard's words count."""
    words = {**dict.fromkeys(_TRUE if true is None else true, True), **dict.fromkeys(false or (), False)}
    words |= dict.fromkeys(_FALSE, False) if false is None else {}
    shown = {value: word for word, value in reversed(words.items())}

    def parse(text: str) -> bool:
        if text not in words:
            raise ValueError(text)
        return words[text]

    def write(value: bool) -> str:
        return shown.get(value, _format(value))

    listed = ", ".join(f"`{word}`" for word in words)
    return ValueType("boolean", f"one of {listed}", parse, write, {"type": ["string", "boolean"]}, TEXT_IN_SQL)


def words_in_both(true: Sequence[str] | None, false: Sequence[str] | None) -> set[str]:
    """Words that would be true as well as false."""
    return set(_TRUE if true is None else true) & set(_FALSE if false is None else false)
