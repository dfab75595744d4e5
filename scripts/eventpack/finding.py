"""What is wrong with data, as a value: where it is, which rule it breaks, why, and how to mend it."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from eventpack import limits

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


class Tally:
    """How many findings of each code stand in each table, or file; beyond the first ones they are only counted."""

    def __init__(self, most: int = limits.FINDINGS) -> None:
        self._most = most
        self._made: Counter[tuple[str, str]] = Counter()
        self._listed: Counter[tuple[str, str]] = Counter()
        self._hidden: Counter[tuple[str, str]] = Counter()
        self._last: dict[tuple[str, str], Finding] = {}
        self.cut = False  # whether rows that are surely wrong were left out

    def takes(self, code: str, table: str) -> bool:
        """Whether one more finding is to be made; if not, it is counted. Only those that may be many need to ask."""
        self._made[code, table] += 1
        if self._made[code, table] <= self._most:
            return True
        self._hidden[code, table] += 1
        return False

    def listed(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The first findings of each code and table, none of them longer than can be read."""
        for finding in findings:
            key = finding.code, finding.where.table or finding.where.path
            self._listed[key] += 1
            if self._listed[key] > self._most:
                self._hidden[key] += 1
                continue
            self._last[key] = finding
            yield finding if len(finding.what) + len(finding.found) + len(finding.fix) <= limits.SAID else _cut(finding)

    @property
    def full(self) -> bool:
        """Whether so many are hidden that it is no use to count on."""
        return self._hidden.total() > limits.COUNTED

    def rest(self) -> Iterator[Finding]:
        """One finding for each code and table of which more were counted than listed."""
        for key, count in self._hidden.items():
            if (last := self._last.get(key)) is not None:
                where = Location(last.where.path, table=last.where.table)
                what = f"{count} more findings of this code are not listed"
                what = f"at least {what}; with so many, not all rows were looked at" if self.full or self.cut else what
                yield Finding(last.code, where, what, fix="mend those that are listed first", severity=last.severity)


def _cut(finding: Finding) -> Finding:
    what, found, fix = (shorten(text, limits.SAID) for text in (finding.what, finding.found, finding.fix))
    return replace(finding, what=what, found=found, fix=fix)


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
