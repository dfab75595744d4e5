"""How many: the estimates of an event that count people killed or hurt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from eventpack.interchange.case import Case, as_text

PARTS = ("deaths-a", "deaths-b", "deaths-civilians", "deaths-unknown")


class Count(NamedTuple):
    """Whole persons; None where the chosen claim says nothing."""

    low: int | None = None
    best: int | None = None
    high: int | None = None

    @property
    def floor(self) -> int | None:
        """The least number that the claim bears out."""
        return self.best if self.low is None else self.low

    @property
    def known(self) -> bool:
        """Whether there is any number."""
        return any(value is not None for value in self)

    @property
    def deadly(self) -> bool:
        """Whether any of the numbers is one or more."""
        return any(value is not None and value >= 1 for value in self)


def counts_of(case: Case) -> dict[str, Count]:
    """The chosen estimates by what they count; of several measures that count the same, the first by its code."""
    found = dict[str, Count]()
    for row in sorted(case.estimates, key=lambda row: str(row["measure"])):
        what = case.lookup.counts.get(row["measure"], "")
        if what and row.get("chosen") and what not in found:
            found[what] = Count(*(_whole(row.get(name)) for name in ("low", "best", "high")))
    return found


def total_of(case: Case) -> Count:
    """All deaths: the estimate that counts them, or the sum of those that count them side by side."""
    counts = counts_of(case)
    if "deaths" in counts:
        return counts["deaths"]
    parts = [counts[name] for name in PARTS if name in counts]
    return Count(*(_sum([part[index] for part in parts]) for index in range(3)))


def _whole(value: object) -> int | None:
    """A count as an integer; a fraction or a negative number is none."""
    if isinstance(value, (int, float)) and value == int(value) and value >= 0:
        return int(value)
    return None


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None


def _part(name: str) -> Callable[[Case], str]:
    def value(case: Case) -> str:
        counts, best = counts_of(case), total_of(case).best
        if name == "deaths-unknown" and name not in counts:
            known = _sum([counts[part].best for part in PARTS if part in counts]) or 0
            if best is None or best < known:
                return ""
            if best > known:
                case.lose("deaths-unattributed", "estimates.best", best)
            return as_text(best - known)
        if name in counts:
            return as_text(counts[name].best)
        return "" if best is None else "0"  # the four add up to best

    return value


def _of_total(name: str) -> Callable[[Case], str]:
    def value(case: Case) -> str:
        total = total_of(case)
        found: int | None = getattr(total, name)
        if found is None and total.known:
            case.lose("no-best" if name == "best" else "no-bound", f"estimates.{name}", _interval(total))
        return as_text(found)

    return value


def _conservative(case: Case) -> str:
    total = total_of(case)
    if total.known and total != Count(total.floor, total.floor, total.floor):
        case.lose("one-number", "estimates.best", _interval(total))
    return as_text(total.floor)


def _interval(count: Count) -> str:
    return "/".join(as_text(value) for value in count)


def _simple(what: str) -> Callable[[Case], str]:
    def value(case: Case) -> str:
        count = total_of(case) if what == "deaths" else counts_of(case).get(what, Count())
        found = count.floor if count.best is None else count.best
        if count.known and count != Count(found, found, found):
            case.lose("one-number", "estimates.best", _interval(count))
        return as_text(found)

    return value


VALUES: Mapping[str, Callable[[Case], str]] = {
    **{name: _part(name) for name in PARTS},
    **{f"deaths-{name}": _of_total(name) for name in ("low", "best", "high")},
    "fatalities": _conservative,
    "dead": _simple("deaths"),
    "injured": _simple("injured"),
    "arrested": _simple("arrested"),
}
