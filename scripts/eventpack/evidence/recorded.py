"""What the ledger says of claims, beside what the claims say now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eventpack.descriptor import LEDGER, Package
from eventpack.errors import EventpackError
from eventpack.evidence.exceptions import exception_findings
from eventpack.evidence.grounds import claim_digests
from eventpack.finding import Finding, Severity
from eventpack.ledger import Entry, Excepted, Fate, Ledger, read_ledger
from eventpack.subject import Subject

_TABLE = "claims"
_DIGITS = 64  # of a digest; what is none, other checks report
_AGAIN = "run `eventpack verify --texts DIR`; without the texts, `eventpack verify --forget`"


def recorded_findings(subject: Subject, idle: Sequence[Excepted] = ()) -> Iterator[Finding]:
    """Claims that have lost their verification, or never had one, when the package has a ledger; and its exceptions
    that do not hold any more, or are `idle` since the texts at hand do not need them."""
    ledger, document, findings = read_ledger(subject.package.tree)
    yield from findings
    claims = subject.own.get(_TABLE)
    if ledger is None or claims is None:
        return
    yield from exception_findings(ledger, document, subject, idle)
    digests = claim_digests(subject)
    for row, (claim, passage) in enumerate(claims.rows(("claim_id", "passage_sha256"))):
        entry = ledger.claims.get(claim)
        if (passage or entry) and (said := _judged(entry, digests.get(claim, ""), passage)):
            code, what, fix = said
            severity: Severity = "error" if code == "verification/failed" else "warning"
            if subject.tally.takes(code, _TABLE):  # its place takes a while
                yield Finding(code, claims.where(row, "claim_id"), f"{claim} {what}", fix=fix, severity=severity)
    if subject.whole and _TABLE not in subject.unread:
        for claim in ledger.claims.keys() - digests.keys():
            what = f"there is no claim {claim} of which {LEDGER} tells"
            where = document.at_key("claims", claim)
            yield Finding("verification/unknown-claim", where, what, claim, fix=_AGAIN, severity="warning")


def _judged(entry: Entry | None, digest: str, passage: str) -> tuple[str, str, str] | None:
    """The code, what is to be said of a claim, and its fix; nothing when its verification holds."""
    if entry is None:
        return "verification/missing", "has a passage that was never verified", _AGAIN
    if entry.claim != digest or not passage:
        return "verification/changed", f"was changed after {entry.date}, when it was last verified", _AGAIN
    if entry.passage != passage:
        return "verification/changed", "has another passage than its entry tells", _AGAIN
    if entry.outcome == "failed":
        fix = "run `eventpack validate --texts DIR`, mend what it finds, then `eventpack verify --texts DIR`"
        return "verification/failed", f"did not agree with its passage on {entry.date}", fix
    return None


def require_key(package: Package) -> None:
    """Raise `EventpackError` when the ids of claims are not the primary key, so that no entry could name one."""
    schema = package.schemas.get(_TABLE)
    if schema and schema.primary_key != ["claim_id"]:
        what = "the primary key of the table `claims` is not claim_id, so no entry could tell of which claim it is"
        raise EventpackError(what, "write `claim_id` into `primaryKey` of its schema")


def entries_of(
    subject: Subject, outcomes: Mapping[str, Fate], old: Ledger | None, tool: str, today: str
) -> dict[str, Entry]:
    """The entries of all claims with a passage; one stays as it is as long as it says the same.

    What was found with a text that is not at hand now stays as well, until the claim is changed.
    """
    digests, held = claim_digests(subject), old.claims if old else {}
    entries = {}
    for claim, passage in subject.own[_TABLE].rows(("claim_id", "passage_sha256")):
        if claim in outcomes and len(passage) == _DIGITS:
            new = Entry(claim=digests[claim], outcome=outcomes[claim], passage=passage, tool=tool, date=today)
            entries[claim] = _kept(held.get(claim), new)
    return entries


def _kept(old: Entry | None, new: Entry) -> Entry:
    if old is None or (old.claim, old.passage) != (new.claim, new.passage):
        return new
    if new.outcome == "unverified":
        return old
    weaker = (old.outcome, new.outcome) == ("verified", "other-copy")
    return old if old.tool == new.tool and (weaker or old.outcome == new.outcome) else new


def forgotten(subject: Subject, old: Ledger, tool: str, today: str) -> dict[str, Entry]:
    """The entries with every claim unverified that was changed or added since, and without those that are gone."""
    unverified: Fate = "unverified"
    return entries_of(subject, dict.fromkeys(subject.own[_TABLE].column("claim_id"), unverified), old, tool, today)
