"""Which rows of theirs can be the same as an event of ours: near enough in time, in space, and of a possible type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, radians
from typing import TYPE_CHECKING

from eventpack.interchange.incident import Incident

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

EARTH = 6371.0088  # kilometres, the mean radius
# Rows are searched apart by how many days they span: a few that take a year must not widen the search for all.
_SPANS = (7, 31, 100_000)
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Window:
    """How far apart two accounts of one event may lie: days and kilometres beyond what is unsure of either.

    `types` says whether their type must be one that ours can be. An open bound is looked for at most `longest` days
    away from the other one.
    """

    km: float = 50.0
    days: int = 3
    types: bool = True
    longest: int = 31

    def bounds(self, event: Incident) -> tuple[date, date]:
        """The days in which an event is looked for; one of its bounds must be known."""
        first, last = event.first or event.last, event.last or event.first
        assert first and last  # others are not compared
        back, on = (0 if event.first else self.longest - 1), (0 if event.last else self.longest - 1)
        return _moved(first, -back), _moved(last, on)


class Search:
    """Their rows, sorted so that those near in time are found at once."""

    def __init__(self, frame: pl.DataFrame, window: Window) -> None:
        import numpy as np
        import polars as pl

        self._window = window
        days = frame.select(pl.col("first", "last").cast(pl.Int32))
        first, last = days["first"].to_numpy(), days["last"].to_numpy()
        order = np.argsort(first, kind="stable")
        span = (last - first)[order] + 1
        self._parts = []
        least = 0
        for most in _SPANS:
            chosen = order[(span > least) & (span <= most)]
            widest = int((last[chosen] - first[chosen]).max()) if chosen.size else 0
            self._parts.append((chosen, first[chosen], widest))
            least = most
        self._last = last
        self._latitude = np.radians(frame["latitude"].fill_null(float("nan")).to_numpy())
        self._longitude = np.radians(frame["longitude"].fill_null(float("nan")).to_numpy())
        self._radius = frame["radius"].fill_null(float("nan")).to_numpy()
        self._countries, self._country = coded(frame["country"])
        self._kinds, self._kind = coded(frame["kind"])

    def near(self, event: Incident) -> tuple[np.ndarray, np.ndarray]:
        """The rows in the window around an event, and the kilometres between them, NaN where either has no point.

        What neither a point nor a country places is near in space to everything; who acts must tell then.
        """
        import numpy as np

        first_day, last_day = map(day_number, self._window.bounds(event))
        begin, end = first_day - self._window.days, last_day + self._window.days
        parts = []
        for rows, first, widest in self._parts:
            low, high = np.searchsorted(first, begin - widest), np.searchsorted(first, end, side="right")
            found = rows[low:high]
            parts.append(found[self._last[found] >= begin])
        near = np.concatenate(parts)
        if self._window.types:
            kinds = np.zeros(len(self._kinds), dtype=bool)
            kinds[[self._kinds[kind] for kind in event.kinds if kind in self._kinds]] = True
            near = near[kinds[self._kind[near]]]
        return self._placed(event, near)

    def _placed(self, event: Incident, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        import numpy as np

        nowhere = np.full(len(rows), np.nan)
        country = self._countries.get(event.country, -1)
        unplaced = (self._country[rows] == -2) & np.isnan(self._latitude[rows])
        same = (self._country[rows] == country) | unplaced
        if event.latitude is None or event.longitude is None or event.radius is None:
            fits = same if event.country else np.full(len(rows), True)
            return rows[fits], nowhere[fits]
        km = _distance(radians(event.latitude), radians(event.longitude), self._latitude[rows], self._longitude[rows])
        km = np.where(np.isnan(self._radius[rows]), np.nan, km)
        reach = self._window.km + event.radius + np.nan_to_num(self._radius[rows])
        fits = np.where(np.isnan(km), same, np.nan_to_num(km) <= reach)
        return rows[fits], km[fits]


def _moved(day: date, days: int) -> date:
    """So many days later, or the first or last day that there is."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def day_number(day: date) -> int:
    """A day counted from 1970, as the columnar reader counts it."""
    return day.toordinal() - _EPOCH


def coded(column: pl.Series) -> tuple[Mapping[str, int], np.ndarray]:
    """Texts as numbers, what is missing as -2."""
    import polars as pl

    known = {text: number for number, text in enumerate(column.unique().drop_nulls().sort())}
    return known, column.replace_strict(known, default=-2, return_dtype=pl.Int32).to_numpy()


def _distance(latitude: float, longitude: float, latitudes: np.ndarray, longitudes: np.ndarray) -> np.ndarray:
    """Kilometres along great circles; angles in radians."""
    import numpy as np

    half = np.sin((latitudes - latitude) / 2) ** 2
    half = half + cos(latitude) * np.cos(latitudes) * np.sin((longitudes - longitude) / 2) ** 2
    found: np.ndarray = 2 * EARTH * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return found


def hull(events: Sequence[Incident], window: Window) -> tuple[int, int]:
    """The first and last day of all events with the window around them, counted from 1970; none for no event."""
    bounds = [window.bounds(event) for event in events]
    firsts, lasts = [day_number(first) for first, _ in bounds], [day_number(last) for _, last in bounds]
    return (min(firsts) - window.days, max(lasts) + window.days) if bounds else (0, -1)
