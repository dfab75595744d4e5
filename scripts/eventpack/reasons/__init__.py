"""Why an event has its support and its estimates: the derivation, told claim by claim.

Nothing is computed here: what counts, and what it leans on, is what `derive` says when it builds the tables.
"""

from __future__ import annotations

from pathlib import Path

from eventpack.cells import cells_of
from eventpack.derive.estimates import default_rules
from eventpack.errors import EventpackError
from eventpack.finding import near_miss
from eventpack.opening import find_target, read_sound
from eventpack.reasons.claims import Library
from eventpack.reasons.event import EventReasons, event_reasons
from eventpack.reasons.measure import measure_reasons
from eventpack.subject import Subject, read_subject

_NEEDED = ("events", "claims", "sources")
_USED = (*_NEEDED, "source_links", "actors", "actor_names", "measures", "wording_rules")


def why(event_id: str, measure: str = "", path: str | Path = ".") -> EventReasons:
    """Why an event of the package at a path has its support, and why its measures, or one of them, their estimates.

    The package is a source tree, a packaged folder or a zip; what is told follows from its events and claims, in a
    source tree from the record files.

    Raises:
        NotAPackage: The path holds no package.
        EventpackError: It has no such event, the event no such measure, or its tables cannot be read.
    """
    subject = _subject(path)
    event = _event(subject, event_id)
    claims = [claim for claim in cells_of(subject, "claims") if claim.get("event_id") == event_id]
    library = Library.of(subject)
    measured = sorted({claim.get("measure", "") for claim in claims} - {""})
    if measure and measure not in measured:
        raise _no_measure(subject, event_id, measure, measured)
    wanted = [measure] if measure else measured
    return event_reasons(event, claims, library, tuple(measure_reasons(one, claims, library) for one in wanted))


def _subject(path: str | Path) -> Subject:
    package, _ = read_sound(find_target(path))
    subject = read_subject(package)[0] if package else None
    validate = "run `eventpack validate` on it, and mend what it says"
    if subject is None:
        raise EventpackError(f"the package at {path} cannot be read", validate)
    if unread := [name for name in _USED if name in subject.unread]:
        raise EventpackError(f"the table `{unread[0]}` cannot be read as a whole", validate)
    if missing := [name for name in _NEEDED if name not in subject.tables]:
        what = f"{path} has no table `{missing[0]}`, so nothing is derived from claims there"
        raise EventpackError(what, "name an event data package")
    return subject


def _event(subject: Subject, event_id: str) -> dict[str, str]:
    events = {event.get("event_id", ""): event for event in cells_of(subject, "events")}
    if event_id in events:
        return events[event_id]
    for claim in cells_of(subject, "claims"):
        if claim.get("claim_id") == event_id:
            fix = f"ask for it: eventpack why {claim.get('event_id', '')}"
            raise EventpackError(f"`{event_id}` is a claim, on the event {claim.get('event_id', '')}", fix)
    for row in cells_of(subject, "redirects"):
        if row.get("old_id") == event_id:
            became = f"{row.get('outcome', '')} {row.get('new_id', '').replace('|', ', ')}".strip()
            raise EventpackError(f"`{event_id}` is no longer in use: {became}", "ask for an event that is")
    what = f"there is no event `{event_id}`{near_miss(event_id, events)}"
    raise EventpackError(what, "the table events lists their ids")


def _no_measure(subject: Subject, event_id: str, measure: str, measured: list[str]) -> EventpackError:
    known = default_rules(subject)
    fix = f"it has numbers for: {', '.join(measured)}" if measured else "leave the measure out"
    if measure in known:
        return EventpackError(f"no claim on {event_id} has the measure `{measure}`", fix)
    return EventpackError(f"there is no measure `{measure}`{near_miss(measure, known)}", fix)
