"""What is wrong with data, as a value: where it is, which rule it breaks, why, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]

# Beyond these, to look for what was meant costs more than the hint is worth.
_MOST_CANDIDATES = 2_000
_LONGEST_WORD = 100
_MOST_HINTS = 20


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file of the package.

    `line` and `column` count from 1, in characters of the physical file; 0 means the file as a whole.
    `row` counts data rows of `table` from 1; 0 means none in particular.
    """

    path: str
    line: int = 0
    column: int = 0
    table: str = ""
    row: int = 0
    field: str = ""
    record_id: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or doubt. `what` stands alone in one line; `why` and `fix` are given where they add something.

    In a report on changes, a `consequence` stands in what is untouched, and a change elsewhere made it invalid.
    """

    code: str
    where: Location
    what: str
    found: str = ""
    why: str = ""
    fix: str = ""
    severity: Severity = "error"
    consequence: bool = False

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes it the same finding in another state of the data: not its lines, which move, nor our words."""
        where = self.where
        return self.code, where.path, where.table, where.record_id, where.field, self.found

    def to_json(self) -> dict[str, str | int]:
        """The finding as the documented JSON object (`docs/guide/findings.md`)."""
        where = self.where
        return {
            "code": self.code, "severity": self.severity, "path": where.path, "line": where.line,
            "column": where.column, "table": where.table, "row": where.row, "field": where.field,
            "record_id": where.record_id, "what": self.what, "found": self.found, "why": self.why, "fix": self.fix,
            "consequence": self.consequence,
        }  # fmt: skip


def near_miss(word: str, words: Iterable[str]) -> str:
    """The word of `words` that was probably meant, as "; did you mean `licenses`?", or nothing.

    Long words are not looked up, and among thousands only one that differs in case is found.
    """
    if len(word) > _LONGEST_WORD:
        return ""
    words = list(words)
    folded = {candidate.casefold(): candidate for candidate in words}
    match = folded.get(word.casefold(), "")
    if not match and len(words) <= _MOST_CANDIDATES:
        match = next(iter(difflib.get_close_matches(word, words, 1, 0.6)), "")
    return f"; did you mean `{match}`?" if match and match != word else ""


def near_misses(words: Iterable[str]) -> Callable[[str], str]:
    """`near_miss` among the same words for many: each is looked up once, and only the first few are."""
    known: list[str] = []
    said: dict[str, str] = {}

    def meant(word: str) -> str:
        if word not in said and len(said) < _MOST_HINTS:
            if not said:
                known.extend(sorted(set(words)))
            said[word] = near_miss(word, known)
        return said.get(word, "")

    return meant


def shorten(text: str, limit: int = 60) -> str:
    """Text for a message: one line, at most `limit` characters."""
    flat = text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def visible(text: str) -> str:
    """Text from a file as one line for a terminal: what does not print, or would steer the terminal, as an escape."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
