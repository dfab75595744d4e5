"""Two large tables compared where they stand: all records as hashes, and only those that differ as text.

The seed is new for each run. That a changed record looks like any of the other state happens once in 2^64 pairs: with
a million records and a hundred thousand changed ones, in one of 10^8 runs. Keys that share a hash by chance are told
apart by their texts.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import polars as pl
from polars.exceptions import PolarsError

from eventpack.comparing.difference import Duplicate, Key, Row
from eventpack.comparing.keys import common_names
from eventpack.comparing.pairing import RowDifference, contents, require_usable
from eventpack.comparing.rowhash import JOIN, Hashes, LargeSide, hash_records, key_hashes
from eventpack.comparing.rowtext import Misfit


def pair_large(old: LargeSide, new: LargeSide, key: Key) -> RowDifference | None:
    """The rows that differ, as `pair_tables` finds them; none when the form of a file cannot be proved.

    Raises:
        UnusableKey: Most rows share theirs.
    """
    names = common_names(old.names, new.names)
    if not (old.plain and new.plain) or any(old.meaning(name) != new.meaning(name) for name in names):
        return None
    alike = old.first_line == new.first_line and old.table.dialect == new.table.dialect and old.names == new.names
    seed = random.getrandbits(62)
    try:
        with ThreadPoolExecutor(2) as both:  # the engine waits for the disk, and for itself
            hashed = both.map(lambda side: hash_records(side, key, [] if alike else names, seed), (old, new))
            before, now = hashed
        pairing = _Pairing(before, now, key, names, seed)
        return pairing.difference() if key else pairing.whole_rows()
    except (PolarsError, Misfit):
        return None


class _Pairing:
    """The hashes of two tables, compared."""

    def __init__(self, old: Hashes, new: Hashes, key: Key, names: Sequence[str], seed: int) -> None:
        self._old, self._new, self._key, self._names, self._seed = old, new, key, names, seed
        self._found = RowDifference()

    def difference(self) -> RowDifference:
        """What differs, with texts."""
        before, now = self._old.frame, self._new.frame
        twice = pl.concat([frame["k"].filter(frame["k"].is_duplicated()) for frame in _repeated(before, now)]).unique()
        if len(twice):
            self._take_shared(twice)
            before, now = (frame.filter(~pl.col("k").is_in(twice.implode())) for frame in (before, now))
        before, now = _unlike(before, now), _unlike(now, before)
        both = before.join(now, on="k", how="inner", suffix=" now")
        changed = both.filter(pl.col("h") != pl.col("h now")).sort("i now")
        self._take(self._old, changed["k"], changed["i"], self._new, changed["i now"])
        gone, come = before.join(now, on="k", how="anti").sort("i"), now.join(before, on="k", how="anti").sort("i")
        self._found.removed += self._rows(self._old, gone["k"], gone["i"])
        self._found.added += self._rows(self._new, come["k"], come["i"])
        return self._found

    def whole_rows(self) -> RowDifference:
        """What differs when rows have no key: each came or went, as often as the other state lacks it."""
        before, now = (_numbered(side.frame) for side in (self._old, self._new))
        self._found.removed = list(self._old.reader.rows(_beyond(before, now)))
        self._found.added = list(self._new.reader.rows(_beyond(now, before)))
        _cancel(self._found, self._names)
        return self._found

    def _rows(self, side: Hashes, keys: pl.Series, records: pl.Series) -> list[Row]:
        """Some records as text, which must have the keys that were cut out of them."""
        rows = list(side.reader.rows(records.to_list()))
        texts = [JOIN.join(self._key_of(row)) for row in rows]
        if not (key_hashes(texts, self._seed) == keys).all():
            raise Misfit("rows and records do not fit")
        return rows

    def _key_of(self, row: Row) -> Key:
        return tuple([row[name] for name in self._key])

    def _take(self, old: Hashes, keys: pl.Series, was: pl.Series, new: Hashes, now: pl.Series) -> None:
        for before, after in zip(self._rows(old, keys, was), self._rows(new, keys, now), strict=True):
            self._compare(before, after)

    def _compare(self, before: Row, after: Row) -> None:
        if self._key_of(before) != self._key_of(after):  # two keys with one hash
            self._found.removed.append(before)
            self._found.added.append(after)
        elif before != after and any(before[name] != after[name] for name in self._names):
            self._found.changed.append((before, after))

    def _take_shared(self, twice: pl.Series) -> None:
        """Records whose keys, or whose hashes alone, stand more than once."""
        parts = [side.frame.filter(pl.col("k").is_in(twice.implode())) for side in (self._old, self._new)]
        require_usable(self._key, sum(map(len, parts)), len(self._old.frame) + len(self._new.frame))
        groups: dict[Key, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
        for at, (side, part) in enumerate(zip((self._old, self._new), parts, strict=True)):
            for row in self._rows(side, part["k"], part["i"]):
                groups[self._key_of(row)][at].append(row)
        for key, (was, now) in sorted(groups.items()):
            if len(was) > 1 or len(now) > 1:
                differs = contents(was, self._names) != contents(now, self._names)
                self._found.duplicates.append(Duplicate(key, len(was), len(now), differs))
            elif was and now:
                self._compare(was[0], now[0])
            else:
                self._found.removed += was
                self._found.added += now


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """The records of a frame with keys that tell those that are the same apart: the first, the second …"""
    return frame.with_columns(k=pl.col("h") + pl.int_range(pl.len(), dtype=pl.UInt64).over("h") * 3)


def _beyond(frame: pl.DataFrame, other: pl.DataFrame) -> list[int]:
    """The numbers of the records whose key the other frame lacks."""
    return frame.join(other, on="k", how="anti")["i"].sort().to_list()


def _cancel(found: RowDifference, names: Sequence[str]) -> None:
    """Leave out rows that came and went: their bytes differ, but not what they say."""
    both = contents(found.added, names) & contents(found.removed, names)
    for rows in (found.added, found.removed):
        left = both.copy()
        kept = []
        for row in rows:
            one = tuple(row[name] for name in names)
            left[one] -= 1
            if left[one] < 0:
                kept.append(row)
        rows[:] = kept


def _unlike(frame: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """The records of a frame whose key and content the other lacks; few, so that only they need be joined."""
    record = pl.col("k") ^ (pl.col("h") * 3)
    return frame.filter(~record.is_in(other.select(record).to_series().implode()))


def _repeated(*frames: pl.DataFrame) -> list[pl.DataFrame]:
    """The frames in which a key stands more than once; an empty one when there is none."""
    return [frame for frame in frames if frame["k"].n_unique() < len(frame)] or [frames[0].clear()]
