"""A small valid event package for tests: two sources, three actors, one event with two claims, by the core schemas."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
_ROWS: dict[str, list[dict[str, str]]] = {
    "sources": [
        {
            "source_id": "SRC-aaaa01", "title": "Harbour news", "kind": "news-report", "language": "en",
            "published_earliest": "2026-03-03", "published_latest": "2026-03-03", "state": "live",
        }
    ],
    "actors": [
        {"actor_id": "ACT-aaaa01", "name": "Ferry line", "kind": "organisation"},
        {"actor_id": "ACT-aaaa02", "name": "Clerk of the port", "kind": "office"},
    ],
    "places": [{"place_id": "PLC-aaaa01", "name": "Harbour", "kind": "point"}],
    "event_types": [
        {"code": "STATE", "label": "State", "definition": "A standing condition.", "since": "0.1"},
        {
            "code": "STATE-delay", "broader": "STATE", "label": "Delay", "definition": "Something comes late.",
            "since": "0.1",
        },
        {"code": "STATEMENT", "label": "Statement", "definition": "An address or assessment.", "since": "0.1"},
    ],
    "redirects": [
        {
            "old_id": "EV-gone01", "table": "events", "outcome": "withdrawn", "version": "0.1.0",
            "reason": "not an event",
        }
    ],
}  # fmt: skip
_TABLES = (
    "sources actors places event_types measures wording_rules events participants event_places claims event_links "
    "redirects"
).split()
_MARKS = {"events": {"eventpack:records": "data/records/events"}}


def write_small_package(folder: Path, event: str = EVENT) -> Path:
    """Write the package into a folder and return the folder; the built tables are header-only."""
    resources = []
    for name in _TABLES:
        schema = json.loads((PROFILE / f"{name}.json").read_text(encoding="utf-8"))
        _write(folder / f"schemas/{name}.json", json.dumps(schema))
        header = ",".join(field["name"] for field in schema["fields"]) + "\n"
        _write(folder / f"data/{name}.csv", "".join([header, *(csv_line(name, row) for row in _ROWS.get(name, []))]))
        resource = {"name": name, "path": f"data/{name}.csv", "schema": f"schemas/{name}.json", **_MARKS.get(name, {})}
        resources.append(resource)
    descriptor = {"name": "small", "version": "0.1.0", "eventpack:profile": "0.1", "resources": resources}
    _write(folder / "datapackage.json", json.dumps(descriptor, indent=2) + "\n")
    _write(folder / "data/records/events/EV-aaaa01.yaml", event)
    return folder


def csv_line(table: str, cells: Mapping[str, str]) -> str:
    """A row of a core table as a line of its CSV file, in the profile's field order; no cell needs quotes."""
    fields = json.loads((PROFILE / f"{table}.json").read_text(encoding="utf-8"))["fields"]
    names = [field["name"] for field in fields]
    assert set(cells) <= set(names)
    return ",".join(cells.get(name, "") for name in names) + "\n"


def write_text(folder: Path, text: str = TEXT) -> Path:
    """Write a source text into a folder of texts and return its path."""
    _write(folder / "harbour.txt", text)
    return folder / "harbour.txt"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
