"""The numbers of the dataset, computed again from their wording by the rules that they name."""

from __future__ import annotations

import re
from decimal import Decimal

from tests.dataset.rows import by_key, claims, read_table


def test_numbers_are_what_their_wording_rules_give() -> None:
    """Low, best and high of each number, computed from the digits of its wording by the rule that it names."""
    rules = by_key("wording_rules", "rule_id")
    numbered = [claim for claim in claims() if "measure" in claim]
    assert len(numbered) >= 5
    for claim in numbered:
        rule = rules[claim["wording_rule"]]
        for bound in ("low", "best", "high"):
            expected = apply_rule(rule[bound], claim["wording"])
            actual = Decimal(claim[bound]) if bound in claim else None
            assert (claim["claim_id"], bound, expected) == (claim["claim_id"], bound, actual)


def test_wording_agrees_with_its_rule() -> None:
    """A rule with N is used for words with a number; a rule without is used for just its own words."""
    rules = by_key("wording_rules", "rule_id")
    for claim in claims():
        if "measure" in claim:
            expression = rules[claim["wording_rule"]]["wording"]
            numbers = len(re.findall(r"\b[NM]\b", expression))
            assert numbers == len(re.findall(r"\d+", claim["wording"])), claim["claim_id"]
            assert numbers or expression == claim["wording"], claim["claim_id"]


def test_wording_rules_give_ordered_bounds() -> None:
    """Applied to its own example, each rule gives at least one bound, and bounds in order."""
    for rule in read_table("wording_rules"):
        found = [apply_rule(rule[bound], rule["example"]) for bound in ("low", "best", "high")]
        bounds = [bound for bound in found if bound is not None]
        assert bounds and sorted(bounds) == bounds, rule["rule_id"]


def apply_rule(formula: str, wording: str) -> Decimal | None:
    """A bound by the formula of a rule: empty, a number, or N or M with a sign or with one more or less."""
    if not formula:
        return None
    numbers = [Decimal(text) for text in re.findall(r"\d+(?:\.\d+)?", wording)]
    match = re.fullmatch(r"(-?)([NM]|\d+)([+-]\d+)?", formula)
    assert match, f"no formula: {formula}"
    value = numbers["NM".index(match[2])] if match[2] in "NM" else Decimal(match[2])
    return (-value if match[1] else value) + Decimal(match[3] or 0)
