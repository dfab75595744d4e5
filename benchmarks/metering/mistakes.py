"""What a mistake is, the kinds there are, and what is asked of the checks for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Changes = Mapping[str, Mapping[str, str]]  # record id → field → new cell


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of mistake; `least` is the share to be found, of `goal`; `meant` are the codes made for it.

    With `quiet` it is none, and must not be found.
    """

    name: str
    title: str
    meant: tuple[str, ...]
    goal: str = ""
    least: float = 0.0
    quiet: bool = False


NUMBER = ("evidence/number", "evidence/wording", "evidence/uncoded-number", "event/wording-rule")
DATE = ("evidence/date",)
CUES = ("evidence/negation", "evidence/modality", "evidence/condition", "evidence/hedge")
KINDS = (
    Kind("number-digit", "coded number: one digit changed", NUMBER, "numbers", 0.99),
    Kind("number-scaled", "coded number × 10, ÷ 10, × 100", NUMBER, "numbers", 0.99),
    Kind("number-part", "12 coded where the text has 120", NUMBER, "numbers", 0.99),
    Kind("text-digit", "another number in the text", NUMBER, "numbers", 0.99),
    Kind("qualifier", "“over”, “nearly” … dropped from the text, or exchanged", NUMBER),
    Kind("wording-rule", "wording rule exchanged", NUMBER),
    Kind("wording-number", "another number in the wording", NUMBER),
    Kind("word-dropped", "a word dropped from the passage", ("evidence/digest",)),
    Kind("not-inserted", "claim negated in the text", ("evidence/negation",), "negation and condition", 0.90),
    Kind("not-typed", "claim negated in the text as “didnʼt” or “didn´t”", ("evidence/negation",),
         "negation and condition", 0.90),
    Kind("undone-inserted", "“failed to”, “was prevented from”, “called off” … put into the text",
         ("evidence/negation",), "negation and condition", 0.90),
    Kind("not-removed", "negation removed from the text", ("evidence/negation",), "negation and condition", 0.90),
    Kind("condition-added", "condition added in the text", ("evidence/condition", "evidence/modality"),
         "negation and condition", 0.90),
    Kind("condition-removed", "condition removed from the text", ("evidence/condition", "evidence/modality"),
         "negation and condition", 0.90),
    Kind("modal-added", "“may”, “might” added in the text", ("evidence/modality",)),
    Kind("modal-removed", "“may”, “will” removed from the text", ("evidence/modality", "evidence/condition")),
    Kind("hedge-added", "“reportedly” added in the text", ("evidence/hedge",)),
    Kind("hedge-removed", "“reportedly”, “is believed to” removed", ("evidence/hedge",)),
    Kind("stance", "stance exchanged", CUES),
    Kind("speaker", "speaker exchanged with somebody elsewhere", ("evidence/attribution",)),
    Kind("speaker-near", "speaker exchanged with somebody in the passage", ("evidence/attribution",)),
    Kind("speaker-removed", "speaker left out", ("evidence/attribution",)),
    Kind("date", "date moved that the text settles (event)", DATE, "dates", 0.99),
    Kind("said", "date moved that the text settles (saying)", DATE, "dates", 0.99),
    Kind("text-day", "another day in the text", DATE, "dates", 0.99),
    Kind("date-bounded", "date moved out of “last week”, “in March”", DATE),
    Kind("offsets", "offsets moved", ("evidence/digest", "evidence/range", "evidence/sentence"), "offsets", 0.99),
    Kind("cut", "passage cut to a clause: “did not say that X” → “X”", ("evidence/sentence",), "offsets", 0.99),
    Kind("other-sentence", "offsets of another sentence", CUES + NUMBER + DATE + ("evidence/attribution",)),
    Kind("digest", "digest altered", ("evidence/digest",), "digests", 0.99),
    Kind("typography", "another copy with other typography: no mistake", (), quiet=True),
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in the coding of one claim.

    `claims` and `events` are cells to change. `text` replaces the text of its source; then `edits` are what was
    replaced there, as (start, end, length of the new words). `fresh` says whether passage digests are made anew, as
    if the coder had seen these very words; `copy` that the source goes on naming the old text.
    """

    kind: str
    claim: str
    source: str
    fresh: bool = True
    claims: Changes = field(default_factory=dict)
    events: Changes = field(default_factory=dict)
    text: str | None = None
    edits: tuple[tuple[int, int, int], ...] = ()
    copy: bool = False
    beside: tuple[str, ...] = ()
