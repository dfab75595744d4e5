"""What may, should or will be against stance and realis.

A warning: "could" is also an ability in the past, "would" also a habit, and what a word means in its place is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from eventpack.evidence.cues.coded import Coded
from eventpack.evidence.cues.placing import Placed
from eventpack.evidence.cues.report import at_cue, missing
from eventpack.evidence.cues.spotting import Cue
from eventpack.finding import Finding

_OPEN_STANCES = frozenset({"predicts", "supposes", "assesses", "supports", "opposes"})
_OPEN_REALIS = frozenset({"planned", "predicted", "hypothetical"})


def modality_findings(placed: Placed) -> Iterator[Finding]:
    """What is only possible or to come in the passage and told as having happened in the record, or the reverse."""
    coded = placed.coded
    if not _shown(coded):
        cue = next((cue for cue in _asking(placed) if not _accounted(placed, cue)), None)
        if cue:
            what = f"but stance `{coded.stance}` on an event with realis `{coded.realis}` tells it as a fact"
            fix = (
                "code `predicts`, `supposes` with a condition, or `assesses`; or say in the statement what is possible"
            )
            yield at_cue(placed, "evidence/modality", cue, "stance", what, fix, "warning")
    elif coded.stance in ("predicts", "supposes") and not _open(placed):
        what = f"stance is `{coded.stance}`, but no word of the passage speaks of what may be or is to come"
        fix = "code the stance that the words have, or cite the passage that looks ahead"
        yield missing(placed, "evidence/modality", "stance", what, fix, "warning")
    elif coded.stance == "asserts" and coded.realis == "planned" and not _open(placed) and not _purpose(placed):
        what = "the event is coded as planned, but no word of the passage speaks of a plan"
        fix = "code the realis that the words have, or cite the passage that tells of the plan"
        yield missing(placed, "evidence/modality", "stance", what, fix, "warning")


def _shown(coded: Coded) -> bool:
    """Whether the record leaves it open; a word of asking does not where the asking is the event."""
    senses = ("strong", "weak") if coded.verbal else ("strong", "weak", "urging")
    return (
        coded.stance in _OPEN_STANCES or coded.realis in _OPEN_REALIS or coded.hedged or bool(coded.condition)
        or coded.has("modality", *senses)
    )  # fmt: skip


def _asking(placed: Placed) -> Iterator[Cue]:
    reading = placed.reading
    for cue in reading.of("modality", "strong"):
        aside = reading.clauses.all[reading.clause(cue)].kind == "condition"
        past = reading.tokens.words[cue.first : cue.last + 2] == ["could", "not"]  # was not able
        if not aside and not past and placed.touched(cue) and not (placed.coded.verbal and placed.reported(cue)):
            yield cue


def _accounted(placed: Placed, cue: Cue) -> bool:
    clause = placed.reading.clause(cue)
    return any(shares[clause] >= placed.shares[clause] > 0 for other, shares in placed.others if _shown(other))


def _open(placed: Placed) -> bool:
    reading = placed.reading
    return (
        any(reading.of("modality", "strong", "weak", "urging", "loose"))
        or any(reading.of("condition", "strong"))
        or "?" in reading.tokens.words
        or reading.orders
    )


def _purpose(placed: Placed) -> bool:
    return any(clause.kind == "infinitive" for clause in placed.reading.clauses.all)
