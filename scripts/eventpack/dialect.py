"""How a descriptor says that a table is written: dialects of the standard's versions 1 and 2, and names of files."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from eventpack.finding import Severity, near_miss
from eventpack.frozen import Frozen
from eventpack.model import NAME_V1


class Dialect(Frozen):
    """How rows are cut into cells, which of them are the header, and which are no data.

    Rows are counted from 1 as they stand in the file, comments and blank ones too. An empty `quote`, `escape` or
    `comment_char` is none. `inside` and `item_keys` are for tables written in JSON: the property that holds the
    rows, and the keys that are columns.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    double_quote: bool = True
    skip_initial_space: bool = False
    null_sequence: str | None = None
    header: bool = True
    header_rows: tuple[int, ...] = (1,)
    header_join: str = " "
    ignore_case: bool = False
    comment_char: str = ""
    comment_rows: frozenset[int] = frozenset()
    skip_blank_rows: bool = False
    inside: str = ""
    item_keys: tuple[str, ...] = ()

    @property
    def content_from(self) -> int:
        """The first row that may hold data."""
        return self.header_rows[-1] + 1 if self.header and self.header_rows else 1


class Refusal(Frozen):
    """A property of a dialect that cannot be used, or that nobody knows (a warning); `steps` lead to it."""

    steps: tuple[str, ...]
    what: str
    found: str = ""
    severity: Severity = "error"


FORMS: Mapping[str, str] = {"csv": "csv", "tsv": "tsv", "json": "json", "jsonl": "jsonl", "ndjson": "jsonl"}
MEDIATYPES: Mapping[str, str] = {
    "text/csv": "csv", "text/tab-separated-values": "tsv", "application/json": "json", "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
}  # fmt: skip
PACKINGS: Mapping[str, str] = {"gz": "gz", "gzip": "gz", "zip": "zip"}

# Encodings of Python for names of hosts and for its own source code; no file of data is written in one.
_NO_TEXT = (
    "idna",
    "punycode",
    "undefined",
    "unicode-escape",
    "unicode_escape",
    "raw-unicode-escape",
    "raw_unicode_escape",
)
_ADDRESS_TAIL = re.compile(r"[?#].*", re.DOTALL)  # query and fragment

# The check of a value: what it must be, or nothing.
_Check = Callable[[Any], str]


def _text(value: Any) -> str:
    return "" if isinstance(value, str) else "text"


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "true or false"


def _character(value: Any) -> str:
    return "" if isinstance(value, str) and len(value) == 1 and value not in "\r\n" else "one character"


def _perhaps_character(value: Any) -> str:
    return "" if value in ("", None) else _character(value)


def _break(value: Any) -> str:
    return "" if value in ("\n", "\r\n", "\r") else "LF, CRLF or CR"


def _rows(value: Any) -> str:
    whole = isinstance(value, list) and all(type(row) is int and row > 0 for row in value)
    return "" if whole and value == sorted(set(value)) else "a list of row numbers from 1, each once and in order"


def _names(value: Any) -> str:
    return (
        "" if isinstance(value, list) and value and all(isinstance(item, str) for item in value) else "a list of keys"
    )


def _header_rows(value: Any) -> str:
    return _rows(value) if value else "a list of row numbers from 1"


def _name(value: Any) -> str:
    return (
        ""
        if isinstance(value, str) and NAME_V1.fullmatch(value)
        else "a name of lower case letters, digits and . _ - /"
    )


def _version(value: Any) -> str:
    return "" if isinstance(value, (str, int, float)) else "a number"


# Properties by their names in either version: what attribute they become (empty: none), and their check.
_PROPERTIES: Mapping[str, tuple[str, _Check]] = {
    "delimiter": ("delimiter", _character),
    "quoteChar": ("quote", _perhaps_character),
    "escapeChar": ("escape", _perhaps_character),
    "doubleQuote": ("double_quote", _flag),
    "skipInitialSpace": ("skip_initial_space", _flag),
    "nullSequence": ("null_sequence", _text),
    "header": ("header", _flag),
    "headerRows": ("header_rows", _header_rows),
    "headerJoin": ("header_join", _text),
    "headerCase": ("ignore_case", _flag),
    "caseSensitiveHeader": ("ignore_case", _flag),
    "commentChar": ("comment_char", lambda value: "" if value == "" else _character(value)),
    "commentRows": ("comment_rows", _rows),
    "skipBlankRows": ("skip_blank_rows", _flag),
    "property": ("inside", _text),
    "itemKeys": ("item_keys", _names),
    "keys": ("item_keys", _names),
    # every line break is read, rows of JSON say themselves what they are
    "lineTerminator": ("", _break),
    "itemType": ("", lambda value: "" if value in ("array", "object") else "array or object"),
    "keyed": ("", _flag),
    "type": ("", lambda value: "" if value in ("delimited", "structured") else "delimited or structured"),
    "name": ("", _name),
    "csvddfVersion": ("", _version),
    **dict.fromkeys(("$schema", "title", "description"), ("", _text)),
}
_NESTED = ("csv", "json")
# What the standard and frictionless know and we do not read.
_UNSUPPORTED = ("sheetNumber", "sheetName", "table", "excel", "ods", "sql", "html", "gsheets", "multipart", "remote")
_NEGATED = ("headerCase", "caseSensitiveHeader")
_KINDS: Mapping[str, Callable[[Any], Any]] = {"header_rows": tuple, "comment_rows": frozenset, "item_keys": tuple}


def read_dialect(given: Mapping[str, Any], form: str = "csv") -> tuple[Dialect, list[Refusal]]:
    """A dialect from its JSON object, flat or nested as `{"csv": {…}}`, and what of it cannot be used.

    `form` is the format of the table: in `tsv` cells are separated by tabs unless the dialect says otherwise.
    """
    values: dict[str, Any] = {"delimiter": "\t"} if form == "tsv" else {}
    refusals = list(_read(given, (), values))
    if values.get("escape") and values.get("escape") == values.get("quote", '"'):
        values.update(escape="", double_quote=True)
    dialect = Dialect(**values)
    if dialect.delimiter in (dialect.quote, dialect.escape):
        refusals.append(Refusal(("delimiter",), "the delimiter is also the quote or escape character"))
    return dialect, refusals


def _read(given: Mapping[str, Any], steps: tuple[str, ...], values: dict[str, Any]) -> Iterator[Refusal]:
    for name, value in given.items():
        here = (*steps, name)
        if name in _NESTED and isinstance(value, dict) and not steps:
            yield from _read(value, here, values)
        elif name in _UNSUPPORTED:
            yield Refusal(here, f"the dialect `{name}` is not supported", str(value))
        elif name not in _PROPERTIES:
            hint = near_miss(name, _PROPERTIES)
            yield Refusal(here, f"`{name}` is not a property of a dialect{hint}", name, "warning")
        else:
            attribute, check = _PROPERTIES[name]
            if problem := check(value):
                shown = value if not isinstance(value, str) else repr(value)[1:-1]
                yield Refusal(here, f"the dialect `{name}: {shown}` is not supported; it must be {problem}", str(value))
            elif attribute:
                meant = "" if value is None else not value if name in _NEGATED else value
                values[attribute] = _KINDS.get(attribute, lambda same: same)(meant)


def split_name(path: str, compression: str, inner: str) -> tuple[str, str]:
    """The kind of compression (`gz`, `zip`, or what cannot be read) and the format that the name of a file tells."""
    name = PurePosixPath(_ADDRESS_TAIL.sub("", path) if "://" in path else path)
    kind = "" if compression == "no" else compression.lower()
    if name.suffix.lower() in (".gz", ".zip"):
        kind, name = kind or name.suffix[1:].lower(), name.with_suffix("")
    inside = PurePosixPath(inner) if inner else name
    return PACKINGS.get(kind, kind), inside.suffix[1:].lower()


def encoding_problem(name: str) -> str:
    """Why text cannot be in an encoding of that name, or nothing."""
    try:
        known = codecs.lookup(name)
        fits = known._is_text_encoding and known.name not in _NO_TEXT  # the first is what `bytes.decode` asks, too
        return "" if fits else "is no encoding of text"
    except (LookupError, ValueError):
        return "is not known"
