"""The derivation `estimates`: per event and measure one number by each rule, always that of one claim.

The rules are defined in the schema of estimates, at the codes of its field `rule`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple  # a dataclass takes 0.5 ms of every validation

from eventpack.cells import Cells, cells_of
from eventpack.derive.basis import Basis
from eventpack.derive.independence import Origins, Weighed
from eventpack.subject import Subject
from eventpack.values import TYPES

NUMBERS = ("low", "best", "high")
_parse = TYPES["number", "default"].parse


class Counted(NamedTuple):
    """The claims of an event and measure that estimates are taken from, in the order of their ids, and their weights.

    `others` are the claims that are left out, each with why.
    """

    claims: Sequence[Cells]
    weighed: Sequence[Weighed]
    others: Sequence[tuple[Cells, str]]
    origins: Origins

    @property
    def independent(self) -> list[Cells]:
        """The claims that count as independent origins, in the order of their ids."""
        return _by_id(one.claim for one in self.weighed if one.counts)

    def compared(self, rule: EstimateRule) -> list[Cells]:
        """The claims that a rule selects from."""
        return self.independent if rule.independent else list(self.claims)

    def selected(self, rule: EstimateRule) -> Cells:
        """The claim that a rule selects; one must be counted."""
        return rule.pick(self.compared(rule), lambda claim: rule.key(claim, self.origins))


class EstimateRule(NamedTuple):
    """A rule: its name, what of each claim it compares and the word for that, and which claim it then picks.

    `independent` says that it compares only those that count as independent origins.
    """

    name: str
    word: str
    key: Callable[[Cells, Origins], Any]
    pick: Callable[[Sequence[Cells], Callable[[Cells], Any]], Cells]
    independent: bool = False


def estimate_rows(basis: Basis) -> Iterator[Mapping[str, str]]:
    """The rows of estimates; text that is no number counts as missing, the checks report it elsewhere."""
    defaults = default_rules(basis.subject)
    groups: dict[tuple[str, str], list[Cells]] = defaultdict(list)
    for claim in basis.claims:
        if claim.get("measure"):
            groups[claim.get("event_id", ""), claim["measure"]].append(claim)
    for (event, measure), claims in groups.items():
        counted = count_claims(claims, basis.origins)
        independent = counted.independent
        for rule in RULES if counted.claims else ():
            selected = counted.selected(rule)
            yield {
                "event_id": event, "measure": measure, "rule": rule.name, "claim_id": selected.get("claim_id", ""),
                **{name: selected.get(name, "") for name in NUMBERS},
                "claim_count": str(len(counted.claims)), "independent_count": str(len(independent)),
                "independent_claims": "; ".join(one.get("claim_id", "") for one in independent),
                "chosen": "true" if defaults.get(measure) == rule.name else "false",
            }  # fmt: skip


def default_rules(subject: Subject) -> dict[str, str]:
    """The default rule of each measure, empty where it has none."""
    return {row.get("code", ""): row.get("default_rule", "") for row in cells_of(subject, "measures")}


def count_claims(claims: Iterable[Cells], origins: Origins) -> Counted:
    """The claims of one event and measure, sorted into those that count and those that are left out."""
    judged = [(claim, _left_out(claim)) for claim in _by_id(claims)]
    kept = [claim for claim, why in judged if not why]
    return Counted(kept, origins.weigh(kept), [(claim, why) for claim, why in judged if why], origins)


def _left_out(claim: Cells) -> str:
    """Why a claim is not counted; empty when it is."""
    for field, wanted in (("status", "accepted"), ("stance", "asserts")):
        if claim.get(field) != wanted:
            return f"its {field} is {claim.get(field) or 'not given'}, not {wanted}"
    return "it has no number" if _first(claim, NUMBERS) is None else ""


def _by_id(claims: Iterable[Cells]) -> list[Cells]:
    return sorted(claims, key=lambda claim: claim.get("claim_id", ""))


def _first(claim: Cells, names: Sequence[str]) -> Decimal | None:
    for name in names:
        try:
            value: Decimal = _parse(claim.get(name, ""))
        except ValueError:
            continue
        if not value.is_nan():
            return value
    return None


def _number(*names: str) -> Callable[[Cells, Origins], Decimal]:
    """The first filled of these fields; only claims with a number are compared."""

    def key(claim: Cells, origins: Origins) -> Decimal:
        value = _first(claim, names)
        assert value is not None
        return value

    return key


def _date(claim: Cells, origins: Origins) -> str:
    return origins.date(claim)


# Claims come in the order of their ids, so that the smallest id is picked among equals.
def _least(claims: Sequence[Cells], key: Callable[[Cells], Any]) -> Cells:
    return min(claims, key=key)


def _most(claims: Sequence[Cells], key: Callable[[Cells], Any]) -> Cells:
    return max(claims, key=key)


def _middle(claims: Sequence[Cells], key: Callable[[Cells], Any]) -> Cells:
    return sorted(claims, key=key)[(len(claims) - 1) // 2]


RULES = (
    EstimateRule("lowest", "floor", _number("low", "best", "high"), _least),
    EstimateRule("highest", "ceiling", _number("high", "best", "low"), _most),
    EstimateRule("median-of-independent", "number", _number("best", "low", "high"), _middle, independent=True),
    EstimateRule("latest", "date", _date, _most),
)
