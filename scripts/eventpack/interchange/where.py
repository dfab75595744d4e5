"""Where: the place of an event, in the columns and codes of formats."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from eventpack.derive.precision import acled_place, ged_place
from eventpack.interchange.case import Case, as_text
from eventpack.interchange.countries import Country, countries
from eventpack.interchange.scheme import scheme_of

# What lies inside which of them, so that a column for the larger may be filled from the smaller.
_ADMIN = {"province": "province", "district": "district", "town": "town"}


def country_of(case: Case) -> Country:
    """The country of the place, with its code alone when the list does not have it."""
    code = case.place.get("country") or ""
    return countries().get(code, Country(code))


def ged_where(case: Case) -> str:
    """The precision of the place in GED's codes; empty without a place on the ground."""
    place = case.place
    sense = case.event.get("place_sense") or ""
    return ged_place(place.get("kind") or "", place.get("country") or "", as_text(place.get("radius_km")), sense)


def _precise(code: Callable[[str], str]) -> Callable[[Case], str]:
    def value(case: Case) -> str:
        if case.place.get("radius_km"):
            case.lose("radius", "places.radius_km", as_text(case.place["radius_km"]))
        return code(ged_where(case))

    return value


def _coordinate(name: str) -> Callable[[Case], str]:
    def value(case: Case) -> str:
        found = case.place.get(name)
        if found is None and case.place:
            case.lose("no-coordinates", f"places.{name}", case.place.get("name"))
        return as_text(found)

    return value


def _point(case: Case) -> str:
    latitude, longitude = case.place.get("latitude"), case.place.get("longitude")
    return "" if latitude is None or longitude is None else f"POINT ({as_text(longitude)} {as_text(latitude)})"


def _priogrid(case: Case) -> str:
    """The cell of PRIO-GRID, half a degree wide, counted from 1 at 90 S 180 W along the rows."""
    latitude, longitude = case.place.get("latitude"), case.place.get("longitude")
    if latitude is None or longitude is None:
        return ""
    row, column = min(math.floor((latitude + 90) * 2), 359), min(math.floor((longitude + 180) * 2), 719)
    return str(row * 720 + column + 1)


def _name(case: Case) -> str:
    return case.place.get("name") or ""


def _told(case: Case) -> str:
    sense, name = case.event.get("place_sense") or "", _name(case)
    return f"{sense} {name}".strip() if name else ""


def _within(kind: str) -> Callable[[Case], str]:
    def value(case: Case) -> str:
        return case.lookup.above(case.place, _ADMIN[kind]).get("name") or ""

    return value


def _country(field: str) -> Callable[[Case], str]:
    def value(case: Case) -> str:
        country = country_of(case)
        if not country.alpha3 and case.place:
            case.lose("no-country", "places.country", case.place.get("name"))
        found: str = getattr(country, field)
        if country.alpha3 and not found:
            case.lose("country-unknown", "places.country", country.alpha3)
        return found

    return value


def _ged_region(case: Case) -> str:
    number = country_of(case).gw
    ranges: Mapping[str, list[list[int]]] = scheme_of("ged").more["regions"]
    spans = ((name, span) for name, spans in ranges.items() for span in spans)
    return next((name for name, (low, high) in spans if number and low <= int(number) <= high), "")


def _geonames(case: Case) -> str:
    return case.lookup.ids.get(("places", case.place.get("place_id", "")), {}).get("geonames", "")


def _kind(case: Case) -> str:
    return case.place.get("kind") or ""


VALUES: Mapping[str, Callable[[Case], str]] = {
    "ged-where": _precise(str),
    "acled-where": _precise(acled_place),
    "latitude": _coordinate("latitude"),
    "longitude": _coordinate("longitude"),
    "point": _point,
    "priogrid": _priogrid,
    "place": _name,
    "place-told": _told,
    "province": _within("province"),
    "district": _within("district"),
    "town": _within("town"),
    "country-name": _country("name"),
    "country-code": _country("alpha3"),
    "country-number": lambda case: _country("numeric")(case).lstrip("0"),
    "country-gw": _country("gw"),
    "ged-region": _ged_region,
    "geonames": _geonames,
    "place-kind": _kind,
}
