"""False alarms: what is found of a coding that is right."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from eventpack.finding import Finding
from metering.bench import Bench


@dataclass(frozen=True, slots=True)
class Alarms:
    """How many claims there are, how many have a finding on them or their event, and which findings."""

    claims: int
    alarmed: int
    codes: Counter[str]
    by_claim: dict[str, list[Finding]]

    @property
    def share(self) -> float:
        """Claims with a finding, of all."""
        return self.alarmed / self.claims if self.claims else 0.0


def false_alarms(bench: Bench) -> Alarms:
    """Findings without any mistake. What concerns an event counts for the first of its claims."""
    first: dict[str, str] = {}
    for claim in bench.at_hand():
        first.setdefault(claim["event_id"], claim["claim_id"])
    by_claim: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in bench.findings:
        key = bench.key(finding)
        record = key[1] if key else str(finding.where)
        by_claim[first.get(record, record)].append(finding)
    codes = Counter(code for found in by_claim.values() for code in {finding.code for finding in found})
    return Alarms(len(bench.at_hand()), len(by_claim), codes, dict(by_claim))
