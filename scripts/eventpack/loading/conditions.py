"""Conditions as somebody types them: `realis=occurred`, `between=2026-03-01,2026-03-05`, `source_id.kind!=unseen`.

After `=` or `!=` stand one value or several with commas between them, as in a line of CSV: quotes keep a comma, and an
empty one is a missing value.
"""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterable, Iterator

from eventpack.errors import EventpackError
from eventpack.finding import shorten
from eventpack.loading.celltext import value_text
from eventpack.loading.eventwords import COUNTS
from eventpack.loading.masks import Compared

_CONDITION = re.compile(r"([^=<>!]+)(!=|<=|>=|=|<|>)(.*)", re.DOTALL)


def read_conditions(texts: Iterable[str]) -> Iterator[tuple[str, object]]:
    """Words with what is wanted of them, as filters take them.

    Raises:
        EventpackError: A text is no condition.
    """
    for text in texts:
        match = _CONDITION.fullmatch(text)
        if match is None or not (word := match[1].strip()):
            fix = "write FIELD=VALUE, FIELD=VALUE,VALUE or FIELD>=VALUE; FIELD= is a missing value"
            raise EventpackError(f"`{shorten(text)}` is no condition", fix)
        yield word, _wanted(word, match[2], _values(text, match[3]))


def _wanted(word: str, sign: str, values: list[str | None]) -> object:
    if sign != "=":
        return Compared(sign, values)
    if word.rpartition(".")[2] in COUNTS and len(values) == 1:
        return int(values[0]) if values[0] and re.fullmatch(r"[0-9]{1,9}", values[0]) else values[0]
    return values


def _values(condition: str, text: str) -> list[str | None]:
    """The values of a condition; none for those that are empty."""
    try:
        rows = list(csv.reader([text.strip()], skipinitialspace=True, strict=True))
    except csv.Error:
        fix = 'close it, and write a quote inside quotes as ""'
        raise EventpackError(f"a quote in `{shorten(condition)}` is not closed", fix) from None
    return [value or None for value in ((rows and rows[0]) or [""])]


def write_conditions(words: Iterable[tuple[str, object]]) -> list[str] | None:
    """Words of a filter as somebody would type them; none when one holds what no text says, such as a frame."""
    texts = []
    for word, wanted in words:
        sign, value = (wanted.sign, wanted.value) if isinstance(wanted, Compared) else ("=", wanted)
        values = list(value) if isinstance(value, (list, tuple, set)) else [value]
        if not all(one is None or isinstance(one, (str, bool, int, float, datetime.date)) for one in values):
            return None
        texts.append(f"{word}{sign}{','.join(_typed(one) for one in values)}")
    return texts


def _typed(value: object) -> str:
    """A value of a condition, in quotes where it needs them: `<` and a value that begins with `=` are not `<=`."""
    text = value_text(value)
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if re.search(r'[,"\n\r]|^[\s=]|\s$', text) else text
