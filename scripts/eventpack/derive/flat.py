"""The derivation `events_flat`: one row per event that can be used alone.

Each column is defined by its description in the schema of events_flat; a column that is not computed here is
copied from events.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from eventpack.cells import Cells, cells_of
from eventpack.derive.basis import Basis
from eventpack.derive.precision import acled_place, acled_time, days_between, ged_date, ged_place
from eventpack.derive.support import Support


def flat_rows(basis: Basis) -> Iterator[Mapping[str, str]]:
    """The rows of events_flat, with every computed column and all columns of events."""
    tables = _Tables.of(basis)
    for event in basis.events:
        yield {**event} | tables.labels(event) | tables.support(event) | tables.precision(event) | tables.plover(event)


@dataclass(frozen=True, slots=True)
class _Tables:
    """What the events are joined with, by key."""

    types: Mapping[str, Cells]
    places: Mapping[str, Cells]
    actors: Mapping[str, Cells]
    participants: Mapping[str, list[Cells]]
    equivalents: Mapping[str, list[Cells]]
    supports: Mapping[str, Support]

    @classmethod
    def of(cls, basis: Basis) -> _Tables:
        subject = basis.subject
        return cls(
            _by_key(cells_of(subject, "event_types"), "code"),
            basis.places,
            _by_key(cells_of(subject, "actors"), "actor_id"),
            _grouped(cells_of(subject, "participants"), "event_id"),
            _grouped(cells_of(subject, "type_equivalents"), "code"),
            basis.support,
        )

    def labels(self, event: Cells) -> dict[str, str]:
        place = self.places.get(event.get("place_id", ""), {})
        return {
            "type_label": self.types.get(event.get("type", ""), {}).get("label", ""),
            "place_name": place.get("name", ""),
            **{name: place.get(name, "") for name in ("country", "latitude", "longitude", "radius_km")},
            "initiators": self._names(event, "initiator"),
            "targets": self._names(event, "target"),
        }

    def _names(self, event: Cells, role: str) -> str:
        rows = self.participants.get(event["event_id"], [])
        actors = sorted(row.get("actor_id", "") for row in rows if row.get("role") == role)
        return "; ".join(self.actors.get(actor, {}).get("name", "") for actor in actors)

    def support(self, event: Cells) -> dict[str, str]:
        """How many claims the event has, how well they support it, and which ones do."""
        found = self.supports[event["event_id"]]
        independent = found.independent
        return {
            "claim_count": str(len(found.accepted)),
            "source_count": str(len({claim.get("source_id", "") for claim in found.accepted})),
            "independent_count": str(len(independent)),
            "support": found.word,
            "supporting_claims": _ids(found.supporting),
            "independent_claims": _ids(independent),
            "contesting_claims": _ids(found.contesting),
        }

    def precision(self, event: Cells) -> dict[str, str]:
        earliest, latest = event.get("date_earliest", ""), event.get("date_latest", "")
        days = days_between(earliest, latest)
        place = self.places.get(event.get("place_id", ""), {})
        where = ged_place(
            place.get("kind", ""), place.get("country", ""), place.get("radius_km", ""), event.get("place_sense", "")
        )
        return {
            "ged_date_prec": ged_date(days, earliest, latest),
            "ged_where_prec": where,
            "acled_time_precision": acled_time(days),
            "acled_geo_precision": acled_place(where),
        }

    def plover(self, event: Cells) -> dict[str, str]:
        code, seen = event.get("type", ""), set[str]()
        mode = self._equivalent(code, "plover-mode", ("exact",))
        while code and code not in seen:
            if found := self._equivalent(code, "plover-type", ("exact", "broad")):
                return {"plover_type": found, "plover_mode": mode}
            seen.add(code)
            code = self.types.get(code, {}).get("broader", "")
        return {"plover_type": "", "plover_mode": mode}

    def _equivalent(self, code: str, scheme: str, relations: tuple[str, ...]) -> str:
        rows = (row for row in self.equivalents.get(code, []) if row.get("scheme") == scheme)
        return min((row.get("value", "") for row in rows if row.get("relation") in relations), default="")


def _ids(claims: Iterable[Cells]) -> str:
    return "; ".join(claim.get("claim_id", "") for claim in claims)


def _by_key(rows: list[dict[str, str]], key: str) -> dict[str, Cells]:
    return {row.get(key, ""): row for row in rows}


def _grouped(rows: list[dict[str, str]], key: str) -> dict[str, list[Cells]]:
    groups: dict[str, list[Cells]] = defaultdict(list)
    for row in rows:
        groups[row.get(key, "")].append(row)
    return groups
