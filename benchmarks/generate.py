"""A synthetic package of any size for benchmarks: events with actors and claims, keys, rules and long text.

Run: `python benchmarks/generate.py FOLDER EVENTS`. The same arguments give the same bytes.
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

KINDS = ["blockade", "march", "sit-in", "strike", "vigil"]
WORDS = "the crowd “gathered” at dawn, said a clerk; Київ and Bogotá were quiet while São Tomé waited for news".split()
FIRST = date(1990, 1, 1)


def field(name: str, kind: str = "string", **constraints: object) -> dict[str, Any]:
    """A field of a schema."""
    return {"name": name, "type": kind, "constraints": constraints}


ACTORS = {
    "fields": [field("actor_id", required=True, pattern=r"^A-\d{6}$"), field("name", required=True)],
    "primaryKey": ["actor_id"],
}
EVENTS = {
    "fields": [
        field("event_id", required=True, pattern=r"^E-\d{8}$"),
        field("kind", required=True, enum=KINDS),
        field("first", "date", required=True, minimum="1990-01-01"),
        field("last", "date", required=True),
        field("actor_id", required=True, pattern=r"^A-\d{6}$"),
        field("latitude", "number", required=True, minimum=-90, maximum=90),
        field("longitude", "number", required=True, minimum=-180, maximum=180),
        field("low", "integer", required=True, minimum=0),
        field("high", "integer", required=True, minimum=0),
        field("peaceful", "boolean"),
        field("note", required=True, minLength=10, maxLength=400),
    ],
    "primaryKey": ["event_id"],
    "foreignKeys": [{"fields": ["actor_id"], "reference": {"resource": "actors", "fields": ["actor_id"]}}],
    "eventpack:rules": [
        {"name": "days", "kind": "order", "fields": ["first", "last"], "say": "It does not end before it begins."},
        {"name": "numbers", "kind": "order", "fields": ["low", "high"], "say": "Low is not above high."},
    ],
}
CLAIMS = {
    "fields": [
        field("claim_id", required=True, pattern=r"^C-\d{8}$"),
        field("event_id", required=True),
        field("said", "date", required=True),
        field("value", "integer", minimum=0),
    ],
    "primaryKey": ["claim_id"],
    "foreignKeys": [{"fields": ["event_id"], "reference": {"resource": "events", "fields": ["event_id"]}}],
}


def degrees(chance: random.Random, most: int) -> str:
    """An angle as plain decimal text: no exponent, no minus zero."""
    return chance.choice(["", "-"]) + f"{chance.uniform(0.001, most):.5f}"


def event_rows(count: int, actors: int, chance: random.Random) -> Iterator[list[object]]:
    """The rows of events."""
    for number in range(count):
        first = FIRST + timedelta(days=chance.randrange(12_000))
        low = chance.randrange(40)
        note = " ".join(chance.choices(WORDS, k=chance.randrange(12, 50)))[:400].strip()
        yield [
            f"E-{number:08d}", chance.choice(KINDS), first, first + timedelta(days=chance.randrange(3)),
            f"A-{chance.randrange(actors):06d}", degrees(chance, 70), degrees(chance, 180),
            low, low + chance.randrange(30), chance.choice(["true", "false", ""]), note,
        ]  # fmt: skip


def claim_rows(count: int, chance: random.Random) -> Iterator[list[object]]:
    """The rows of claims: one for each event."""
    for number in range(count):
        said = FIRST + timedelta(days=chance.randrange(12_000))
        yield [f"C-{number:08d}", f"E-{number:08d}", said, chance.choice(["", chance.randrange(90)])]


def generate(folder: Path, count: int) -> None:
    """Write the package into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    chance, actors = random.Random(5), max(50, count // 50)
    names = ([f"A-{number:06d}", f"Union {number} of {chance.choice(WORDS).strip('“”,;')}"] for number in range(actors))
    tables: dict[str, tuple[dict[str, Any], Iterable[list[object]]]] = {
        "actors": (ACTORS, names),
        "events": (EVENTS, event_rows(count, actors, chance)),
        "claims": (CLAIMS, claim_rows(count, chance)),
    }
    resources = []
    for name, (schema, rows) in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(one["name"] for one in schema["fields"])
            writer.writerows(rows)
        resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
    descriptor = {"name": "synthetic", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, indent=1), encoding="utf-8")


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]))
