"""What became of each claim's passage, as the ledger of a package tells."""

from __future__ import annotations

from collections.abc import Mapping

from eventpack import limits
from eventpack.descriptor import LEDGER
from eventpack.errors import TextError
from eventpack.files import decode
from eventpack.jsontext import parse_json
from eventpack.subject import Subject
from eventpack.trees import MissingFile, read_within


def outcomes(subject: Subject) -> Mapping[str, str] | None:
    """The outcome by claim, for the claims that the package has; none without a ledger that can be read.

    What is wrong with the ledger, or older than its claim, is for its own check to say; here only outcomes are read.
    """
    try:
        found = parse_json(decode(read_within(subject.package.tree, LEDGER, limits.JSON_TABLE), "json"), "json")
    except (MissingFile, TextError):
        return None
    entries = found.get("claims") if isinstance(found, dict) else None
    table = subject.tables.get("claims")
    if not isinstance(entries, dict) or table is None:
        return None
    known = {claim: entries.get(claim) for claim in table.column("claim_id")}
    told = {claim: entry.get("outcome") for claim, entry in known.items() if isinstance(entry, dict)}
    return {claim: outcome for claim, outcome in told.items() if isinstance(outcome, str) and outcome}
