"""The days that passages name, and coded days beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from eventpack.cells import Cells
from eventpack.evidence.cited import Cited
from eventpack.evidence.days import Days, days
from eventpack.finding import shorten

SAID = ("said_earliest", "said_latest", "said_basis")
HAPPENED = ("date_earliest", "date_latest", "date_basis")


@dataclass(frozen=True, slots=True)
class Named:
    """Days that a passage names, and its claim."""

    cited: Cited
    days: Days


def published(cited: Cited) -> list[date]:
    """The days on which a source may have been published, as far as its bounds tell."""
    ends = (cited.source.get("published_earliest", ""), cited.source.get("published_latest", ""))
    return sorted({day for text in ends if (day := to_date(text))})


def named(cited: Cited) -> list[Named]:
    """The days that the passage of a claim names."""
    merged: dict[tuple[int, int], Days] = {}
    for day in published(cited):
        for one in days(cited.words, day):
            before = merged.get((one.start, one.end))
            merged[one.start, one.end] = replace(one, readings=before.readings + one.readings) if before else one
    return [Named(cited, one) for one in merged.values()]


class Heard:
    """What passages name, by the source and by the speaker or the event that they tell of."""

    def __init__(self, readable: Iterable[Cited]) -> None:
        self._own: dict[int, list[Named]] = {}
        self._by: defaultdict[tuple[str, str, str], list[Named]] = defaultdict(list)
        for cited in readable:
            found = self._own[cited.row] = named(cited)
            for key in _keys(cited):
                self._by[key] += found

    def named(self, cited: Cited) -> list[Named]:
        """What the passage of a claim names."""
        return self._own[cited.row]

    def beside(self, cited: Cited) -> Iterator[Named]:
        """What other passages of a source name in which the same speaker is heard, or which tell of the same event."""
        return (one for key in _keys(cited) for one in self._by[key] if one.cited is not cited)


def _keys(cited: Cited) -> Iterator[tuple[str, str, str]]:
    for field in ("event_id", "said_by"):
        if value := cited.claim.get(field, ""):
            yield cited.claim["source_id"], field, value


def distinct(pool: Iterable[Named]) -> list[Named]:
    """Without what is named at the same place of the same source again, since claims share passages."""
    found: dict[tuple[str, int, int], Named] = {}
    for one in pool:
        found.setdefault(
            (one.cited.claim["source_id"], one.cited.start + one.days.start, one.cited.start + one.days.end), one
        )
    return list(found.values())


def agrees(coded: tuple[date | None, date | None], pool: Sequence[Days]) -> bool:
    """Whether coded bounds are the days, or the stretch of days, that some expressions name."""
    first, last = coded
    readings = {pair for one in pool if not one.loose for pair in one.readings}
    if any((first is None or first == a) and (last is None or last == b) for a, b in readings):
        return True
    single = {a for a, b in readings if a == b}
    if first and last and first < last:  # from one day to another; or in recent days
        return {first, last} <= single or _within(first, last, [one for one in pool if one.loose])
    day = first or last
    return not single and day is not None and _within(day, day, pool)  # some day of last week


def agrees_with(coded: tuple[date | None, date | None], readings: tuple[tuple[date, date], ...]) -> bool:
    """Whether coded bounds are the days that one expression names."""
    return agrees(coded, [Days(0, 0, readings)])


def _within(first: date, last: date, pool: Iterable[Days]) -> bool:
    return any(a <= first and last <= b for one in pool for a, b in one.readings)


def bounds(cells: Cells, fields: Iterable[str]) -> tuple[date | None, date | None]:
    """The pair of dates of an event or of a saying."""
    first, last, _ = (cells.get(name, "") for name in fields)
    return to_date(first), to_date(last)


def to_date(text: str) -> date | None:
    """A date, or none where there is none that can be read."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def as_range(coded: tuple[date | None, date | None]) -> str:
    """Bounds for a message."""
    first, last = (day.isoformat() if day else "…" for day in coded)
    return first if first == last else f"{first} to {last}"


def as_words(pool: Sequence[Named], most: int = 3) -> str:
    """Days that passages name, for a message; what is said twice in the same words is said once."""
    telling = [one for one in pool if one.days.readings]
    shown = list(dict.fromkeys(map(_as_read, telling)))
    return "; ".join(shown[:most]) + (" …" if len(shown) > most else "")


def _as_read(one: Named) -> str:
    words = shorten(" ".join(one.cited.words[one.days.start : one.days.end].split()), 30)
    return f"`{words}`, {as_range(one.days.readings[0])} (published {max(published(one.cited))})"
