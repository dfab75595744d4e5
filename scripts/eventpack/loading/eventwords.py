"""What can be asked of an event dataset beside its fields: `between`, `event`, and counts of support.

Dates are bounds. The first day of an event is `date_earliest`; its last day is `end_latest` for what has ended, no day
for what has only a first possible end or is still ongoing, and `date_latest` for everything else. A missing bound is
open. So `between` finds each event that can have happened, or been going on, within the days asked for.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from operator import index
from typing import Any, SupportsIndex

import polars as pl

from eventpack.errors import EventpackError
from eventpack.values import TYPES

# Tables whose fields can be asked of another one: same key, one row per row.
COMPANIONS: Mapping[str, str] = {"events": "events_flat"}
# Words that are another name of a field.
SYNONYMS: Mapping[str, str] = {"event": "event_id"}
# The table that is meant when nobody names one.
MAIN = "events"
_DATE = TYPES["date", "default"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a filter: the fields that a table needs for it, those it uses where they are, and what it means.

    Fields come with the type that they must have. `mask` takes the value asked for and the fields at hand.
    """

    needs: Mapping[str, str]
    mask: Callable[[Any, Collection[str]], pl.Expr]
    uses: Mapping[str, str] = field(default_factory=dict)


def _between(days: Any, fields: Collection[str]) -> pl.Expr:
    first, last = _pair(days)

    in_time = pl.lit(True)
    if last is not None:
        in_time &= (_bound("date_earliest", fields) <= last).fill_null(True)
    if first is not None:
        in_time &= (last_day(fields) >= first).fill_null(True)
    return in_time


def last_day(fields: Collection[str]) -> pl.Expr:
    """The last possible day of each event, by those of its fields that are there; missing where it is open."""
    lasting = _bound("end_earliest", fields).is_not_null()
    if "realis" in fields:
        lasting |= (pl.col("realis").cast(pl.String) == "ongoing").fill_null(False)
    return pl.coalesce(_bound("end_latest", fields), pl.when(~lasting).then(_bound("date_latest", fields)))


def _bound(name: str, fields: Collection[str]) -> pl.Expr:
    return pl.col(name) if name in fields else pl.lit(None, pl.Date)


def _pair(days: Any) -> tuple[datetime.date | None, datetime.date | None]:
    if not isinstance(days, (tuple, list)) or len(days) != 2:
        fix = 'write between=("2026-03-01", "2026-03-05"), in a condition between=2026-03-01,2026-03-05; None is open'
        raise EventpackError("`between` takes two days", fix)
    first, last = map(_day, days)
    if first is not None and last is not None and first > last:
        raise EventpackError(f"`between` runs backwards: {first} is after {last}", "write the earlier day first")
    return first, last


def _day(day: Any) -> datetime.date | None:
    if (isinstance(day, datetime.date) and not isinstance(day, datetime.datetime)) or day is None:
        return day
    try:
        value: datetime.date = _DATE.parse(day if isinstance(day, str) else "")
    except ValueError:
        raise EventpackError(f"`between` got {day!r}, which is not {_DATE.say}", "None leaves a side open") from None
    return value


def _at_least(word: str, name: str) -> Word:
    def mask(count: Any, fields: Collection[str]) -> pl.Expr:
        if isinstance(count, bool) or not isinstance(count, SupportsIndex) or index(count) < 0:
            raise EventpackError(f"`{word}` takes a count, not {count!r}", f"write {word}=2")
        return pl.col(name) >= index(count)

    return Word({name: "integer"}, mask)


WORDS: Mapping[str, Word] = {
    "between": Word(
        {"date_earliest": "date", "date_latest": "date"}, _between,
        {"end_earliest": "date", "end_latest": "date", "realis": "string"},
    ),
    "min_sources": _at_least("min_sources", "source_count"),
    "min_independent": _at_least("min_independent", "independent_count"),
    "min_claims": _at_least("min_claims", "claim_count"),
}  # fmt: skip
# Words that take a count.
COUNTS = frozenset(WORDS) - {"between"}
