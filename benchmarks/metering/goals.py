"""What the checks are asked for, and whether they give it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from metering.alarms import Alarms
from metering.mistakes import KINDS
from metering.scoring import Scores

MOST_ALARMS = 0.02  # of true synthetic claims; none of the real ones
ENOUGH = 20  # mistakes of a kind in the real records that a share can be judged by


def missed_goals(scores: Scores, alarms: Iterable[tuple[str, Alarms]], real: Scores | None = None) -> list[str]:
    """One line for each goal that is missed; each kind must reach its goal by itself, with fresh digests and old.

    In the real records only where at least `ENOUGH` mistakes of the kind could be made.
    """
    missed = list(_missed(scores, 1, ""))
    missed += _missed(real or {}, ENOUGH, " (real records)")
    for name, found in alarms:
        most = 0.0 if name == "real records" else MOST_ALARMS
        if found.share > most or (most and found.share == most):
            missed.append(f"missed: false alarms on {name}: {found.share:.1%} of {found.claims} claims")
    return missed


def _missed(scores: Scores, enough: int, where: str) -> Iterator[str]:
    for kind in KINDS:
        for fresh in (True, False):
            score = scores.get((kind.name, fresh))
            if score is None or score.tried < enough:
                continue
            share = f"{score.found} of {score.tried} found"
            if kind.goal and score.share < kind.least:
                yield f"missed: {kind.title}{where}: {share}, at least {kind.least:.0%} wanted"
            if kind.quiet and score.found:
                yield f"missed: {kind.title}{where}: {share}, none wanted"
