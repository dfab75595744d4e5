"""Rows of a GED file as event tables of ours, as a curator would have coded them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from eventpack.interchange.theirs import country_code
from tests.eventtables import deaths

Row = Mapping[str, str]
_KINDS = {"1": "town", "2": "point", "3": "district", "4": "province", "6": "country"}
_RADIUS = {"1": 2.0, "2": 25.0, "3": 40.0, "4": 120.0, "5": 150.0, "6": 500.0, "7": 200.0}


def ged_tables(
    rows: Iterable[Row], change: Callable[[int, dict[str, Any], dict[str, Any]], None] | None = None
) -> dict[str, Sequence[Mapping[str, Any]]]:
    """The tables; ids carry GED's (`EV-300380`), and `change` may move an event and its place."""
    made: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("events", "places", "participants", "estimates", "claims", "sources")
    }
    actors: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(rows):
        event, place = _event(row), _place(row)
        if change:
            change(number, event, place)
        made["events"].append(event)
        made["places"].append(place)
        for side, role in (("a", "initiator"), ("b", "target")):
            name = f"ACT-{row[f'side_{side}_new_id']:0>6}"
            actors.setdefault(name, _actor(name, row, side))
            made["participants"].append({"event_id": event["event_id"], "actor_id": name, "role": role})
        made["estimates"].append(
            deaths(float(row["low"]), float(row["best"]), float(row["high"]), event_id=event["event_id"])
        )
    return {**made, "actors": list(actors.values())}


def _event(row: Row) -> dict[str, Any]:
    return {
        "event_id": f"EV-{row['id']}", "title": f"Event at {row['where_coordinates'][:80]}", "type": "ASSAULT",
        "realis": "occurred", "date_earliest": date.fromisoformat(row["date_start"]),
        "date_latest": date.fromisoformat(row["date_end"]), "date_basis": "stated", "place_id": f"PLC-{row['id']}",
        "place_sense": "at", "review": "coded", "coded_by": "coder-1", "coded_on": date(2026, 3, 9), "codebook": "0.1",
    }  # fmt: skip


def _place(row: Row) -> dict[str, Any]:
    return {
        "place_id": f"PLC-{row['id']}", "name": row["where_coordinates"],
        "kind": _KINDS.get(row["where_prec"], "area"),
        "country": country_code(row["country_id"], "gw") or None, "latitude": float(row["latitude"]),
        "longitude": float(row["longitude"]), "radius_km": _RADIUS[row["where_prec"]],
    }  # fmt: skip


def _actor(name: str, row: Row, side: str) -> dict[str, Any]:
    text = row[f"side_{side}"]
    sector = "MIL" if text.startswith("Government of") else "CVL" if text == "Civilians" else "REB"
    country = country_code(row["country_id"], "gw") if sector == "MIL" and row["country"] in text else None
    return {"actor_id": name, "name": text, "kind": "collective", "sector": sector, "country": country or None}
