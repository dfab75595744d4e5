"""Why a measure of an event has its estimates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eventpack.cells import Cells
from eventpack.derive.estimates import NUMBERS, RULES, Counted, EstimateRule, count_claims
from eventpack.reasons.claims import ClaimTold, Library, OriginTold


@dataclass(frozen=True, slots=True)
class NumberTold:
    """A number as a claim gives it: its bounds, the words that carry it, and the rule that reads them."""

    claim_id: str
    low: str
    best: str
    high: str
    wording: str
    wording_rule: str
    reading: str
    as_of: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim with the measure that is not counted, and why."""

    claim: ClaimTold
    because: str


@dataclass(frozen=True, slots=True)
class RuleReasons:
    """One rule: what it compares (the floor of each claim, say), and the claim whose numbers it takes."""

    rule: str
    definition: str
    word: str
    compared: tuple[tuple[str, str], ...]
    claim_id: str
    low: str
    best: str
    high: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class MeasureReasons:
    """The counted claims of a measure, those left out, and what each rule makes of them; `rules` can be empty."""

    measure: str
    label: str
    unit: str
    default_rule: str
    counted: tuple[OriginTold, ...]
    numbers: tuple[NumberTold, ...]
    independent_count: int
    left_out: tuple[LeftOut, ...]
    rules: tuple[RuleReasons, ...]


def measure_reasons(measure: str, claims: Sequence[Cells], library: Library) -> MeasureReasons:
    """The reasons of one measure; `claims` are all on its event."""
    counted = count_claims((claim for claim in claims if claim.get("measure") == measure), library.origins)
    row = library.measures.get(measure, {})
    return MeasureReasons(
        measure, row.get("label", ""), row.get("unit", ""), library.defaults.get(measure, ""),
        tuple(map(library.origin, counted.weighed)),
        tuple(_number(claim, library) for claim in counted.claims),
        len(counted.independent),
        tuple(LeftOut(library.claim(claim), why) for claim, why in counted.others),
        tuple(_rule(rule, counted, measure, library) for rule in RULES if counted.claims),
    )  # fmt: skip


def _number(claim: Cells, library: Library) -> NumberTold:
    rule = library.wordings.get(claim.get("wording_rule", ""), {})
    parts = [f"{name} {rule[name]}" for name in NUMBERS if rule.get(name)]
    reading = f"{rule.get('wording', '')}: {', '.join(parts)}" if parts else ""
    names = ("claim_id", *NUMBERS, "wording", "wording_rule", "as_of")
    return NumberTold(reading=reading, **{name: claim.get(name, "") for name in names})


def _rule(rule: EstimateRule, counted: Counted, measure: str, library: Library) -> RuleReasons:
    claim = counted.selected(rule)
    compared = [(one.get("claim_id", ""), str(rule.key(one, library.origins))) for one in counted.compared(rule)]
    low, best, high = (claim.get(name, "") for name in NUMBERS)
    return RuleReasons(
        rule.name, library.rules.get(rule.name, ""), rule.word, tuple(compared), claim.get("claim_id", ""),
        low, best, high, rule.name == library.defaults.get(measure),
    )  # fmt: skip
