"""Hedging words against the hedge that is coded.

A warning: how much a word distances the source from what it says is a matter of degree.
"""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.evidence.cues.placing import Placed
from eventpack.evidence.cues.report import at_cue, missing
from eventpack.evidence.cues.spotting import Cue
from eventpack.finding import Finding

_MEANT = {
    "reported": "`reported` stands for “reportedly” and “according to”",
    "alleged": "`alleged` stands for words that keep the source at a distance",
    "assessed": "`assessed` stands for somebody's judgement, as in “is believed to”",
}


def hedge_findings(placed: Placed) -> Iterator[Finding]:
    """What is hedged in the passage and not in the record, or the reverse."""
    coded, reading = placed.coded, placed.reading
    if coded.hedged:
        if not _hedges(placed):
            hedge = coded.claim.get("hedge", "")
            what = f"hedge is `{hedge}`, but no word of the passage hedges anything; plain “said” is `none`"
            yield missing(placed, "evidence/hedge", "hedge", what, "code `none`: our own doubt is no hedge", "warning")
        return
    for sense, meant in _MEANT.items():
        cue = next((cue for cue in reading.of("hedge", sense) if _asks(placed, cue, sense)), None)
        if cue:
            fix = f"{meant}; code it, or rest the claim on words without it"
            yield at_cue(placed, "evidence/hedge", cue, "hedge", "and hedge is `none`", fix, "warning")
            return


def _hedges(placed: Placed) -> bool:
    """Whether any word hedges as the code says: of judgement or chance, of a report of a report, of distance."""
    reading, hedge = placed.reading, placed.coded.claim.get("hedge", "")
    senses = {"reported": ("passed",), "assessed": ("judging",)}.get(hedge, ("passed", "judging"))
    plain = any(frame.cue.has("attribution", "say", "frame") for frame in reading.frames)
    return bool(
        any(reading.of("hedge", *_MEANT, *senses))
        or (
            hedge == "reported" and placed.coded.claim.get("said_by") and not plain
        )  # by words that are not in our lists
        or (hedge != "reported" and any(reading.of("attribution", "mind")))
        or any(reading.of("modality", "strong", "weak"))
    )


def _asks(placed: Placed, cue: Cue, sense: str) -> bool:
    """Whether a hedge is on what the claim rests on."""
    coded = placed.coded
    if coded.verbal and (placed.reported(cue) or sense != "reported"):
        return False
    if sense == "assessed" and (coded.stance not in ("asserts", "denies") or _somebodys(placed, cue)):
        return False
    if sense == "alleged" and not _distant(placed, cue):
        return False
    if _accounted(placed, cue, sense):
        return False
    frame = next((frame for frame in placed.reading.frames if frame.cue is cue), None)
    if frame is None or frame.tail:
        return placed.touched(cue)
    clauses = placed.reading.clauses
    return any(placed.rests(clause) for clause in {clauses.of[at] for at in frame.content})


def _accounted(placed: Placed, cue: Cue, sense: str) -> bool:
    """Whether the hedge is another claim's: one that rests on its clause more, or for a judgement as much."""
    clause = placed.reading.clause(cue)
    more = 0 if sense == "assessed" else 1
    return any(other.hedged and shares[clause] >= placed.shares[clause] + more for other, shares in placed.others)


def _somebodys(placed: Placed, cue: Cue) -> bool:
    """Whether a judgement is that of the speaker to whom the claim is attributed, or of those it speaks of."""
    return cue.has("attribution", "mind") and not placed.coded.attributed


def _distant(placed: Placed, cue: Cue) -> bool:
    """An adverb or "claimed that", not the act of accusing nor a claim as a thing."""
    words = placed.reading.tokens.words
    return words[cue.first].endswith("ly") or words[cue.first] == "alleged" or words[cue.last] == "that"
