"""Conditions in the passage against the condition that is coded.

A contradiction is an error: without its condition a claim says more than its passage does.
"""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.evidence.cues.coded import Coded
from eventpack.evidence.cues.placing import Placed
from eventpack.evidence.cues.report import at_cue, missing
from eventpack.evidence.cues.spotting import Cue
from eventpack.finding import Finding

# The part of a condition's meaningful words that the passage has to share when it has no "if".
_SHARED = 0.4


def condition_findings(placed: Placed) -> Iterator[Finding]:
    """What holds only under a condition in the passage and without one in the record, or the reverse."""
    coded, reading = placed.coded, placed.reading
    cues = list(reading.of("condition", "strong"))
    if coded.condition:
        if not cues and not _implied(placed, coded):
            what = "a condition is coded, but the passage has none, and no words of which it could be read"
            fix = "take the condition out, or cite the passage that has it"
            yield missing(placed, "evidence/condition", "condition", what, fix)
        return
    if ("condition", "strong") in coded.said:
        return
    cue = next((cue for cue in cues if _holds(placed, cue) and not _accounted(placed, cue)), None)
    if cue:
        what = "and no condition is coded"
        fix = "write the condition in our words, beginning with `if`; or cite the passage that holds without it"
        yield at_cue(placed, "evidence/condition", cue, "condition", what, fix)


def _holds(placed: Placed, cue: Cue) -> bool:
    """Whether the claim rests on what depends on a condition: a main clause of its sentence, or the clause before."""
    clauses = placed.reading.clauses
    own = placed.reading.clause(cue)
    sentence = clauses.all[own].sentence
    hosts = {
        index
        for index, clause in enumerate(clauses.all)
        if clause.sentence == sentence and index != own and (clause.kind == "main" or index == own - 1)
    }
    return any(map(placed.rests, hosts))


def _accounted(placed: Placed, cue: Cue) -> bool:
    """Whether another claim on the passage has the condition: its words, or one that the rest does not explain."""
    stems = placed.reading.stems[placed.reading.clause(cue)]
    return any(
        not (stems and other.condition_stems) or stems & other.condition_stems or not _implied(placed, other)
        for other, _ in placed.others
        if other.condition
    )


def _implied(placed: Placed, coded: Coded) -> bool:
    """Whether a condition can be read out of words that are no "if": those of a wish, a threat, a mere possibility."""
    reading = placed.reading
    if any(reading.of("condition", "dependence")):
        return True
    open_words = any(reading.of("condition", "implied")) or any(reading.of("modality", "strong", "weak", "loose"))
    if not (open_words or any(reading.of("modality", "urging")) or reading.orders):
        return False
    stems = coded.condition_stems
    return any(
        len(wanted & reading.all_stems) >= _SHARED * len(wanted)
        for wanted in (stems, stems - placed.lexicon.stems("generic_conditions"))
    )
