"""Two texts word by word: what stayed, what went and what came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

Mark = Literal["same", "gone", "come"]
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_SHORT, _LONGEST, _AROUND = 40, 20_000, 25


def is_long(old: str, new: str) -> bool:
    """Whether two texts are better compared by word than shown one after the other."""
    return bool(old and new) and max(len(old), len(new)) > _SHORT and " " in old and " " in new


def word_marks(old: str, new: str) -> Iterator[tuple[Mark, str]]:
    """The parts of two texts in order; parts that stayed are shortened to what is near a change."""
    if max(len(old), len(new)) > _LONGEST:  # comparing takes the square of their length
        yield from (("gone", old), ("come", new))
        return
    was, now = _WORDS.findall(old), _WORDS.findall(new)
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    for at, (kind, start, end, from_, to) in enumerate(blocks):
        if kind == "equal":
            yield "same", _shortened("".join(was[start:end]), at == 0, at == len(blocks) - 1)
            continue
        if start < end:
            yield "gone", "".join(was[start:end])
        if from_ < to:
            yield "come", "".join(now[from_:to])


def _shortened(text: str, first: bool, last: bool) -> str:
    if len(text) <= 2 * _AROUND + 10:
        return text
    head = "" if first else text[:_AROUND]
    tail = "" if last else text[-_AROUND:]
    return f"{head}…{tail}"
