"""Strings and their formats."""

from __future__ import annotations

import re
from collections.abc import Callable

from eventpack.values.kind import SqlType, ValueType

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://)?[^\s/<>\"{}|\\^`][^\s<>\"{}|\\^`]*")
_EMAIL = re.compile(r"[^\s@<>,;]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_SQL = SqlType("TEXT", "{0} <> ''")  # missing is NULL, never the empty text


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(text)
        return text

    return parse


def _string(say: str, parse: Callable[[str], str], json_format: str = "") -> ValueType:
    schema = {"type": "string", "format": json_format} if json_format else {"type": "string"}
    return ValueType("string", say, parse, str, schema, _SQL, text=True)


STRING = _string("text", str)
URI = _string("a web address with its scheme, like https://example.org/report", _matching(_URI), "uri")
EMAIL = _string("an e-mail address", _matching(_EMAIL), "email")
UUID = _string("a UUID in lower case", _matching(_UUID), "uuid")
