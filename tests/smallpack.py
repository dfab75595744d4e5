"""A small valid event package for tests: two sources, three actors, one event with two claims, by the core schemas."""

from __future__ import annotations

import json
from pathlib import Path

import eventpack

PROFILE = Path(eventpack.__file__).parent / "profile"
TEXT = (
    "Harbour news. The ferry was late on Monday. “About 40 people waited,” the port’s clerk said.\n\nNo one was hurt.\n"
)
EVENT = """\
event_id: EV-aaaa01
title: Delay of the ferry
type: STATE
realis: occurred
date_earliest: 2026-03-02
date_latest: 2026-03-02
date_basis: resolved
review: coded
coded_by: coder-1
coded_on: 2026-03-09
codebook: "0.1"
participants:
  - actor_id: ACT-aaaa01
    role: initiator
claims:
  - claim_id: CL-aaaa01
    source_id: SRC-aaaa01
    statement: The ferry came late.
    stance: asserts
    hedge: none
    no_passage: not-held
    status: accepted
  - claim_id: CL-aaaa02
    source_id: SRC-aaaa01
    statement: The clerk of the port says that people waited.
    stance: asserts
    said_by: ACT-aaaa02
    hedge: none
    passage_start: 44
    passage_end: 92
    passage_sha256: 6919ca07b8c8924e778139b3012c4761a0e34d2f96945813b81544886aa92ac6
    status: accepted
"""
_ROWS: dict[str, list[str]] = {
    "sources": ["SRC-aaaa01,Harbour news,,news-report,2026-03-03,2026-03-03,,,,live,en,,,,"],
    "actors": ["ACT-aaaa01,Ferry line,organisation,,,,,,", "ACT-aaaa02,Clerk of the port,office,,,,,,"],
    "places": ["PLC-aaaa01,Harbour,point,,,,,,,"],
    "event_types": [
        "STATE,,State,A standing condition.,,,0.1,,",
        "STATE-delay,STATE,Delay,Something comes late.,,,0.1,,",
        "STATEMENT,,Statement,An address or assessment.,,,0.1,,",
    ],
    "redirects": ["EV-gone01,events,withdrawn,,0.1.0,not an event"],
}
_TABLES = (
    "sources actors places event_types measures wording_rules events participants event_places claims event_links "
    "redirects"
).split()
_MARKS = {"events": {"eventpack:records": "data/records/events"}} | {
    name: {"eventpack:inside": "events"} for name in ("participants", "event_places", "claims", "event_links")
}


def write_small_package(folder: Path, event: str = EVENT) -> Path:
    """Write the package into a folder and return the folder; the built tables are header-only."""
    resources = []
    for name in _TABLES:
        schema = json.loads((PROFILE / f"{name}.json").read_text(encoding="utf-8"))
        _write(folder / f"schemas/{name}.json", json.dumps(schema))
        header = ",".join(field["name"] for field in schema["fields"])
        _write(folder / f"data/{name}.csv", "\n".join([header, *_ROWS.get(name, [])]) + "\n")
        resource = {"name": name, "path": f"data/{name}.csv", "schema": f"schemas/{name}.json", **_MARKS.get(name, {})}
        resources.append(resource)
    descriptor = {"name": "small", "version": "0.1.0", "eventpack:profile": "0.1", "resources": resources}
    _write(folder / "datapackage.json", json.dumps(descriptor, indent=2) + "\n")
    _write(folder / "data/records/events/EV-aaaa01.yaml", event)
    return folder


def write_text(folder: Path, text: str = TEXT) -> Path:
    """Write a source text into a folder of texts and return its path."""
    _write(folder / "harbour.txt", text)
    return folder / "harbour.txt"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
