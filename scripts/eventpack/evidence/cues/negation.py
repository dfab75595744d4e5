"""Negated words and denials against stance, realis and our own statement.

A contradiction is an error: the claim says the opposite of its passage. What has no "not" is a warning (`undone`).
"""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.evidence.cues.coded import Coded
from eventpack.evidence.cues.placing import Placed
from eventpack.evidence.cues.report import at_cue, missing
from eventpack.evidence.cues.spotting import Cue
from eventpack.evidence.cues.undone import undone
from eventpack.finding import Finding, Severity

_BE = frozenset({"is", "are", "was", "were", "be", "been", "am"})
_BUT = 8  # words within which "but" takes up "not"
_NEAR = 3  # words between a negation and the verb of saying that it negates


def negation_findings(placed: Placed) -> Iterator[Finding]:
    """What is denied in the passage and not in the record, or the reverse."""
    coded = placed.coded
    if not _shown(coded, placed):
        cue = next((cue for cue in _asking(placed) if not _accounted(placed, cue)), None)
        if cue:
            what = f"which stance `{coded.stance}` and the statement do not show"
            fix = "code stance `denies`, or say in the statement what is denied; or cite the passage that says so"
            severity: Severity = "warning" if _trails(placed, cue) else "error"
            yield at_cue(placed, "evidence/negation", cue, "stance", what, fix, severity)
        elif cue := next((cue for cue in undone(placed) if not _accounted(placed, cue)), None):
            what = f"so that it may not have happened, which stance `{coded.stance}` and the statement do not show"
            fix = "code stance `denies`, or tell in the statement what failed; or leave it as it is if it did happen"
            yield at_cue(placed, "evidence/negation", cue, "stance", what, fix, "warning")
    elif coded.stance == "denies" and not _negative(placed, "weak", "undone", "dropped"):
        what = "stance is `denies`, but no word of the passage denies anything"
        yield missing(
            placed, "evidence/negation", "stance", what, "code the stance that the words have, or cite the denial"
        )
    elif (
        ("negation", "strong") in coded.said
        and not _negative(placed, "weak", "undone", "slight", "idle")
        and not _prefixed(placed)
    ):
        what = "the statement says that something is not so, but no word of the passage does"
        yield missing(
            placed, "evidence/negation", "statement", what, "write the statement after the words of the passage"
        )


def _shown(coded: Coded, placed: Placed) -> bool:
    """Whether the record shows a negation.

    A word like "lost" shows one unless the passage has it as well; on an act of refusing it is the act itself as soon
    as the passage has any such word.
    """
    if coded.stance in ("denies", "opposes") or coded.realis == "denied" or coded.has("negation", "strong", "denial"):
        return True
    theirs = placed.reading.negative
    return bool(coded.negative - theirs) and not (coded.verbal and theirs) and not _turned(placed)


def _turned(placed: Placed) -> bool:
    """Whether such a word of the passage is negated where the claim rests: "are not gone" does not mean "are lost"."""
    weak = {cue.first for cue in placed.reading.of("negation", "weak")}
    return any(cue.last + 1 in weak and placed.touched(cue) for cue in placed.reading.of("negation", "strong"))


def _asking(placed: Placed) -> Iterator[Cue]:
    """The negations that the claim has to show."""
    reading = placed.reading
    for cue in reading.of("negation", "strong", *(("double",) if placed.coded.verbal else ())):
        if reading.clauses.all[reading.clause(cue)].kind == "condition" or _partial(placed, cue):
            continue
        if _trails(placed, cue) and not _told_here(placed, cue):
            continue  # "had no permit and marched"
        if _unsaid(placed, cue) or (placed.touched(cue) and not (placed.coded.verbal and placed.reported(cue))):
            yield cue
    for cue in reading.of("negation", "denial"):
        if cue.has("attribution", "say") and placed.rests_in(_said(placed, cue)):
            yield cue


def _said(placed: Placed, cue: Cue) -> range:
    """What a verb of saying is about: what comes after it, or before ("…, the mayor answered no")."""
    before = next((frame.content for frame in placed.reading.frames if frame.cue is cue and frame.tail), None)
    return before or range(cue.last + 1, len(placed.reading.tokens.words))


def _unsaid(placed: Placed, cue: Cue) -> bool:
    """Whether a negation is that of a verb of saying, and the claim rests on what was not said."""
    frames = (frame for frame in placed.reading.frames if cue.first in frame.speaker)
    return any(0 <= frame.cue.first - cue.last <= _NEAR and placed.rests_in(frame.content) for frame in frames)


def _partial(placed: Placed, cue: Cue) -> bool:
    """Whether a negation is only of a part: "on Monday, not Tuesday", "not here but there", "urged them not to go"."""
    words = placed.reading.tokens.words
    before = words[cue.first - 1] if cue.first else ""
    if words[cue.first] != "not":
        return False
    if words[cue.first + 1 : cue.first + 2] == ["to"] and before not in _BE:
        return True
    if before in placed.lexicon.words["auxiliaries"]:
        return False
    return before == "," or "but" in words[cue.last + 1 : cue.last + 1 + _BUT]


def _trails(placed: Placed, cue: Cue) -> bool:
    """Whether a "no" is of a thing at the end, of which the claim does not speak: "marched against no resistance"."""
    reading = placed.reading
    if reading.tokens.words[cue.first] != "no" or cue.has("negation", "denial"):
        return False
    clause = reading.clauses.all[reading.clause(cue)].words
    before = placed.words_shared(at for at in clause if at < cue.first)
    after = placed.words_shared(at for at in clause if at > cue.last)
    return bool(before) and after <= before


def _told_here(placed: Placed, cue: Cue) -> bool:
    """Whether no other clause shares more with the claim than that of a cue."""
    return placed.shares[placed.reading.clause(cue)] == max(placed.shares)


def _accounted(placed: Placed, cue: Cue) -> bool:
    """Whether another claim on the passage shows the negation and rests on its clause at least as much.

    A denial that has a word of denying of its own does not account for another negation.
    """
    clause = placed.reading.clause(cue)
    denied = any(one is not cue for one in placed.reading.of("negation", "denial"))
    return any(
        shares[clause] >= placed.shares[clause] and shares[clause] > 0
        for other, shares in placed.others
        if _shown(other, placed) and not (denied and other.stance == "denies")
    )


def _negative(placed: Placed, *more: str) -> bool:
    """Whether any word outside conditions is negative."""
    reading = placed.reading
    return any(
        reading.clauses.all[reading.clause(cue)].kind != "condition"
        for cue in reading.of("negation", "strong", "denial", "idle", "double", *more)
    )


def _prefixed(placed: Placed) -> bool:
    """Whether a word is negative by a part of it: "unusual", "fruitless"."""
    known = placed.lexicon.words["prefixed"]
    return any(word in known for word in placed.reading.tokens.words)
