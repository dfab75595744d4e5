"""Mistakes in the text: its words changed so that the coding, which stays, is wrong about them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from synthetic.coding import Coding
from synthetic.days import WEEKDAYS
from synthetic.markup import changed

from metering.bench import Bench, Row
from metering.mistakes import Mistake

WORD = re.compile(r"\b[^\W\d_]{2,}\b")
# A second negation would turn the first one, so no mistake would be made.
AUXILIARY = re.compile(
    r"\b(?:has|have|had|is|are|was|were|will|would|could|can)\b(?! (?:not|no|never|nothing|nobody|none)\b)"
)
DIGITS = re.compile(r"\d+")
WEEKDAY = re.compile("|".join(WEEKDAYS))
HEDGE = re.compile(r"\breportedly ")
ATTRIBUTED = re.compile(r"\b(?:according to|report|sources)\b", re.IGNORECASE)
NEGATION = re.compile(r"\b(?:not|never|no) ")
# Kinds of alternatives in the marks of a synthetic text, by the stances for which they are a mistake.
ALTERNATIVES = (
    ("digit", "text-digit", ()), ("bare", "qualifier", ()), ("swap", "qualifier", ()), ("day", "text-day", ()),
    ("said", "text-day", ()), ("modal", "modal-added", ("asserts",)), ("hedge", "hedge-added", ()),
    ("bold", "hedge-removed", ()), ("condition", "condition-added", ("asserts", "predicts")),
    ("undone", "undone-inserted", ("asserts",)), ("typed", "not-typed", ("asserts", "predicts")),
)  # fmt: skip


def from_marks(bench: Bench, coding: Coding, claim: Row, chance: random.Random) -> Iterator[Mistake]:
    """What the marks of a claim offer; with digests made anew, and as they were."""
    source, key = coding.keys[claim["claim_id"]]
    text = coding.texts[source]
    sites = [site for site in text.sites if site.key == key]
    offered = {kind for site in sites for kind in site.instead}
    wanted = [(word, kind) for word, kind, stances in ALTERNATIVES if not stances or claim["stance"] in stances]
    wanted.append(("no", "not-removed" if claim["stance"] == "denies" else "not-inserted"))
    conditional = any(site.instead.get("fact") == "" for site in sites)
    if not any(site.start == site.end and "condition" in site.instead for site in sites):
        offered -= {"condition"}  # "would" alone
    wanted.append(("fact", "condition-removed" if conditional else "modal-removed"))
    for word, kind in wanted:
        if word in offered and not (word == "hedge" and claim["hedge"] != "none"):
            words, edits = changed(text.words, sites, key, word)
            yield from both(kind, claim, words, tuple(edits))
    if {"opens", "closes"} <= offered:
        yield _cut(claim, text.words, sites)


def both(kind: str, claim: Row, words: str, edits: tuple[tuple[int, int, int], ...]) -> Iterator[Mistake]:
    """The same change, with fresh digests and without."""
    for fresh in (True, False):
        yield Mistake(kind, claim["claim_id"], claim["source_id"], fresh, text=words, edits=edits)


def _cut(claim: Row, text: str, sites: list) -> Mistake:  # type: ignore[type-arg]
    from metering.inrecords import _passage

    start = next(site.start for site in sites if "opens" in site.instead)
    end = next(site.start for site in sites if "closes" in site.instead)
    return _passage("cut", claim, text, start, end)


def word_dropped(bench: Bench, claim: Row, chance: random.Random) -> Iterator[Mistake]:
    """Any word of the passage, with the digest as it was."""
    text, begin, end = bench.text(claim["source_id"]), int(claim["passage_start"]), int(claim["passage_end"])
    words = list(WORD.finditer(text, begin + 1, end - 1))
    if words:
        match = chance.choice(words)
        stop = match.end() + (text[match.end()] == " ")
        yield Mistake(
            "word-dropped", claim["claim_id"], claim["source_id"], False, text=text[: match.start()] + text[stop:],
            edits=((match.start(), stop, 0),),
        )  # fmt: skip


def typography(bench: Bench, claim: Row, chance: random.Random) -> Iterator[Mistake]:
    """Another copy: straight marks for typographic ones or the reverse, wider spaces, line breaks."""
    text = bench.text(claim["source_id"])
    if "“" in text or "’" in text:
        other = text.translate(str.maketrans("“”‘’–", "\"\"''-"))
    else:
        other = text.replace("'", "’").replace(" - ", " – ")
    other = other.replace(". ", ".  ") + "\n"
    other = re.sub(r" (?=\w+ \w+\.)", "\n", other, count=3)
    yield Mistake("typography", claim["claim_id"], claim["source_id"], text=other, copy=True)


def on_real(bench: Bench, claim: Row, chance: random.Random) -> Iterator[Mistake]:
    """Texts without marks: what a pattern can change, where all claims on the passage are alike in what it touches."""
    text, begin, end = bench.text(claim["source_id"]), int(claim["passage_start"]), int(claim["passage_end"])
    beside = [c for c in bench.at_hand() if c["source_id"] == claim["source_id"]
              and int(c["passage_start"]) < end and begin < int(c["passage_end"])]  # fmt: skip
    others = tuple(c["claim_id"] for c in beside if c is not claim)

    def replaced(kind: str, at: int, stop: int, words: str) -> Iterator[Mistake]:
        for fresh in (True, False):
            yield Mistake(
                kind, claim["claim_id"], claim["source_id"], fresh, text=text[:at] + words + text[stop:],
                edits=((at, stop, len(words)),), beside=others,
            )  # fmt: skip

    verb = AUXILIARY.search(text, begin, end)
    if verb and all(c["stance"] in ("asserts", "predicts") for c in beside):
        yield from replaced("not-inserted", *verb.span(), f"{verb[0]} not")
    if verb and all(c["hedge"] == "none" and not c["said_by"] for c in beside):
        yield from replaced("hedge-added", *verb.span(), f"{verb[0]} reportedly")
    gone = NEGATION.search(text, begin, end)
    if gone and all(c["stance"] == "denies" for c in beside):
        yield from replaced("not-removed", *gone.span(), "")
    hedged = HEDGE.search(text, begin, end)
    if hedged and all(c["hedge"] == "reported" for c in beside) and not ATTRIBUTED.search(text, begin, end):
        yield from replaced("hedge-removed", *hedged.span(), "")
    number = DIGITS.search(claim.get("wording", ""))
    if number and (at := text.find(claim["wording"], begin, end)) >= 0:
        wrong = str(int(number[0]) + chance.choice((1, 7, 30)))
        yield from replaced("text-digit", at + number.start(), at + number.end(), wrong)
        if number.start():
            yield from replaced("qualifier", at, at + number.start(), "")
    day = WEEKDAY.search(text, begin, end)
    resolved = claim["said_basis"] == "resolved" or bench.rows["events"][claim["event_id"]]["date_basis"] == "resolved"
    if day and resolved:
        yield from replaced("text-day", *day.span(), chance.choice([name for name in WEEKDAYS if name != day[0]]))
