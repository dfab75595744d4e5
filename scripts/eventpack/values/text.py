"""Strings and their formats."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from eventpack.values.kind import SqlType, ValueType

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://)?[^\s/<>\"{}|\\^`][^\s<>\"{}|\\^`]*")
_LOOSE_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://)?[^\s/]\S*")
_EMAIL = re.compile(r"[^\s@<>,;]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)++")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LOOSE_UUID = re.compile(_UUID.pattern, re.IGNORECASE | re.ASCII)
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")

_SQL = SqlType("TEXT", "{0} <> ''")  # missing is NULL, never the empty text


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(text)
        return text

    return parse


def _string(say: str, parse: Callable[[str], str], json_format: str = "") -> ValueType:
    schema = {"type": "string", "format": json_format} if json_format else {"type": "string"}
    return ValueType("string", say, parse, str, schema, _SQL, text=True, sized=True)


def _loose_binary(text: str) -> str:
    if not _BASE64.fullmatch("".join(text.split())):
        raise ValueError(text)
    return text


STRING = replace(_string("text", str), grammar="")
URI = replace(
    _string("a web address with its scheme, like https://example.org/report", _matching(_URI), "uri"),
    loose=_matching(_LOOSE_URI),
)
EMAIL = _string("an e-mail address", _matching(_EMAIL), "email")
UUID = replace(
    _string("a UUID in lower case", _matching(_UUID), "uuid"), grammar=_UUID.pattern,
    loose=_matching(_LOOSE_UUID),
)  # fmt: skip
BINARY = replace(_string("bytes in base64, without line breaks", _matching(_BASE64)), loose=_loose_binary)
ANY = replace(_string("text", str), name="any", sized=False)
