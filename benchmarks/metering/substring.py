"""What a test by substrings would find: the number in the quotation, and the quotation in the text.

This is how the nearest tool checks a coding: it keeps the quoted words with each record.
"""

from __future__ import annotations

from collections.abc import Mapping

from eventpack.evidence.passages import fold
from metering.bench import Bench
from metering.mistakes import Mistake


def finds(bench: Bench, mistake: Mistake) -> bool:
    """Whether the test fails with the mistake and passes without it."""
    claim = bench.rows["claims"][mistake.claim]
    text, quoted = bench.text(mistake.source), bench.passage(mistake.claim)
    if not _passes(claim, quoted, text):
        return False
    after = {**claim, **mistake.claims.get(mistake.claim, {})}
    other = text if mistake.text is None else mistake.text
    if mistake.fresh and not mistake.copy:  # the quotation is what stands there now
        moved = _span(bench, mistake, after)
        quoted = other[slice(*moved)]
    return not _passes(after, quoted, other)


def _span(bench: Bench, mistake: Mistake, claim: Mapping[str, str]) -> tuple[int, int]:
    from synthetic.markup import shifted

    return shifted(int(claim["passage_start"]), mistake.edits), shifted(int(claim["passage_end"]), mistake.edits)


def _passes(claim: Mapping[str, str], quoted: str, text: str) -> bool:
    numbers = {claim.get(name, "") for name in ("low", "best", "high")} - {""}
    plain = quoted.replace(",", "")
    return fold(quoted) in fold(text) and (not numbers or any(number in plain for number in numbers))
