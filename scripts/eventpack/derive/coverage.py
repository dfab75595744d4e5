"""The derivation `coverage`: how complete a dataset is, counted from its own rows.

Each topic is defined in the schema of coverage, at the codes of its field `topic`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple  # a dataclass takes 0.5 ms of every validation

from eventpack.cells import Cells
from eventpack.derive.basis import Basis
from eventpack.derive.precision import days_between
from eventpack.derive.verified import outcomes
from eventpack.tables import Table

# Stands for a source without publisher or language; an item is never empty.
UNKNOWN = "(unknown)"


class Share(NamedTuple):
    """So many rows of a table, of so many, are or have what topic and item say; or a number that they give together."""

    topic: str
    table: str
    item: str
    counted: int
    of: int
    value: str = ""
    unit: str = ""

    @property
    def share(self) -> str:
        """The share as text, to four places; empty when there is no row, or the number is none of rows."""
        return "" if self.unit or not self.of else _text(round(Decimal(self.counted) / self.of, 4))


def coverage_rows(basis: Basis) -> Iterator[Mapping[str, str]]:
    """The rows of coverage."""
    for one in basis.once(coverage_of):
        yield {
            "topic": one.topic, "table": one.table, "item": one.item, "counted": str(one.counted), "of": str(one.of),
            "share": one.share, "value": one.value, "unit": one.unit,
        }  # fmt: skip


def coverage_of(basis: Basis) -> list[Share]:
    """Everything that the coverage of a dataset says, topic by topic."""
    return [share for measure in _TOPICS for share in measure(basis)]


def _filled(basis: Basis) -> Iterator[Share]:
    subject = basis.subject
    for resource in subject.package.tables:
        table = subject.tables.get(resource.name)
        if table is not None and resource.derivation is None:
            names = subject.package.schemas[resource.name].names
            yield from (Share("filled", resource.name, name, _given(table, name), table.size) for name in names)


def _accepted(event: Cells, basis: Basis) -> Sequence[Cells]:
    return basis.support[event.get("event_id", "")].accepted


def _groups(basis: Basis) -> list[Sequence[Cells]]:
    """The accepted claims, event by event."""
    return [found.accepted for found in basis.support.values()]


def _given(table: Table, name: str) -> int:
    column = table.column(name)
    return table.size - column.count("")


def _sorted_out(topic: str, items: Sequence[str], found: Iterable[str]) -> Iterator[Share]:
    """How many events each item applies to, when one applies to each."""
    counts = Counter(found)
    yield from (Share(topic, "events", item, counts[item], counts.total()) for item in items)


def _dates(basis: Basis) -> Iterator[Share]:
    yield from _sorted_out("date", ("day", "range", "open", "none"), map(_date, basis.events))


def _date(event: Cells) -> str:
    earliest, latest = event.get("date_earliest", ""), event.get("date_latest", "")
    if earliest and latest:
        return "day" if days_between(earliest, latest) == 1 else "range"
    return "open" if earliest or latest else "none"


def _places(basis: Basis) -> Iterator[Share]:
    def place(event: Cells) -> str:
        found = basis.places.get(event.get("place_id", ""))
        if found is None:
            return "none"
        return "coordinates" if found.get("latitude") and found.get("longitude") else "name"

    yield from _sorted_out("place", ("coordinates", "name", "none"), map(place, basis.events))


def _support(basis: Basis) -> Iterator[Share]:
    found = (basis.support[event.get("event_id", "")].word or "none" for event in basis.events)
    yield from _sorted_out("support", ("single-source", "corroborated", "contested", "none"), found)


def _origins(basis: Basis) -> Iterator[Share]:
    """What each source, publisher, language and outlet contributes."""
    sources = basis.origins.sources
    for topic, field in (("source", "source_id"), ("publisher", "publisher"), ("language", "language")):
        items = {name: row.get(field) or UNKNOWN for name, row in sources.items()}
        yield from _contributed(basis, topic, items, "source_id")
    relayed = {claim.get("relayed_by", "") for claims in _groups(basis) for claim in claims} - {""}
    yield from _contributed(basis, "relay", {outlet: outlet for outlet in relayed}, "relayed_by")


def _contributed(basis: Basis, topic: str, items: Mapping[str, str], field: str) -> Iterator[Share]:
    """How many claims each item has, and how many events; `items` gives the one of a text in that field of claims."""
    claims, events = Counter[str](), Counter[str]()
    for group in _groups(basis):
        found = [items[claim[field]] for claim in group if claim.get(field) in items]
        claims.update(found)
        events.update(set(found))
    total = sum(map(len, _groups(basis)))
    for item in sorted(set(items.values())):
        yield Share(topic, "claims", item, claims[item], total)
        yield Share(topic, "events", item, events[item], len(basis.events))


def _per_event(basis: Basis) -> Iterator[Share]:
    yield from _spread("claims-per-event", [len(_accepted(event, basis)) for event in basis.events], basis, "claims")


def _lag(basis: Basis) -> Iterator[Share]:
    yield from _spread("publication-lag", [lag for event in basis.events for lag in _lags(event, basis)], basis, "days")


def _lags(event: Cells, basis: Basis) -> list[int]:
    """The days from the day of an event to the first of its sources; none unless both days are known."""
    if _date(event) != "day":
        return []
    rows = (basis.origins.sources.get(claim.get("source_id", ""), {}) for claim in _accepted(event, basis))
    bounds = ((row.get("published_earliest", ""), row.get("published_latest", "")) for row in rows)
    days = sorted(first for first, last in bounds if days_between(first, last) == 1)
    return [_days(event["date_earliest"], days[0])] if days else []


def _days(start: str, end: str) -> int:
    """How many days later the end is; negative when it is earlier."""
    return days_between(start, end) - 1 if end >= start else 1 - days_between(end, start)


def _spread(topic: str, values: Sequence[int], basis: Basis, unit: str) -> Iterator[Share]:
    """Least, median and most of some numbers, one for each event that has one."""
    order = sorted(values)
    last = len(order) - 1
    middle = Decimal(order[last // 2] + order[(last + 1) // 2]) / 2 if order else Decimal(0)
    found = map(_text, (Decimal(order[0]), middle, Decimal(order[-1])) if order else ())
    for part, value in zip_longest(("least", "median", "most"), found, fillvalue=""):
        yield Share(topic, "events", part, len(order), len(basis.events), value, unit)


def _text(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _passages(basis: Basis) -> Iterator[Share]:
    subject = basis.subject
    table = subject.tables.get("claims")
    if table is None:
        return
    yield Share("passage", "claims", "given", _given(table, "passage_sha256"), table.size)
    if (found := outcomes(subject)) is not None:
        counts = Counter(found.values())
        yield from (
            Share("passage", "claims", item, counts[item], table.size) for item in sorted({"verified", *counts})
        )


_TOPICS: tuple[Callable[[Basis], Iterator[Share]], ...] = (
    _filled, _dates, _places, _support, _origins, _per_event, _lag, _passages,
)  # fmt: skip
