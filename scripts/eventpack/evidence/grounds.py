"""What the ledger's entries and exceptions rest on: the content of claims, and what the checks read beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eventpack.cells import Cells, cells_of
from eventpack.digests import content_digests
from eventpack.files import sha256
from eventpack.jsontext import canonical_json
from eventpack.ledger import Excepted, Ledger
from eventpack.subject import Subject

_TABLE = "claims"
_EVENT = "type title realis date_earliest date_latest end_earliest end_latest date_basis".split()
_SOURCE = "language published_earliest published_latest text_sha256".split()
Grounds = Mapping[str, tuple[str, str]]  # by claim: the digest of its content, and that of what stands beside it


def claim_digests(subject: Subject) -> Mapping[str, str]:
    """The digest of the content of each claim to report on, by its id."""
    package = subject.package
    if all(resource.name != _TABLE for resource in package.tables):
        return {}
    names = {_TABLE, *(resource.name for resource in package.children(_TABLE))}
    tables = {name: table for name, table in subject.own.items() if name in names}
    return content_digests(package, tables).get(_TABLE, {})


def grounds_of(subject: Subject) -> Grounds:
    """What exceptions on the claims to report on rest on: the claim, and of its event and source what is read."""
    claims = subject.own.get(_TABLE)
    if claims is None:
        return {}
    events = {row.get("event_id", ""): row for row in cells_of(subject, "events")}
    sources = {row.get("source_id", ""): row for row in cells_of(subject, "sources")}
    digests, grounds = claim_digests(subject), {}
    for row in range(claims.size):
        claim = claims.row(row)
        event, source = events.get(claim.get("event_id", ""), {}), sources.get(claim.get("source_id", ""), {})
        beside = sha256(canonical_json([_read(event, _EVENT), _read(source, _SOURCE)]))
        grounds[claim["claim_id"]] = digests.get(claim["claim_id"], ""), beside
    return grounds


def _read(row: Cells, names: Sequence[str]) -> dict[str, str]:
    return {name: row[name] for name in names if row.get(name)}


def holds(one: Excepted, grounds: Grounds) -> bool:
    """Whether nothing has changed that an exception rests on."""
    return grounds.get(one.id) == (one.claim, one.beside)


def unbroken(old: Ledger | None, subject: Subject) -> list[Excepted]:
    """The exceptions of a ledger that still hold."""
    if old is None or not old.exceptions:
        return []
    grounds = grounds_of(subject)
    return [one for one in old.exceptions if holds(one, grounds)]
