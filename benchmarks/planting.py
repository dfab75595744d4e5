"""54 errors of 18 kinds, three of each, set into rows as they pass by.

A row gets at most one error. The ids that are replaced by an earlier one (`primary`) are missed by their claims, which
are the errors of the kind `foreign_event`.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

EACH = 3
FEWEST = 100  # events: errors stand in different rows, not among the first tenth
CHANGES: dict[str, tuple[str, dict[str, str]]] = {  # kind → field in error, cells to set
    "type_date": ("first", {"first": "2021-13-45"}),
    "type_integer": ("best", {"best": "12x"}),
    "type_number": ("latitude", {"latitude": "n.a."}),
    "type_boolean": ("peaceful", {"peaceful": "maybe"}),
    "type_datetime": ("recorded", {"recorded": "2023/01/01 10h"}),
    "required": ("actor_id", {"actor_id": ""}),
    "enum": ("kind", {"kind": "strkie"}),
    "pattern": ("country", {"country": "bra"}),
    "minimum": ("low", {"low": "-3"}),
    "maximum": ("longitude", {"longitude": "223.4"}),
    "length": ("note", {"note": "x, " * 250}),
    "primary": ("event_id", {"event_id": "E-0000000{}"}),
    "foreign_actor": ("actor_id", {"actor_id": "A-999999"}),
    "foreign_place": ("place_id", {"place_id": "P-999999"}),
    "order_days": ("last", {"first": "2021-05-05", "last": "2021-05-04"}),
    "order_numbers": ("low", {"low": "900"}),
}
CLAIM = ("foreign_source", "source_id", "S-9999999")
Place = tuple[str, int, str, int]  # table, row from 1, field, line of the cell


class Planting:
    """Which row gets which error, and where each came to stand."""

    def __init__(self, count: int) -> None:
        chance = random.Random(3)
        rows = chance.sample(range(count // 10, count), EACH * (len(CHANGES) + 1))
        kinds = [kind for kind in CHANGES for _ in range(EACH)]
        self.events = dict(zip(rows, kinds, strict=False))
        self.lost = {row for row, kind in self.events.items() if kind == "primary"}
        self.claims = set(rows[len(kinds) :])
        self.truth: dict[str, list[Place]] = {}

    def into(self, table: str, header: list[str], rows: Iterable[list[object]]) -> Iterator[list[object]]:
        """The rows of a table, with the errors that belong into it."""
        at = {name: position for position, name in enumerate(header)}
        line = 2
        for number, row in enumerate(rows):
            for kind, field, cells in self.changes(table, number):
                for name, text in cells.items():
                    row[at[name]] = text
                before = sum(str(cell).count("\n") for cell in row[: at[field]])
                self.truth.setdefault(kind, []).append((table, number + 1, field, line + before))
            yield row
            line += 1 + (str(row[at["note"]]).count("\n") if "note" in at else 0)

    def changes(self, table: str, number: int) -> Iterator[tuple[str, str, dict[str, str]]]:
        """The errors of one row: kind, field, cells to set."""
        if table == "events" and number in self.events:
            kind = self.events[number]
            field, cells = CHANGES[kind]
            yield kind, field, {name: text.format(len(self.truth.get(kind, []))) for name, text in cells.items()}
        if table == "claims" and number in self.lost:
            yield "foreign_event", "event_id", {}
        if table == "claims" and number in self.claims:
            kind, field, text = CLAIM
            yield kind, field, {field: text}
