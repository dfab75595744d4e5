"""Small event tables for tests, typed as `load` types them, by the core schemas."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

import eventpack
from eventpack.csvtext import csv_bytes
from eventpack.interchange.case import as_text

PROFILE = Path(eventpack.__file__).parent / "profile"
_TYPES = {
    "string": pl.String, "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date,
}  # fmt: skip
Frames = Callable[[str], pl.DataFrame | None]
EVENT = {
    "event_id": "EV-aaaa01", "title": "Clash at the bridge", "type": "ASSAULT-firearms", "realis": "occurred",
    "date_earliest": date(2026, 3, 2), "date_latest": date(2026, 3, 2), "date_basis": "stated",
    "place_id": "PLC-town01", "place_sense": "at", "review": "coded", "coded_by": "coder-1",
    "coded_on": date(2026, 3, 9), "codebook": "0.1",
}  # fmt: skip
ACTORS = [
    {"actor_id": "ACT-army01", "name": "Army of Iran", "kind": "armed-force", "country": "IRN", "sector": "MIL"},
    {"actor_id": "ACT-rebel1", "name": "Hill Front", "kind": "armed-group", "country": "IRN", "sector": "REB"},
    {"actor_id": "ACT-milit1", "name": "Valley Guard", "kind": "armed-group", "country": "IRN", "sector": "PRM"},
    {"actor_id": "ACT-people", "name": "Villagers", "kind": "population", "country": "IRN", "sector": "CVL"},
    {"actor_id": "ACT-nobody", "name": "Somebody", "kind": "unnamed"},
]
PLACES = [
    {"place_id": "PLC-count1", "name": "Iran", "kind": "country", "country": "IRN", "latitude": 32.4, "longitude": 53.7,
     "radius_km": 1250.0},
    {"place_id": "PLC-provi1", "name": "Kurdistan", "kind": "province", "country": "IRN", "parent_id": "PLC-count1",
     "latitude": 35.6, "longitude": 47.0, "radius_km": 120.0},
    {"place_id": "PLC-distr1", "name": "Baneh County", "kind": "district", "country": "IRN",
     "parent_id": "PLC-provi1", "latitude": 36.0, "longitude": 45.9, "radius_km": 25.0},
    {"place_id": "PLC-town01", "name": "Baneh", "kind": "town", "country": "IRN", "parent_id": "PLC-distr1",
     "latitude": 35.9975, "longitude": 45.8853, "radius_km": 5.0},
    {"place_id": "PLC-sea001", "name": "Arabian Sea", "kind": "water", "latitude": 15.0, "longitude": 65.0},
]  # fmt: skip
SOURCES = [
    {"source_id": "SRC-aaaa01", "title": "Clash in the hills", "publisher": "Harbour News", "kind": "news-report",
     "published_earliest": date(2026, 3, 3), "published_latest": date(2026, 3, 3), "state": "live", "language": "en"},
    {"source_id": "SRC-aaaa02", "title": "Two versions; one clash", "kind": "wire", "state": "unknown",
     "published_latest": date(2026, 3, 5)},
]  # fmt: skip
CLAIM = {
    "claim_id": "CL-aaaa01", "event_id": "EV-aaaa01", "source_id": "SRC-aaaa01", "statement": "There was a clash.",
    "stance": "asserts", "hedge": "none", "status": "accepted", "said_by": "ACT-army01", "no_passage": "not-held",
}  # fmt: skip


def frames(**tables: Sequence[Mapping[str, Any]]) -> Frames:
    """Tables by name: those given, with what is not given of the vocabularies, actors, places and sources above."""
    given = {**_shared(), **tables}
    made = {name: _frame(name, rows) for name, rows in given.items()}
    return made.get


def event(number: int = 1, **fields: Any) -> dict[str, Any]:
    """An event that fits every format, with other fields as given."""
    return EVENT | {"event_id": f"EV-aaaa{number:02}"} | fields


def participant(actor: str, role: str, event_id: str = "EV-aaaa01") -> dict[str, Any]:
    """One actor in a role."""
    return {"event_id": event_id, "actor_id": actor, "role": role}


def deaths(
    low: float | None, best: float | None, high: float | None, measure: str = "deaths", event_id: str = "EV-aaaa01"
) -> dict[str, Any]:
    """A chosen estimate of deaths."""
    return {
        "event_id": event_id, "measure": measure, "low": low, "best": best, "high": high, "rule": "latest",
        "claim_id": "CL-aaaa01", "claim_count": 1, "independent_count": 1, "chosen": True,
    }  # fmt: skip


def _frame(name: str, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    schema = json.loads((PROFILE / f"{name}.json").read_text("utf-8"))
    types = {field["name"]: _TYPES[field["type"]] for field in schema["fields"]}
    assert not {key for row in rows for key in row} - set(types), name
    return pl.DataFrame([{key: row.get(key) for key in types} for row in rows], schema=types)


def _shared() -> dict[str, Sequence[Mapping[str, Any]]]:
    folder = Path(eventpack.__file__).parent / "starter/vocabulary/plover"
    vocabularies: dict[str, Sequence[Mapping[str, Any]]] = {
        name: [_typed(row) for row in pl.read_csv(folder / f"{name}.csv", infer_schema=False).to_dicts()]
        for name in ("event_types", "type_equivalents")
    }
    counted = [
        {"code": code, "label": code, "kind": "count", "unit": "persons", "definition": code}
        for code in ("deaths", "deaths-civilians", "injured", "fighters-deployed")
    ]
    return vocabularies | {"actors": ACTORS, "places": PLACES, "sources": SOURCES, "measures": counted}


def _typed(row: Mapping[str, str | None]) -> dict[str, Any]:
    return {key: int(value) if key == "quad_class" and value else value for key, value in row.items()}


def write_package(folder: Path, **tables: Sequence[Mapping[str, Any]]) -> Path:
    """The same tables as a packaged folder, without record files."""
    resources = []
    for name, rows in {"events": [], **_shared(), **tables}.items():
        schema = json.loads((PROFILE / f"{name}.json").read_text("utf-8"))
        names = [field["name"] for field in schema["fields"]]
        path = folder / f"data/{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(csv_bytes(names, [[_cell(row.get(key)) for key in names] for row in rows]))
        for key in ("foreignKeys", "eventpack:inside", "eventpack:rules"):  # they may lead to tables that are not here
            schema.pop(key, None)
        resources.append({"name": name, "path": f"data/{name}.csv", "schema": schema})
    descriptor = {"name": "tables", "version": "0.1.0", "eventpack:profile": "0.1", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


def _cell(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else as_text(value)
