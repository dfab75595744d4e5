"""The checks of cues: one after another on each claim whose passage is at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from eventpack.evidence.cited import Evidence
from eventpack.evidence.cues.attribution import attribution_findings
from eventpack.evidence.cues.condition import condition_findings
from eventpack.evidence.cues.hedge import hedge_findings
from eventpack.evidence.cues.modality import modality_findings
from eventpack.evidence.cues.negation import negation_findings
from eventpack.evidence.cues.placing import Placed, placed_claims
from eventpack.finding import Finding

CUE_CHECKS: tuple[Callable[[Placed], Iterator[Finding]], ...] = (
    negation_findings,
    modality_findings,
    condition_findings,
    hedge_findings,
    attribution_findings,
)


def cue_findings(evidence: Evidence) -> Iterator[Finding]:
    """What cues of the passages say otherwise than the record, claim by claim."""
    for placed in placed_claims(evidence):
        for check in CUE_CHECKS:
            yield from check(placed)
