"""A synthetic package of any size for benchmarks: five tables, keys, rules, optional cells, text over several lines.

Run: `python benchmarks/generate.py FOLDER EVENTS [--errors]`. The same arguments give the same bytes. Rows are written
one by one, so memory does not grow with them. `--errors` plants 54 errors (see planting.py) and lists them in
`truth.json`: kind → table, row from 1, field, line in the file.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from planting import FEWEST, Planting
from schemas import KINDS, LANGUAGES, ORIGINS, PRECISION, SCHEMAS, STANCES

WORDS = "the crowd gathered at dawn, said a clerk; Київ and Bogotá were quiet while São Tomé waited for news".split()
DAYS = [(date(1990, 1, 1) + timedelta(days=day)).isoformat() for day in range(12_100)]
COUNTRIES = [f"{first}{second}A" for first in "BCDFG" for second in "RSTU"]
FIRST_DAYS = 12_000  # an event ends, and is recorded, within the last hundred
Row = list[object]


def degrees(chance: random.Random, most: int) -> str:
    """An angle as plain decimal text: no exponent, no minus zero."""
    return f"{'' if chance.random() < 0.5 else '-'}{0.001 + chance.random() * (most - 1):.5f}"


def pieces(chance: random.Random) -> list[str]:
    """Sentences that notes are put together from: some quoted, some with a line break."""
    made = []
    for number in range(4000):
        text = " ".join(chance.choices(WORDS, k=chance.randrange(9, 16))).capitalize()
        made.append(text + (" “so they say”.", ' "so they say".', ".", ".", ".\n")[number % 5])
    return made


def actor_rows(count: int, chance: random.Random) -> Iterator[Row]:
    """The rows of actors; some are part of an earlier one."""
    for number in range(count):
        parent = f"A-{chance.randrange(number):06d}" if number and number % 5 == 0 else ""
        yield [f"A-{number:06d}", f"Union {number} of {chance.choice(WORDS).strip(',;')}", ORIGINS[number % 4], parent]


def place_rows(count: int, chance: random.Random) -> Iterator[Row]:
    """The rows of places."""
    for number in range(count):
        yield [f"P-{number:06d}", f"Market of {number}", degrees(chance, 90), degrees(chance, 180)]


def source_rows(count: int, chance: random.Random) -> Iterator[Row]:
    """The rows of sources."""
    for number in range(count):
        page = f"https://news.example/{number // 1000}/{number}"
        yield [f"S-{number:07d}", page, chance.choice(DAYS), LANGUAGES[number % len(LANGUAGES)]]


def event_rows(count: int, actors: int, places: int, chance: random.Random) -> Iterator[Row]:
    """The rows of events."""
    texts = pieces(chance)
    draw = chance.random  # three times as fast as `randrange`
    for number in range(count):
        first, low = int(draw() * FIRST_DAYS), int(draw() * 40)
        best = low + int(draw() * 9)
        second = int(draw() * 86_400)
        yield [
            f"E-{number:08d}", KINDS[int(draw() * len(KINDS))], DAYS[first], DAYS[first + int(draw() * 3)],
            PRECISION[int(draw() * 3)], f"A-{int(draw() * actors):06d}",
            f"A-{int(draw() * actors):06d}" if draw() < 0.7 else "", f"P-{int(draw() * places):06d}",
            COUNTRIES[int(draw() * 20)], degrees(chance, 90), degrees(chance, 180), low, best, best + int(draw() * 20),
            ("true", "false", "")[int(draw() * 3)], STANCES[int(draw() * 3)],
            " ".join(chance.choices(texts, k=1 + int(draw() * 3))).strip(),
            f"{DAYS[first + 60]}T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}Z",
        ]  # fmt: skip


def claim_rows(count: int, sources: int, chance: random.Random) -> Iterator[Row]:
    """The rows of claims: one for each event."""
    for number in range(count):
        value = chance.choice(["", int(chance.random() * 90)])
        source = f"S-{int(chance.random() * sources):07d}"
        yield [f"C-{number:08d}", f"E-{number:08d}", source, DAYS[number % FIRST_DAYS], value]


def generate(folder: Path, count: int, *, errors: bool = False) -> None:
    """Write the package into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(5)
    actors, places, sources = max(50, count // 50), max(100, min(50_000, count // 10)), max(200, count // 3)
    tables: dict[str, Iterable[Row]] = {
        "actors": actor_rows(actors, chance),
        "places": place_rows(places, chance),
        "sources": source_rows(sources, chance),
        "events": event_rows(count, actors, places, chance),
        "claims": claim_rows(count, sources, chance),
    }
    planting = Planting(count) if errors else None
    resources: list[dict[str, Any]] = []
    for name, rows in tables.items():
        header = [one["name"] for one in SCHEMAS[name]["fields"]]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(planting.into(name, header, rows) if planting else rows)
        resources.append({"name": name, "path": f"{name}.csv", "schema": SCHEMAS[name]})
    descriptor = {"name": "synthetic", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, indent=1), encoding="utf-8")
    if planting:
        (folder / "truth.json").write_text(json.dumps(planting.truth, indent=1), encoding="utf-8")


def main() -> None:
    """Generate what the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a synthetic data package of any size.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("events", type=int)
    parser.add_argument("--errors", action="store_true", help="plant 54 errors, listed in truth.json")
    asked = parser.parse_args()
    if asked.events < (FEWEST if asked.errors else 1):
        parser.error(f"give at least {FEWEST} events: errors are planted in different rows")
    generate(asked.folder, asked.events, errors=asked.errors)


if __name__ == "__main__":
    main()
