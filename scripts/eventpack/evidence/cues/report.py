"""Findings on cues."""

from __future__ import annotations

from dataclasses import replace

from eventpack.evidence.cues.placing import Placed
from eventpack.evidence.cues.spotting import Cue
from eventpack.finding import Finding, Severity


def at_cue(
    placed: Placed, code: str, cue: Cue, field: str, what: str, fix: str, severity: Severity = "error"
) -> Finding:
    """A finding on a cue that the field does not reflect; `what` goes on after the words of the cue."""
    tokens, start = placed.reading.tokens, placed.cited.start
    first, last = start + tokens.starts[cue.first], start + tokens.ends[cue.last]
    shown = placed.reading.shown(cue)
    return missing(placed, code, field, f"the passage has “{shown}” at {first}–{last}, {what}", fix, severity)


def missing(placed: Placed, code: str, field: str, what: str, fix: str, severity: Severity = "error") -> Finding:
    """A finding on a field to which no word of the passage leads."""
    cited = placed.cited
    finding = placed.evidence.finding(code, cited, field, what, cited.claim.get(field, ""), fix)
    return replace(finding, severity=severity)
