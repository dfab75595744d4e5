"""The tables that events refer to, by key: actors, places, sources, types, measures and ids elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from eventpack.interchange.scheme import counted_as

if TYPE_CHECKING:
    import polars as pl

Row = Mapping[str, Any]


class Lookup:
    """The tables that events refer to; each is read when it is first asked for, and one that is not there is empty."""

    def __init__(self, frames: Callable[[str], pl.DataFrame | None]) -> None:
        self._frames = frames

    def _rows(self, table: str) -> list[Row]:
        frame = self._frames(table)
        return [] if frame is None else list(frame.iter_rows(named=True))

    @cached_property
    def actors(self) -> Mapping[str, Row]:
        """Actors by id."""
        return {row["actor_id"]: row for row in self._rows("actors")}

    @cached_property
    def names(self) -> Mapping[str, Sequence[str]]:
        """Other names of actors by their ids."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for row in self._rows("actor_names"):
            found[row["actor_id"]].append(row["name"])
        return found

    @cached_property
    def places(self) -> Mapping[str, Row]:
        """Places by id."""
        return {row["place_id"]: row for row in self._rows("places")}

    @cached_property
    def sources(self) -> Mapping[str, Row]:
        """Sources by id."""
        return {row["source_id"]: row for row in self._rows("sources")}

    @cached_property
    def types(self) -> Mapping[str, Row]:
        """Event types by code."""
        return {row["code"]: row for row in self._rows("event_types")}

    @cached_property
    def ids(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """The ids of a record elsewhere, by scheme; the record by table and id."""
        found: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for row in self._rows("external_ids"):
            found[row["table"], row["record_id"]][row["scheme"]] = row["value"]
        return found

    @cached_property
    def counts(self) -> Mapping[str, str]:
        """What a measure counts, by its code: deaths, those of one side, injured, arrested."""
        told, found = counted_as(), dict[str, str]()
        for row in self._rows("measures"):
            code, elsewhere = row["code"], self.ids.get(("measures", row["code"]), {})
            known = {f"{scheme}:{value}" for scheme, value in elsewhere.items()}
            by_id = next((what for what, terms in told["equivalents"].items() if known & set(terms)), "")
            by_name = next((what for what, codes in told["codes"].items() if code in codes), "")
            if row.get("kind") == "count" and (by_id or by_name):
                found[code] = by_id or by_name
        return found

    def above(self, place: Row, kind: str) -> Row:
        """The place itself or the nearest above it of that kind; empty when there is none."""
        seen = set[str]()
        while place and place["place_id"] not in seen:
            if place.get("kind") == kind:
                return place
            seen.add(place["place_id"])
            place = self.places.get(place.get("parent_id") or "", {})
        return {}

    def chain(self, code: str) -> list[str]:
        """An event type and those above it, nearest first."""
        found: list[str] = []
        while code and code not in found:
            found.append(code)
            code = self.types.get(code, {}).get("broader") or ""
        return found

    def equivalents(self, code: str, terms: str, inherit: bool) -> list[Row]:
        """What an event type is in a scheme; with `inherit`, of the nearest type above that has an equivalent there."""
        for each in self.chain(code) if inherit else [code]:
            if found := self._equivalents.get((each, terms)):
                return found
        return []

    @cached_property
    def _equivalents(self) -> Mapping[tuple[str, str], list[Row]]:
        found: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self._rows("type_equivalents"):
            found[row["code"], row["scheme"]].append(row)
        return {key: sorted(rows, key=lambda row: str(row["value"])) for key, rows in found.items()}
