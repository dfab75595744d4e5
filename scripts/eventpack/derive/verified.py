"""What became of each claim's passage, as the ledger of a package tells."""

from __future__ import annotations

from collections.abc import Mapping

from eventpack.ledger import read_ledger
from eventpack.subject import Subject


def outcomes(subject: Subject) -> Mapping[str, str] | None:
    """The outcome by claim, for the claims that the package has; none without a ledger that can be read.

    What is wrong with the ledger, or older than its claim, is for its own check to say; here only outcomes are read.
    """
    ledger, _, _ = read_ledger(subject.package.tree)
    table = subject.tables.get("claims")
    if ledger is None or table is None:
        return None
    return {claim: ledger.claims[claim].outcome for claim in table.column("claim_id") if claim in ledger.claims}
