"""The ledger, `data/verification.json`: what became of each claim's passage, with which version of the tool, when."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal, get_args

from eventpack import limits
from eventpack.descriptor import LEDGER
from eventpack.document import Document
from eventpack.errors import TextError
from eventpack.files import decode
from eventpack.finding import Finding, Location
from eventpack.jsontext import parse_json
from eventpack.model import Model, in_form, not_empty, prop
from eventpack.reading import Misfit, read_object
from eventpack.trees import Tree, read_within

LEDGER_VERSION = "1"
Fate = Literal["verified", "other-copy", "unread", "failed", "unverified"]
# The codes of the checks that read words, which can be wrong; where a passage stands is no matter of reading.
_READ = "sentence number uncoded-number wording date negation modality condition hedge attribution".split()
EXCEPTABLE = tuple(f"evidence/{name}" for name in _READ)
_SHA256 = in_form("[0-9a-f]{64}", "64 hexadecimal digits in lower case")


def _day(value: str) -> str:
    try:
        return "" if date.fromisoformat(value).isoformat() == value else _DAY
    except ValueError:
        return _DAY


_DAY = "must be a day like 2026-03-05"


class _Strict(Model):
    """An object of the file, which holds nothing but what is written there."""

    def misfit(self) -> str:
        """The first property that nobody wrote here."""
        return f"`{next(iter(self.other))}` is no property of it" if self.other else ""


class Entry(_Strict):
    """What became of one claim: `claim` is the digest of its content (`eventpack.digests`), `passage` of its passage.

    Its fate: `verified` in the text of its source, `other-copy` in another copy of that, `unread` in either,
    but in a language that no check reads, `failed`, and `unverified` when no text at hand held it.
    """

    claim: str = prop(check=_SHA256)
    outcome: Fate
    passage: str = prop(check=_SHA256)
    tool: str = prop(check=not_empty)
    date: str = prop(check=_day)

    def says_same(self, other: Entry) -> bool:
        """Whether another entry says the same of the same claim, with whatever version and when."""
        return (self.claim, self.outcome, self.passage) == (other.claim, other.outcome, other.passage)

    def to_json(self) -> dict[str, str]:
        """The entry as it stands in the file."""
        return {
            "claim": self.claim, "outcome": self.outcome, "passage": self.passage, "tool": self.tool, "date": self.date,
        }  # fmt: skip


class Excepted(_Strict):
    """A finding of a check that a reviewer has read and found wrong, and the reason.

    `id` is that of its claim. It holds as long as the digests: `claim` of the content of its claim, `beside` of what
    the checks read in the claim's event and source.
    """

    id: str = prop(check=not_empty)
    code: str = prop(check=lambda code: "" if code in EXCEPTABLE else f"must be one of {', '.join(EXCEPTABLE)}")
    reason: str = prop(check=lambda reason: "" if reason.strip() else "must not be empty")
    claim: str = prop(check=_SHA256)
    beside: str = prop(check=_SHA256)
    date: str = prop(check=_day)

    def to_json(self) -> dict[str, str]:
        """The exception as it stands in the file."""
        return {
            "id": self.id, "code": self.code, "reason": self.reason, "claim": self.claim,
            "beside": self.beside, "date": self.date,
        }  # fmt: skip


class Ledger(_Strict):
    """The content of the file: one entry for each claim with a passage, by the claim's id; and the exceptions."""

    verification: str = prop(check=in_form(LEDGER_VERSION, f'"{LEDGER_VERSION}"'))
    claims: dict[str, Entry]
    exceptions: list[Excepted] = prop(default=[])

    @property
    def counts(self) -> dict[str, int]:
        """How many claims have each outcome, in the order in which outcomes are told."""
        counted = Counter(entry.outcome for entry in self.claims.values())
        return {outcome: counted[outcome] for outcome in get_args(Fate)}

    @property
    def tools(self) -> list[str]:
        """The versions of the tool that claims were verified with."""
        return sorted({entry.tool for entry in self.claims.values() if entry.outcome != "unverified"})

    @property
    def latest(self) -> str:
        """The last day on which a claim was verified; empty when none was."""
        return max((entry.date for entry in self.claims.values() if entry.outcome != "unverified"), default="")


def read_ledger(tree: Tree) -> tuple[Ledger | None, Document, list[Finding]]:
    """The ledger of a package, its document, and why it cannot be read; no ledger and no finding when it has none."""
    nothing = Document(LEDGER, "")
    if not tree.has(LEDGER):
        return None, nothing, []
    try:
        text = decode(read_within(tree, LEDGER, limits.JSON_TABLE), "json")
        ledger, misfits = _read(text)
    except TextError as error:
        return None, nothing, [_misformed(Location(LEDGER, error.line, error.column), error.what, error.found)]
    document = Document(LEDGER, text)
    return ledger, document, [_misformed(document.at(*m.pointer), m.what, m.found) for m in misfits[: limits.FINDINGS]]


@lru_cache(maxsize=1)  # checks ask for it, and each table that is derived from it
def _read(text: str) -> tuple[Ledger | None, Sequence[Misfit]]:
    return read_object(Ledger, parse_json(text, "json"))


def _misformed(where: Location, what: str, found: str) -> Finding:
    fix = "take it from an earlier commit, or run `eventpack verify` with all texts, which writes it anew"
    return Finding("verification/form", where, what, found, fix=fix)


def ledger_bytes(entries: Mapping[str, Entry], exceptions: Sequence[Excepted] = ()) -> bytes:
    """The file of some entries by the ids of their claims, sorted, and of exceptions: one line for each."""
    lines = [f"    {json.dumps(key)}: {json.dumps(entries[key].to_json())}" for key in sorted(entries)]
    claims = "{\n" + ",\n".join(lines) + "\n  }" if lines else "{}"
    excepted = ",\n".join(f"    {json.dumps(one.to_json(), ensure_ascii=False)}" for one in exceptions)
    end = f',\n  "exceptions": [\n{excepted}\n  ]\n}}\n' if exceptions else "\n}\n"
    return f'{{\n  "verification": "{LEDGER_VERSION}",\n  "claims": {claims}{end}'.encode()
