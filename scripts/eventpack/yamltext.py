"""How a text is written as a YAML scalar so that every reader gets the same text back.

YAML 1.1 and 1.2 resolve plain scalars differently (`no`, `0o7`, `1:30`, `2026-03-01`); what either of them would take
for something else than text is quoted, unless the field's type means just that.
"""

from __future__ import annotations

import re
import textwrap

from eventpack.values import ValueType

WIDTH = 96

_RESOLVED = re.compile(
    r"""
    y|n|yes|no|on|off|true|false|null|~|=|<<
    |[-+]?\.inf|\.nan
    |[-+]?(0b[01_]+|0o[0-7_]+|0x[0-9a-f_]+)
    |[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?            # base 60
    |[-+]?(\.[0-9._]*|[0-9][0-9_]*(\.[0-9._]*)?)(e[-+]?[0-9]+)?
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t ][ 0-9:.z+-]*)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Line breaks of YAML 1.1 (NEL, LS, PS), controls and the byte order mark are shown as escapes, never as themselves.
_INVISIBLE = "\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
_NOT_ONE_LINE = re.compile(f"[{_INVISIBLE}]|^ | $")
_NOT_FOLDED = re.compile(f"[{_INVISIBLE}]|^ | $|  ")
_NOT_PLAIN = re.compile(r"""^[,\[\]{}\#&*!|>'"%@`?:]|^-(?![0-9A-Za-z.])|:(?=\s|$)|\s\#""")
_TO_ESCAPE = re.compile(f'[{_INVISIBLE}"\\\\]')
_SHORT = {"\0": "\\0", "\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def scalar(text: str, kind: ValueType | None = None) -> str:
    """A text on one line: plain where that is safe, else in double quotes; `kind` is the type of its field."""
    if not text or _NOT_ONE_LINE.search(text) or _NOT_PLAIN.search(text):
        return _quote(text)
    return _quote(text) if _RESOLVED.fullmatch(text) and not _means_it(text, kind) else text


def _means_it(text: str, kind: ValueType | None) -> bool:
    """Whether a text that is no string for YAML is no string for its field either."""
    if kind is None or kind.text:
        return False
    try:
        kind.parse(text)
    except ValueError:
        return False
    return True


def folded(text: str, indent: int) -> list[str]:
    """The lines of a folded block (`>-`) that holds a text, or none where folding would not give the text back."""
    if " " not in text or _NOT_FOLDED.search(text):
        return []
    margin = " " * indent
    width = max(1, WIDTH - indent)
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    return [margin + line for line in lines] if " ".join(lines) == text else []


def _quote(text: str) -> str:
    return '"' + _TO_ESCAPE.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    return _SHORT.get(char) or (f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}")
