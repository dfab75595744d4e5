"""On which days, as coded, the claims on a passage put what they tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from eventpack.cells import cells_of
from eventpack.evidence.cited import Cited, Evidence
from eventpack.evidence.naming import HAPPENED, SAID, Named, bounds
from eventpack.finding import Location

Saying = tuple[tuple[str, str, str], str]  # the fields that hold days, and the record that has them
_Coded = tuple[Saying, date, date]


class Told:
    """The coded days of the claims beside each passage, worked out once."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.events = {row.get("event_id", ""): row for row in cells_of(evidence.subject, "events")}
        self._beside: dict[int, list[_Coded]] = {}
        self._row_of: dict[str, int] = {}

    def accounts(self, one: Named, apart: Saying, precisely: bool = False) -> bool:
        """Whether a day is that of something else that a claim on its passage tells; with `precisely`, to the day."""
        row = one.cited.row
        if row not in self._beside:
            self._beside[row] = list(dict.fromkeys(self._coded(one.cited)))
        return any(
            first <= b and a <= last
            for saying, first, last in self._beside[row]
            if saying != apart and (first == last or not precisely)
            for a, b in one.days.readings
        )

    def where(self, event_id: str, field: str) -> Location:
        """The place of a field of an event that is reported on."""
        table = self.evidence.subject.own["events"]
        if not self._row_of:
            self._row_of = {name: row for row, name in enumerate(table.column("event_id"))}
        return table.where(self._row_of[event_id], field)

    def _coded(self, cited: Cited) -> Iterator[_Coded]:
        for claim in self.evidence.beside(cited):
            event_id = claim.get("event_id", "")
            rows = (claim, SAID, claim["claim_id"]), (self.events.get(event_id, {}), HAPPENED, event_id)
            for cells, fields, name in rows:
                first, last = bounds(cells, fields)
                if first and last:
                    yield (fields, name), first, last
