"""Why an event has its support."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eventpack.cells import Cells
from eventpack.derive.support import stances_of, support_of
from eventpack.reasons.claims import ClaimTold, Library, OriginTold, SourceTold
from eventpack.reasons.measure import MeasureReasons


@dataclass(frozen=True, slots=True)
class EventReasons:
    """The support of an event, the claims that it follows from, and the reasons of its measures.

    `support` is as in events_flat, empty when nothing supports the event. `fits` and `against` are the stances that
    support and contest it, by its realis. `supporting` stands in the order in which origins are counted; `beside`
    are accepted claims of other stances, `unaccepted` the others.
    """

    event_id: str
    title: str
    realis: str
    support: str
    independent_count: int
    fits: str
    against: str
    supporting: tuple[OriginTold, ...]
    contesting: tuple[ClaimTold, ...]
    beside: tuple[ClaimTold, ...]
    unaccepted: tuple[ClaimTold, ...]
    measures: tuple[MeasureReasons, ...]
    sources: tuple[SourceTold, ...]


def event_reasons(
    event: Cells, claims: Sequence[Cells], library: Library, measures: tuple[MeasureReasons, ...]
) -> EventReasons:
    """The reasons of an event; `claims` are all on it."""
    found = support_of(event, claims, library.origins)
    fits, against = stances_of(event.get("realis", ""))
    heard = [*found.supporting, *found.contesting]

    def told(rows: Sequence[Cells]) -> tuple[ClaimTold, ...]:
        return tuple(library.claim(row) for row in rows)

    return EventReasons(
        event.get("event_id", ""), event.get("title", ""), event.get("realis", ""), found.word, len(found.independent),
        fits, against,
        tuple(map(library.origin, found.weighed)), told(found.contesting),
        told([claim for claim in found.accepted if claim not in heard]),
        told([claim for claim in claims if claim not in found.accepted]),
        measures, library.sources(claims),
    )  # fmt: skip
