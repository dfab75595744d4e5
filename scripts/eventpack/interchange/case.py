"""One event with everything that concerns it, and what an export of it loses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from eventpack.interchange.lookup import Lookup, Row

if TYPE_CHECKING:
    import polars as pl

    from eventpack.loading.dataset import Dataset

Frames = Callable[[str], "pl.DataFrame | None"]
CHILDREN = ("participants", "claims", "estimates", "event_places", "event_links")
CHUNK = 20_000  # events; their rows are Python objects only so long
NOT_EXPORTED, DROPPED, COARSENED = "not-exported", "dropped", "coarsened"


class Loss(NamedTuple):
    """One thing of an event that an export does not hold as the record does.

    `fate` is not-exported (of the whole event), dropped or coarsened; `field` is ours, as table.field, with what it
    `holds`; `column` is theirs, with what was `written` there.
    """

    event: str
    fate: str
    reason: str
    field: str = ""
    holds: str = ""
    column: str = ""
    written: str = ""


@dataclass
class Case:
    """One event, its rows in other tables, and the tables that they refer to."""

    event: Row
    lookup: Lookup
    participants: Sequence[Row] = ()
    claims: Sequence[Row] = ()
    estimates: Sequence[Row] = ()
    places: Sequence[Row] = ()
    links: Sequence[Row] = ()
    losses: list[Loss] = field(default_factory=list)
    types: dict[tuple[str, str], Any] = field(default_factory=dict)  # what was chosen, so that it is chosen once

    @property
    def id(self) -> str:
        """The id of the event."""
        text: str = self.event["event_id"]
        return text

    def lose(self, reason: str, where: str, holds: object = "", fate: str = COARSENED) -> None:
        """Remember that something is lost; the column is added by whoever fills it."""
        self.losses.append(Loss(self.id, fate, reason, where, as_text(holds)))

    def actors(self, *roles: str) -> list[Row]:
        """The actors in one of these roles, by their ids."""
        found = sorted({row["actor_id"] for row in self.participants if row["role"] in roles})
        return [self.lookup.actors.get(name, {"actor_id": name, "name": name}) for name in found]

    @cached_property
    def place(self) -> Row:
        """The place of the event; empty when it has none."""
        return self.lookup.places.get(self.event.get("place_id") or "", {})

    @cached_property
    def accepted(self) -> list[Row]:
        """The accepted claims, by their ids."""
        return sorted((row for row in self.claims if row.get("status") == "accepted"), key=lambda row: row["claim_id"])

    @cached_property
    def sources(self) -> list[Row]:
        """The sources of accepted claims, by their ids."""
        names = sorted({row["source_id"] for row in self.accepted if row.get("source_id")})
        return [self.lookup.sources[name] for name in names if name in self.lookup.sources]


def as_text(value: object) -> str:
    """A value as an export writes it: whole numbers without a point, days by ISO 8601, what is missing as nothing."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def frames_of(dataset: Dataset) -> Frames:
    """The tables of a dataset by name, None for one that it lacks."""

    def frame(name: str) -> pl.DataFrame | None:
        if name not in dataset and name not in dataset.package.unsound:  # those are refused, not passed over
            return None
        return dataset[name]

    return frame


def cases_of(frames: Frames, tables: Sequence[str] = CHILDREN) -> Iterator[Case]:
    """The events of a dataset one by one, in the order of their ids, with their rows in these tables.

    `frames` gives a table by its name, or None; rows are taken out of it in portions.
    """
    import polars as pl

    events = frames("events")
    if events is None or not events.height:
        return
    events, lookup = events.sort("event_id"), Lookup(frames)
    children = {name: frames(name) for name in tables}
    for start in range(0, events.height, CHUNK):
        part = events.slice(start, CHUNK)
        first, last = part["event_id"][0], part["event_id"][-1]
        grouped = {
            name: _grouped(
                frame.filter(pl.col("event_id").is_between(pl.lit(first), pl.lit(last))).iter_rows(named=True)
            )
            for name, frame in children.items()
            if frame is not None
        }
        for event in part.iter_rows(named=True):
            rows: dict[str, Sequence[Row]] = {name: found.get(event["event_id"], ()) for name, found in grouped.items()}
            yield Case(
                event, lookup, rows.get("participants", ()), rows.get("claims", ()), rows.get("estimates", ()),
                rows.get("event_places", ()), rows.get("event_links", ()),
            )  # fmt: skip


def _grouped(rows: Iterator[dict[str, Any]]) -> Mapping[str, list[Row]]:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["event_id"]].append(row)
    return groups
