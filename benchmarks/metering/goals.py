"""What the checks are asked for, and whether they give it."""

from __future__ import annotations

from collections.abc import Iterable

from metering.alarms import Alarms
from metering.mistakes import KINDS
from metering.scoring import Scores

MOST_ALARMS = 0.02  # of true synthetic claims; none of the real ones


def missed_goals(scores: Scores, alarms: Iterable[tuple[str, Alarms]]) -> list[str]:
    """One line for each goal that is missed; each kind must reach its goal by itself, with fresh digests and old."""
    missed = []
    for kind in KINDS:
        for fresh in (True, False):
            score = scores.get((kind.name, fresh))
            if score is None or not score.tried:
                continue
            if kind.goal and score.share < kind.least:
                missed.append(f"missed: {kind.title}: {score.share:.1%} found, at least {kind.least:.0%} wanted")
            if kind.quiet and score.found:
                missed.append(f"missed: {kind.title}: {score.found} of {score.tried} found")
    for name, found in alarms:
        most = 0.0 if name == "real records" else MOST_ALARMS
        if found.share > most or (most and found.share == most):
            missed.append(f"missed: false alarms on {name}: {found.share:.1%} of {found.claims} claims")
    return missed
