"""Findings that a reviewer has excepted: on one claim, of one code, as long as nothing changes that they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from eventpack.document import Document
from eventpack.errors import EventpackError
from eventpack.evidence.cited import Cited
from eventpack.evidence.grounds import grounds_of, holds
from eventpack.finding import Finding, near_miss
from eventpack.ledger import EXCEPTABLE, Excepted, Ledger
from eventpack.subject import Subject


@dataclass(slots=True)
class Applied:
    """The findings that remain, the exceptions that took some away, and those that found none to take away."""

    findings: list[Finding]
    used: list[Excepted] = field(default_factory=list)
    idle: list[Excepted] = field(default_factory=list)


def apply_exceptions(held: Sequence[Excepted], cited: Sequence[Cited], found: Sequence[Finding]) -> Applied:
    """Leave out what is excepted, by exceptions that hold; a finding on an event is excepted on any claim of it."""
    claims = {one.claim["claim_id"]: one for one in cited}
    applied = Applied(list(found))
    for one in held:
        if one.id in claims:
            taken = [f for f in found if f.code == one.code and _is_of(f, claims[one.id])]
            if taken:
                applied.used.append(one)
            elif not claims[one.id].copy:  # the text itself may still need it
                applied.idle.append(one)
            applied.findings = [finding for finding in applied.findings if finding not in taken]
    return applied


def _is_of(finding: Finding, cited: Cited) -> bool:
    where = finding.where
    if where.table == "events":
        return where.record_id == cited.claim.get("event_id")
    return where.table == "claims" and where.row == cited.row + 1


def exception_findings(
    ledger: Ledger, document: Document, subject: Subject, idle: Sequence[Excepted]
) -> Iterator[Finding]:
    """Exceptions that are void, since what they rest on has changed or is gone, or that no check asks for any more."""
    grounds = grounds_of(subject) if ledger.exceptions else {}
    for index, one in enumerate(ledger.exceptions):
        if one in idle:
            say = "is needed no more: the check finds nothing there"
        elif one.id in grounds and not holds(one, grounds):
            say = f"is void: the claim, its event or its source was changed after {one.date}"
        elif one.id not in grounds and subject.whole and "claims" not in subject.unread:
            say = "is void: there is no such claim"
        else:
            continue
        what = f"the exception of {one.id} from {one.code} {say}"
        fix = "run `eventpack verify --texts DIR`, which takes it out; what is found there then can be excepted anew"
        where = document.at("exceptions", index)
        yield Finding("verification/exception", where, what, one.id, fix=fix, severity="warning")


def new_exceptions(subject: Subject, wanted: Sequence[str], reason: str, today: str) -> list[Excepted]:
    """The exceptions that a reviewer asks for, each as `CLAIM_ID:CODE`.

    Raises:
        EventpackError: One is not in this form, its code is of no check that reads words, there is no such claim, or no
            reason is given.
    """
    if wanted and not reason.strip():
        raise EventpackError("an exception without a reason", "say with --reason why the claim is right nonetheless")
    grounds, made = grounds_of(subject) if wanted else {}, []
    for text in dict.fromkeys(wanted):
        claim, colon, code = text.partition(":")
        if not colon:
            raise EventpackError(
                f"`{text}` names no finding", "write CLAIM_ID:CODE, such as CL-ab12cd:evidence/wording"
            )
        if claim not in grounds:
            raise EventpackError(f"there is no claim {claim}{near_miss(claim, grounds)}", "see the table claims")
        if code not in EXCEPTABLE:
            what = f"`{code}` cannot be excepted{near_miss(code, EXCEPTABLE)}"
            raise EventpackError(what, f"only what is read in words can: {', '.join(EXCEPTABLE)}")
        digest, beside = grounds[claim]
        made.append(Excepted(id=claim, code=code, claim=digest, beside=beside, reason=reason.strip(), date=today))
    return made


def joined(held: Sequence[Excepted], new: Sequence[Excepted]) -> list[Excepted]:
    """All of them, sorted, a new one in the place of the old one of the same finding."""
    by_finding = {(one.id, one.code): one for one in (*held, *new)}
    return [by_finding[key] for key in sorted(by_finding)]
