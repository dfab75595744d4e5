"""How near rows of theirs are to an event of ours, all rows in its window at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from eventpack.interchange.deaths import Count
from eventpack.interchange.incident import Incident
from eventpack.interchange.judging import POINTS, deaths_word, likeness
from eventpack.interchange.window import Window, coded, day_number

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

    from eventpack.interchange.theirs import Theirs

_SEPARATOR = "\x1f"


class Weights(NamedTuple):
    """What each kind of nearness adds at most; together with the ground for any pair it is 1."""

    ground: float = 0.01
    time: float = 0.32
    space: float = 0.32
    actors: float = 0.20
    deaths: float = 0.15


class Scores:
    """The rows of theirs with what is compared, as columns of numbers; what stands there often is judged once."""

    def __init__(self, theirs: Theirs, window: Window) -> None:
        import polars as pl

        frame, self._window, self._weights = theirs.frame, window, Weights()
        self._first, self._last = (frame[name].cast(pl.Int32).to_numpy() for name in ("first", "last"))
        self._radius = frame["radius"].fill_null(0.0).to_numpy()
        self._placed = (frame["latitude"].is_not_null() | frame["country"].is_not_null()).to_numpy()
        self._deaths, self._actors = _joined(frame, "low", "best", "high"), _joined(frame, "side_a", "side_b")
        self._counts = {code: _count(text) for text, code in self._deaths[0].items()}
        self._sides = {code: theirs.sides(*text.split(_SEPARATOR)) for text, code in self._actors[0].items()}
        self._known: dict[tuple[object, int], float] = {}

    def of(self, event: Incident, rows: np.ndarray, km: np.ndarray) -> np.ndarray:
        """How near rows are to an event, above 0 and at most 1; 0 where neither place nor actor ties them to it."""
        import numpy as np

        first, last = map(day_number, self._window.bounds(event))
        apart = np.abs(self._first[rows] - first) + np.abs(self._last[rows] - last)
        wide = (last - first) + self._last[rows] - self._first[rows]
        time = np.maximum(0.0, 1 - apart / (2 * (self._window.days + 1) + wide))
        reach = self._window.km + (event.radius or 0) + self._radius[rows]
        space = np.where(np.isnan(km), 0.5, np.maximum(0.0, 1 - np.nan_to_num(km) / (reach + 1)))
        counted = event.deaths
        actors = self._judged(event.actors, self._actors[1][rows], lambda code: likeness(event, self._sides[code]))
        deaths = self._judged(
            counted, self._deaths[1][rows], lambda code: POINTS[deaths_word(counted, self._counts[code])]
        )
        weights = self._weights
        near: np.ndarray = weights.ground + weights.time * time + weights.space * space
        near = near + weights.actors * actors + weights.deaths * deaths
        placed = self._placed[rows] & bool(event.country or event.latitude is not None)
        return np.where(placed | (actors > POINTS["unknown"]), near, 0.0)

    def _judged(self, said: object, codes: np.ndarray, judge: Callable[[int], float]) -> np.ndarray:
        """How much what rows say, by its code, is like what ours says, from 0 to 1."""
        import numpy as np

        known = self._known
        for code in set(codes.tolist()):
            if (said, code) not in known:
                known[said, code] = judge(code)
        return np.array([known[said, code] for code in codes.tolist()], dtype=float)


def _joined(frame: pl.DataFrame, *names: str) -> tuple[Mapping[str, int], np.ndarray]:
    """Several columns as one text each row, and the texts as numbers."""
    import polars as pl

    texts = [
        pl.col(name).cast(pl.String).str.replace_all(_SEPARATOR, " ", literal=True).fill_null("") for name in names
    ]
    return coded(frame.select(pl.concat_str(texts, separator=_SEPARATOR).alias("said"))["said"])


def _count(text: str) -> Count:
    return Count(*(int(part) if part else None for part in text.split(_SEPARATOR)))
