"""An event as both sides of a comparison have it: days, a place with what is unsure of it, types, deaths, actors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from eventpack.interchange.case import Case, Frames, cases_of
from eventpack.interchange.days import begin_of, span_of, width
from eventpack.interchange.deaths import Count, total_of
from eventpack.interchange.kinds import type_of
from eventpack.interchange.scheme import Scheme
from eventpack.interchange.sides import TESTS, party_of, sides_of
from eventpack.interchange.who import country_of

# Each actor with all the names that it goes by.
Names = tuple[str, ...]
Sides = tuple[tuple[Names, ...], tuple[Names, ...]]


class Incident(NamedTuple):
    """One event; `radius` is in kilometres, None when it is anywhere in its country. An empty text is not known.

    `actors` are the first and the second side, `countries` the states that act on either side. `known` is the id that
    the other dataset has for it, when ours says so.
    """

    id: str
    first: date | None
    last: date | None
    latitude: float | None
    longitude: float | None
    radius: float | None
    country: str
    place: str
    kinds: frozenset[str]
    deaths: Count
    actors: Sides
    title: str = ""
    known: str = ""


def ours_of(frames: Frames, scheme: Scheme, longest: int, any_type: bool = False) -> Iterator[tuple[Incident, str]]:
    """Our events as a format would see them, each with why it is not compared; nothing when it is.

    Events without any bound, or with bounds further apart than `longest` days, have no place in time to compare.
    """
    for case in cases_of(frames, ("participants", "estimates")):
        found = incident_of(case, scheme)
        yield found, _refusal(case, found, longest, any_type)


def incident_of(case: Case, scheme: Scheme) -> Incident:
    """One of our events as a format would see it."""
    terms = scheme.more["read"]["scheme"]
    first, last = begin_of(case) if terms == "acled-event-type" else span_of(case)
    if first is None and last is None:  # what goes on has no end yet; its beginning is known better
        first, last = begin_of(case)
    sides = sides_of(case)
    place = case.place if case.place.get("kind") != "virtual" else {}
    whole = place.get("kind") == "country"
    elsewhere = case.lookup.ids.get(("events", case.id), {})
    return Incident(
        case.id, first, last, place.get("latitude"), place.get("longitude"),
        None if whole else float(place.get("radius_km") or 0), place.get("country") or "", place.get("name") or "",
        frozenset(_kinds(case, scheme, terms)), total_of(case),
        (_names(case, sides.first), _names(case, sides.second)), case.event.get("title") or "",
        elsewhere.get(scheme.name) or "",
    )  # fmt: skip


def _kinds(case: Case, scheme: Scheme, terms: str) -> Iterator[str]:
    """The types that the event can have there: what the dataset's equivalents allow and its parties do not refute."""
    if terms == "plover-type":
        if found := type_of(case, scheme, terms).value:
            yield found
        return
    tests, sides = scheme.more["types"].get("test", {}), sides_of(case)
    for row in case.lookup.equivalents(case.event["type"], terms, True):
        if TESTS[tests.get(str(row["value"]), "given")](sides) is not False:
            yield str(row["value"])


def _names(case: Case, actors: Sequence[Mapping[str, object]]) -> tuple[Names, ...]:
    """The names of actors; of a government's force also that of its country."""
    found = []
    for actor in actors:
        own = country_of(actor).name if party_of(actor) == "government" else ""
        names = (str(actor["name"]), *case.lookup.names.get(str(actor["actor_id"]), ()), own)
        found.append(tuple(dict.fromkeys(name for name in names if name)))
    return tuple(found)


def _refusal(case: Case, found: Incident, longest: int, any_type: bool) -> str:
    if case.event["realis"] not in ("occurred", "ongoing"):
        return "not-occurred"
    if not found.kinds and not any_type:
        return "no-type"
    if found.first is None and found.last is None:
        return "no-date"
    if width(found.first, found.last) > longest:
        return "too-long"
    told = found.country or found.latitude is not None or any(found.actors)
    return "" if told else "no-place"
