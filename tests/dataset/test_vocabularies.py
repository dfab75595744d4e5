"""Actors, places and event types of the dataset: used, known, and no more exact than the texts."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from tests.dataset.rows import Row, by_key, claims, events, read_table


def test_unnamed_actors_stay_unnamed() -> None:
    """Nothing identifies a speaker whom a text does not name; a country is known only through whom they serve."""
    actors = by_key("actors", "actor_id")
    for actor in actors.values():
        if actor["kind"] == "unnamed":
            assert actor["name"].endswith(" (unnamed)"), actor["actor_id"]
            assert not actor["wikidata"], actor["actor_id"]
            parent = actors.get(actor["parent_id"], {"country": ""})
            assert actor["country"] == parent["country"], actor["actor_id"]


def test_persons_are_named_as_holders_of_a_public_role() -> None:
    """A person has the body in which the role is held, and a note with the role that the text names."""
    people = [row for row in read_table("actors") if row["kind"] == "person"]
    public = [
        p for p in people if p["parent_how"] in ("holds-office", "commands") and p["note"].startswith("Named as ")
    ]
    assert people == public


def test_every_actor_and_place_is_used() -> None:
    """The tables hold nobody whom no record needs, directly or as a parent."""
    used = {row["actor_id"] for event in events() for row in event.get("participants", ())}
    used |= {claim[name] for claim in claims() for name in ("said_by", "relayed_by") if name in claim}
    used |= {row["parent_id"] for row in read_table("actors")}
    assert set() == {row["actor_id"] for row in read_table("actors")} - used
    places = {event.get("place_id", "") for event in events()} | {row["parent_id"] for row in read_table("places")}
    places |= {row["place_id"] for event in events() for row in event.get("event_places", ())}
    assert set() == {row["place_id"] for row in read_table("places")} - places


def test_places_lie_within_their_parents() -> None:
    """The point of a place is inside the circle of the larger place."""
    places = by_key("places", "place_id")
    children = [place for place in places.values() if place["parent_id"]]
    assert len(children) >= 3
    for place in children:
        parent = places[place["parent_id"]]
        assert kilometres(place, parent) <= float(parent["radius_km"]), place["place_id"]


def kilometres(one: Row, other: Row) -> float:
    """The distance of two places on a sphere of the Earth's mean radius."""
    lat, lon, lat2, lon2 = (radians(float(row[name])) for row in (one, other) for name in ("latitude", "longitude"))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(half))


def test_event_types_and_equivalents_are_known() -> None:
    """Every type in use is in the vocabulary, and so is every code that has an equivalent elsewhere."""
    known = by_key("event_types", "code")
    assert set() == {event["type"] for event in events()} - known.keys()
    assert set() == {row["code"] for row in read_table("type_equivalents")} - known.keys()
    plover = {row["code"] for row in read_table("type_equivalents") if row["scheme"] == "plover-type"}
    own = {code for code in known if code.partition("-")[0] in ("STATE", "STATEMENT")}
    assert known.keys() - own == plover
