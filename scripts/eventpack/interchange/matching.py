"""`compare`: our events beside a file of others, paired one to one; nothing is written anywhere."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from eventpack.errors import EventpackError
from eventpack.interchange.assigning import assign
from eventpack.interchange.case import frames_of
from eventpack.interchange.incident import Incident, ours_of
from eventpack.interchange.judging import Accord, judge
from eventpack.interchange.scheme import Scheme, scheme_of
from eventpack.interchange.scoring import Scores
from eventpack.interchange.theirs import Theirs, read_theirs
from eventpack.interchange.window import Search, Window, hull

_ALL_DAYS, _ALL_KM = date.max.toordinal(), 20_100.0  # no two days or places lie further apart
_SCALE = 1_000_000  # closeness as a whole number, so that sums are exact
_KNOWN = 2 * _SCALE  # what our own reference to their id counts for, more than any closeness


class Pair(NamedTuple):
    """An event of ours and the row of theirs that is most likely the same; `known` when ours names their id."""

    ours: Incident
    theirs: Incident
    accord: Accord
    closeness: float
    known: bool


@dataclass(frozen=True, slots=True)
class Rest:
    """Rows of theirs, of which objects are made only when they are looked at: there may be hundreds of thousands."""

    theirs: Theirs
    indexes: Sequence[int]

    def __len__(self) -> int:
        return len(self.indexes)

    def __getitem__(self, part: slice) -> list[Incident]:
        return self.theirs.incidents(self.indexes[part])


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two datasets have in common and apart.

    `apart` are our events that no row of theirs fits; `left` are those that cannot be compared, each with the reason.
    `rest` are the rows of theirs among our days and countries that nothing of ours fits; `rows` counts all of their
    file, `beside` those among our days and countries.
    """

    dataset: str
    version: str
    file: str
    scheme: Scheme
    window: Window
    pairs: Sequence[Pair]
    apart: Sequence[Incident]
    left: Sequence[tuple[Incident, str]]
    rest: Rest
    rows: int
    beside: int
    notes: Sequence[str]

    @property
    def theirs_only(self) -> Sequence[Incident]:
        """Rows of theirs among our days and countries that nothing of ours fits."""
        return self.rest[:]

    @property
    def agreements(self) -> list[Pair]:
        """Pairs in which nothing differs."""
        return [pair for pair in self.pairs if pair.accord.agrees]

    @property
    def differences(self) -> list[Pair]:
        """Pairs in which something differs."""
        return [pair for pair in self.pairs if not pair.accord.agrees]

    @property
    def equal(self) -> bool:
        """Whether everything that can be compared agrees, and something can."""
        return not (self.differences or self.apart or len(self.rest)) and bool(self.pairs or not self.left)

    @property
    def reasons(self) -> Mapping[str, int]:
        """How many of our events cannot be compared, by reason."""
        return Counter(reason for _, reason in self.left)


def compare(
    ref: str | Path, file: str | Path, form: str, *, km: float = 50.0, days: int = 3, types: bool = True,
    longest: int = 31, version: str = "latest", offline: bool = False,
) -> Comparison:  # fmt: skip
    """Our events beside a file in the format `ged`, `acled`, `polecat` or `plover`.

    Two accounts can be of one event when they lie at most `days` and `km` apart beyond what is unsure of either, and,
    with `types`, when theirs is a type that ours can be. Of all such pairs those are taken that fit best together, each
    event in one pair at most. The file is only read.

    Raises:
        EventpackError: There is no such dataset, format or file, or the file lacks columns.
    """
    from eventpack.loading.dataset import load

    scheme = scheme_of(form)
    if not km >= 0 or days < 0 or longest < 1:
        raise EventpackError("a window has no negative size", "write --km 50 --days 3 --longest 31")
    km, days, longest = min(km, _ALL_KM), min(days, _ALL_DAYS), min(longest, _ALL_DAYS)
    dataset = load(ref, version=version, offline=offline)
    theirs = read_theirs(Path(file), scheme)
    window = Window(km, days, types, longest)

    told = list(ours_of(frames_of(dataset), scheme, longest, any_type=not types))
    ours = [event for event, reason in told if not reason]
    whole, known = theirs.rows, {event.known for event in ours if event.known}
    theirs = theirs.within(hull(ours, window), known)
    pairs, used = pair_up(ours, theirs, window)
    near = _beside(theirs, ours, window)
    rest = [index for index in near if index not in used]
    paired = {pair.ours.id for pair in pairs}
    return Comparison(
        dataset.name, dataset.version, Path(file).name, scheme, window, pairs,
        [event for event in ours if event.id not in paired], [(event, reason) for event, reason in told if reason],
        Rest(theirs, rest), whole, len(set(near) | used), theirs.notes,
    )  # fmt: skip


def pair_up(ours: Sequence[Incident], theirs: Theirs, window: Window) -> tuple[list[Pair], set[int]]:
    """The pairs that fit best together, and the rows of theirs in them."""
    import numpy as np

    search, scores = Search(theirs.frame, window), Scores(theirs, window)
    ids = {text: index for index, text in enumerate(theirs.frame["id"])} if any(event.known for event in ours) else {}
    weights, distances = [], []
    for event in ours:
        rows, km = search.near(event)
        if (named := ids.get(event.known, -1)) >= 0 and named not in rows:
            rows, km = np.append(rows, named), np.append(km, np.nan)
        near = np.round(scores.of(event, rows, km) * _SCALE).astype(np.int64) + _KNOWN * (rows == named)
        fits = near > 0
        weights.append(dict(zip(rows[fits].tolist(), near[fits].tolist(), strict=True)))
        distances.append(dict(zip(rows[fits].tolist(), km[fits].tolist(), strict=True)))
    chosen = [(row, column) for row, column in enumerate(assign(weights)) if column >= 0]
    others = theirs.incidents([column for _, column in chosen])
    pairs = []
    for (row, column), other in zip(chosen, others, strict=True):
        weight, km = weights[row][column], distances[row][column]
        known = weight >= _KNOWN
        said = judge(ours[row], other, None if math.isnan(km) else km)
        pairs.append(Pair(ours[row], other, said, (weight - _KNOWN * known) / _SCALE, known))
    return pairs, {column for _, column in chosen}


def _beside(theirs: Theirs, ours: Sequence[Incident], window: Window) -> list[int]:
    """The rows among the days and countries of what is compared."""
    import polars as pl

    begin, end = hull(ours, window)
    countries = sorted({event.country for event in ours if event.country})
    mask = (pl.col("last").cast(pl.Int32) >= begin) & (pl.col("first").cast(pl.Int32) <= end)
    return theirs.frame.with_row_index("row").filter(mask & pl.col("country").is_in(countries))["row"].to_list()
