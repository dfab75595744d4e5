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


def _string(say: str, pattern: re.Pattern[str], json_format: str) -> ValueType:
    schema = {"type": "string", "format": json_format}
    return ValueType("string", say, _matching(pattern), str, schema, _SQL, pattern.pattern, text=True)


STRING = ValueType("string", "text", str, str, {"type": "string"}, _SQL, "", text=True)
URI = _string("a web address with its scheme, like https://example.org/report", _URI, "uri")
EMAIL = _string("an e-mail address", _EMAIL, "email")
UUID = _string("a UUID in lower case", _UUID, "uuid")
