"""What an event must have so that a format can hold it; the first test that fails is the reason why it is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from eventpack.interchange.case import Case, as_text
from eventpack.interchange.days import begin_of, span_of, width
from eventpack.interchange.deaths import total_of
from eventpack.interchange.kinds import type_of
from eventpack.interchange.scheme import Scheme
from eventpack.interchange.sides import sides_of
from eventpack.interchange.where import ged_where

# A reason, the field at fault and what it holds; None when the event passes.
Refusal = tuple[str, str, str] | None


def refusal_of(case: Case, scheme: Scheme) -> Refusal:
    """Why an event cannot be held by a format; None when it can."""
    return next((found for name in scheme.needs if (found := NEEDS[name](case, scheme)) is not None), None)


def _occurred(case: Case, scheme: Scheme) -> Refusal:
    realis = case.event["realis"]
    return None if realis in scheme.realis else ("not-occurred", "events.realis", realis)


def _deadly(case: Case, scheme: Scheme) -> Refusal:
    total = total_of(case)
    told = "/".join(map(as_text, total)) if total.known else ""
    return None if total.deadly else ("no-deaths", "estimates.best", told)


def _typed(case: Case, scheme: Scheme) -> Refusal:
    chosen = type_of(case, scheme, scheme.more["types"]["schemes"][0])
    return None if chosen.value else (chosen.refused, "events.type", chosen.detail)


def _dated(case: Case, scheme: Scheme) -> Refusal:
    return _bounded(scheme, *span_of(case))


def _begun(case: Case, scheme: Scheme) -> Refusal:
    return _bounded(scheme, *begin_of(case))


def _bounded(scheme: Scheme, first: object, last: object) -> Refusal:
    days = width(first, last)  # type: ignore[arg-type]
    told = f"{first or ''}/{last or ''}"
    if not days:
        return "no-date", "events.date_earliest", told
    return ("too-long", "events.date_latest", told) if days > scheme.more["dates"]["longest"] else None


def _some_day(case: Case, scheme: Scheme) -> Refusal:
    first, last = begin_of(case)
    return ("no-date", "events.date_earliest", "") if first is None and last is None else None


def _year_long(case: Case, scheme: Scheme) -> Refusal:
    first, last = span_of(case)
    if first is None or last is None or first.year == last.year:
        return None
    return "two-years", "events.date_latest", f"{first}/{last}"


def _placed(case: Case, scheme: Scheme) -> Refusal:
    return None if ged_where(case) else ("no-place", "events.place_id", case.place.get("name") or "")


def _acted(case: Case, scheme: Scheme) -> Refusal:
    sides = sides_of(case)
    return None if sides.first or sides.second else ("no-actor", "participants.initiator", "")


NEEDS: Mapping[str, Callable[[Case, Scheme], Refusal]] = {
    "occurred": _occurred,
    "deadly": _deadly,
    "typed": _typed,
    "dated": _dated,
    "begun": _begun,
    "some-day": _some_day,
    "year-long": _year_long,
    "placed": _placed,
    "acted": _acted,
}
