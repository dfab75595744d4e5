"""PLOVER's objects: entities, locations and what else its JSON records hold in parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eventpack.interchange.accounts import VALUES as ACCOUNTS
from eventpack.interchange.case import Case
from eventpack.interchange.deaths import VALUES as DEATHS
from eventpack.interchange.kinds import VALUES as KINDS
from eventpack.interchange.lookup import Row
from eventpack.interchange.scheme import scheme_of
from eventpack.interchange.where import VALUES as WHERE
from eventpack.interchange.who import country_of, note_roles, plover_sides

Json = Any


def _filled(pairs: Mapping[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in pairs.items() if value not in ("", None, [], {})}


def _entity(actor: Row) -> dict[str, Json]:
    return _filled({
        "code": actor.get("country"), "sector": actor.get("sector"), "entity_text": actor.get("name"),
        "identifier_id": actor.get("wikidata"), "country_name": country_of(actor).name,
    })  # fmt: skip


def _entities(which: int) -> Callable[[Case], Json]:
    def value(case: Case) -> list[dict[str, Json]]:
        note_roles(case, which)
        return [_entity(actor) for actor in plover_sides(case).side(which)]

    return value


def _types(case: Case) -> list[str]:
    found = KINDS["plover-type"](case)
    return [found] if found else []


def _modes(case: Case) -> list[str]:
    realis = KINDS["realis-mode"](case)
    if realis == "future":
        case.lose("realis-future", "events.realis", case.event["realis"])
    return [mode for mode in (KINDS["plover-mode"](case), realis) if mode]


def _number(value: Callable[[Case], str]) -> Callable[[Case], Json]:
    def number(case: Case) -> Json:
        text = value(case)
        return (float(text) if "." in text or "e" in text else int(text)) if text else None

    return number


def _location(case: Case) -> Json:
    if not case.place:
        return None
    resolution: Mapping[str, int] = scheme_of("plover").more["resolution"]
    if case.place.get("radius_km"):
        case.lose("radius", "places.radius_km", case.place["radius_km"])
    if case.event.get("place_sense"):
        case.lose("no-column", "events.place_sense", case.event["place_sense"])
    return _filled({
        "extracted_place": WHERE["place"](case), "resolved_place": WHERE["place"](case),
        "geonameid": WHERE["geonames"](case), "lat": _number(WHERE["latitude"])(case),
        "lon": _number(WHERE["longitude"])(case), "city": WHERE["town"](case), "district": WHERE["district"](case),
        "province": WHERE["province"](case), "country": WHERE["country-name"](case),
        "country_code": WHERE["country-code"](case), "resolution": resolution.get(case.place.get("kind") or ""),
    })  # fmt: skip


def _size(case: Case) -> Json:
    return _filled({name: _number(DEATHS[name])(case) for name in ("dead", "injured", "arrested")})


def _citation(case: Case) -> Json:
    """Where it is from; several sources stand in one text each, separated by semicolons."""
    urls: Sequence[str] = [row["url"] for row in case.sources if row.get("url")]
    return _filled({
        "title": ACCOUNTS["headlines"](case), "publication": ACCOUNTS["publisher-names"](case), "url": "; ".join(urls),
        "language": ACCOUNTS["languages"](case), "codebook": case.event.get("codebook"),
        "coder": case.event.get("coded_by"),
    })  # fmt: skip


def _field(name: str) -> Callable[[Case], Json]:
    return lambda case: None if case.event.get(name) is None else str(case.event[name])


VALUES: Mapping[str, Callable[[Case], Json]] = {
    "entities-actor": _entities(0),
    "entities-recipient": _entities(1),
    "types": _types,
    "modes": _modes,
    "quad-number": _number(KINDS["quad"]),
    "location": _location,
    "size": _size,
    "citation": _citation,
    "event-texts": lambda case: [case.event["title"]],
    "part-of": _field("part_of"),
    "coder": _field("coded_by"),
    "coded-day": _field("coded_on"),
    "note": _field("note"),
    "has-event": lambda case: True,
}
