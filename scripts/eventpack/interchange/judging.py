"""What two accounts of one event agree in: the same, compatible, different, or unknown, as one side does not say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from eventpack.interchange.countries import plain
from eventpack.interchange.deaths import Count
from eventpack.interchange.incident import Incident, Names, Sides

Word = Literal["same", "compatible", "different", "unknown"]
POINTS: Mapping[Word, float] = {"same": 1.0, "compatible": 0.7, "different": 0.0, "unknown": 0.5}
# Words that names of forces share and that tell none apart.
_COMMON = frozenset(
    "a and armed armee army civilians der des force forces front government group groups in la liberation military "
    "militia militias movement of organisation organization party people police popular state states the "
    "unidentified".split()
)
_ENOUGH = 0.5  # of the words that two names have, so many must be shared
_CLOSE = 1.0  # kilometres


class Accord(NamedTuple):
    """What is said of days, place, deaths and actors of a pair; `km` lie between the two points."""

    dates: Word
    place: Word
    deaths: Word
    actors: Word
    km: float | None

    @property
    def agrees(self) -> bool:
        """Whether nothing differs."""
        return "different" not in self[:4]


def judge(ours: Incident, theirs: Incident, km: float | None) -> Accord:
    """What two accounts agree in; `km` is the distance, where both have a point."""
    return Accord(
        _dates(ours, theirs), _places(ours, theirs, km), deaths_word(ours.deaths, theirs.deaths),
        actors_word(ours, theirs.actors), km,
    )  # fmt: skip


def _dates(ours: Incident, theirs: Incident) -> Word:
    if (ours.first, ours.last) == (theirs.first, theirs.last):
        return "same"
    first, last = ours.first or date.min, ours.last or date.max
    begin, end = theirs.first or date.min, theirs.last or date.max
    return "compatible" if first <= end and begin <= last else "different"


def _places(ours: Incident, theirs: Incident, km: float | None) -> Word:
    if km is None:
        return "compatible" if ours.country and ours.country == theirs.country else "unknown"
    if km <= _CLOSE:
        return "same"
    return "compatible" if km <= (ours.radius or 0) + (theirs.radius or 0) else "different"


def deaths_word(ours: Count, theirs: Count) -> Word:
    """The same best number; bounds that overlap; or neither."""
    if not ours.known or not theirs.known:
        return "unknown"
    if ours.best is not None and ours.best == theirs.best:
        return "same"
    low, high = _bounds(ours)
    least, most = _bounds(theirs)
    return "compatible" if low <= most and least <= high else "different"


def _bounds(count: Count) -> tuple[float, float]:
    low = count.low if count.low is not None else count.best if count.best is not None else 0
    high = count.high if count.high is not None else count.best if count.best is not None else float("inf")
    return low, high


def actors_word(ours: Incident, theirs: Sides) -> Word:
    """All of theirs among ours, on whichever side; some of them; none."""
    shares = _shares(ours, theirs)
    found = [max(share) >= _ENOUGH for share in shares]
    return "unknown" if not found else "same" if all(found) else "compatible" if any(found) else "different"


def likeness(ours: Incident, theirs: Sides) -> float:
    """How much the actors of both accounts are alike, from 0 to 1: what each has in common with its nearest."""
    shares = _shares(ours, theirs)
    if not shares:
        return POINTS["unknown"]
    nearest: list[float] = [*map(max, shares), *map(max, zip(*shares, strict=True))]
    return sum(nearest) / len(nearest)


def _shares(ours: Incident, theirs: Sides) -> list[list[float]]:
    """For each actor of theirs what it has in common with each of ours; nothing when either side names nobody."""
    mine = (*ours.actors[0], *ours.actors[1])
    others = [names[0] for side in theirs for names in side if _words(names[0])]
    return [[alike(names, other) for names in mine] for other in others] if mine else []


@lru_cache(maxsize=200_000)
def alike(names: Names, other: str) -> float:
    """The share of words that a name has in common with the nearest of several."""
    theirs = _words(other)
    shares = (len(words & theirs) / len(words | theirs) for name in names if (words := _words(name)))
    return max(shares, default=0.0)


@lru_cache(maxsize=100_000)
def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in plain(name).split() if word not in _COMMON and not word.isdigit())
