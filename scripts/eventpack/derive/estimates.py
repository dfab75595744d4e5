"""The derivation `estimates`: per event and measure one number by each rule, always that of one claim.

The rules are defined in the schema of estimates, at the codes of its field `rule`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from eventpack.cells import Cells, cells_of
from eventpack.derive.independence import Origins
from eventpack.subject import Subject
from eventpack.values import TYPES

NUMBERS = ("low", "best", "high")
_parse = TYPES["number", "default"].parse


def estimate_rows(subject: Subject) -> Iterator[Mapping[str, str]]:
    """The rows of estimates; text that is no number counts as missing, the checks report it elsewhere."""
    origins = Origins.of(subject)
    defaults = {row.get("code", ""): row.get("default_rule", "") for row in cells_of(subject, "measures")}
    for (event, measure), claims in _counted(subject).items():
        independent = origins.independent(claims)
        counts = {"claim_count": str(len(claims)), "independent_count": str(len(independent))}
        for rule, select in RULES:
            chosen = select(claims, independent, origins)
            yield {
                "event_id": event, "measure": measure, "rule": rule, **counts,
                **{name: chosen.get(name, "") for name in NUMBERS},
                "chosen": "true" if defaults.get(measure) == rule else "false",
            }  # fmt: skip


def _counted(subject: Subject) -> dict[tuple[str, str], list[Cells]]:
    groups: dict[tuple[str, str], list[Cells]] = defaultdict(list)
    for claim in sorted(cells_of(subject, "claims"), key=lambda row: row.get("claim_id", "")):
        asserted = claim.get("status") == "accepted" and claim.get("stance") == "asserts"
        if asserted and claim.get("measure") and _first(claim, NUMBERS) is not None:
            groups[claim.get("event_id", ""), claim["measure"]].append(claim)
    return groups


def _first(claim: Cells, names: Sequence[str]) -> Decimal | None:
    for name in names:
        try:
            value: Decimal = _parse(claim.get(name, ""))
        except ValueError:
            continue
        return value
    return None


def _number(claim: Cells, *names: str) -> Decimal:
    value = _first(claim, names)
    assert value is not None  # only claims with a number are counted
    return value


# Each rule sees the counted claims in the order of their ids, so that min and max give the smallest id among equals.
def _lowest(claims: Sequence[Cells], independent: Sequence[Cells], origins: Origins) -> Cells:
    return min(claims, key=lambda claim: _number(claim, "low", "best", "high"))


def _highest(claims: Sequence[Cells], independent: Sequence[Cells], origins: Origins) -> Cells:
    return max(claims, key=lambda claim: _number(claim, "high", "best", "low"))


def _median(claims: Sequence[Cells], independent: Sequence[Cells], origins: Origins) -> Cells:
    order = sorted(independent, key=lambda claim: (_number(claim, "best", "low", "high"), claim.get("claim_id", "")))
    return order[(len(order) - 1) // 2]


def _latest(claims: Sequence[Cells], independent: Sequence[Cells], origins: Origins) -> Cells:
    return max(claims, key=origins.date)


Select = Callable[[Sequence[Cells], Sequence[Cells], Origins], Cells]
RULES: tuple[tuple[str, Select], ...] = (
    ("lowest", _lowest),
    ("highest", _highest),
    ("median-of-independent", _median),
    ("latest", _latest),
)
