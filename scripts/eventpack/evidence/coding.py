"""How the numbers of claims are read: their measures, their wording rules, and the quantities of their passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from eventpack.cells import Cells, cells_of
from eventpack.evidence.cited import Cited, Evidence
from eventpack.quantities.english import CURRENCIES, DURATIONS, MONEY
from eventpack.quantities.quantity import Quantity
from eventpack.quantities.reading import quantities
from eventpack.quantities.wordings import WordingRule, expressed, place_of, same
from eventpack.terms import english, is_percent

BOUNDS = ("low", "best", "high")
_DENYING = ("denies", "opposes")
# What a measure must be in for an amount, a length of time or an age to carry its number.
_UNITS: Mapping[str, frozenset[str]] = {
    "money": MONEY | CURRENCIES | {"money", "currency", "funds", "cost", "costs", "price"},
    "duration": DURATIONS | {"time", "duration"},
    "age": DURATIONS | {"age", "ages"},
}
_COUNTING = ("count", "percent")
_ARTICLE = re.compile(r"(?:an?|another)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Coding:
    """The wording rules of a package; of its measures, which are in percent, and the words that tell their units."""

    rules: Mapping[str, WordingRule]
    percents: Mapping[str, bool]
    units: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, evidence: Evidence) -> Coding:
        """The coding of a subject."""
        rules = {
            row["rule_id"]: WordingRule(row["rule_id"], row.get("wording", ""), _bounds(row))
            for row in cells_of(evidence.subject, "wording_rules")
            if row.get("rule_id")
        }
        measures = {row.get("code", ""): row for row in cells_of(evidence.subject, "measures")}
        units = {code: words for code, row in measures.items() if (words := _unit_words(row)) is not None}
        return cls(rules, {code: is_percent(row) for code, row in measures.items()}, units)

    def rule(self, claim: Cells) -> WordingRule | None:
        """The wording rule of a claim, if it names one that is there."""
        return self.rules.get(claim.get("wording_rule", ""))

    def percent(self, claim: Cells) -> bool | None:
        """Whether the number of a claim is one in percent; None when its measure is not known."""
        return self.percents.get(claim.get("measure", ""))

    def carries(self, claim: Cells, bound: str, one: Quantity) -> bool:
        """Whether a quantity is the low, best or high of a claim, as it stands or by the claim's wording rule."""
        coded, rule = claim.get(bound, ""), self.rule(claim)
        if not self._in_unit(claim, one):
            return False
        readings = one.readings(self.percent(claim))
        if any(same(coded, value) for value in readings):
            return True
        if rule is None:  # nothing says what dozens are; the words themselves must agree
            return bool(one.vague) and one.vague in {own.vague for own in quantities(claim.get("wording", ""))}
        place = BOUNDS.index(bound)
        numbers = [(value,) for value in readings] if rule.open else [()] if expressed(rule, one) else []
        pair = [one.values] if rule.open and len(one.values) == 2 and readings else []
        given = (rule.values(some) for some in [*numbers, *pair])
        return any(same(coded, values[place]) for values in given if values is not None and values[place] is not None)

    def _in_unit(self, claim: Cells, one: Quantity) -> bool:
        """Whether a quantity can be one of a claim's measure: no length of time counts persons."""
        unit = self.units.get(claim.get("measure", ""))
        return unit is None or one.kind not in _UNITS or bool(unit & _UNITS[one.kind])


def _unit_words(measure: Cells) -> frozenset[str] | None:
    """The words that tell the unit of a measure; none when it may be any: an amount, in words that are not known."""
    told = " ".join(measure.get(name, "") for name in ("code", "label", "unit"))
    words = frozenset(re.findall(r"[^\W_]+|[^\w\s]", told.lower()))
    known = any(words & unit for unit in _UNITS.values())
    return words if known or measure.get("kind") in _COUNTING else None


def _bounds(row: Cells) -> tuple[str, str, str]:
    return row.get("low", ""), row.get("best", ""), row.get("high", "")


def readable(evidence: Evidence) -> Iterator[Cited]:
    """The claims whose passages can be read for numbers and dates: those in English."""
    return (cited for cited in evidence.cited if english(cited.source))


def counts_of(cited: Cited) -> list[Quantity]:
    """What the passage of a claim counts; "a" and "an" count one where the claim's wording begins with them.

    Of "not 12 but 120", a claim that denies has the first, too.
    """
    words, wording = cited.words, cited.claim.get("wording", "")
    denies = cited.claim.get("stance") in _DENYING
    found = [one for one in quantities(words) if one.counted and (denies or not one.denied)]
    if _ARTICLE.match(wording) and not quantities(wording) and (place := place_of(wording, words)):
        found.append(Quantity(*place, "plain", (Fraction(1),), soft=True, whole=place))
    return found


def as_words(cited: Cited, found: list[Quantity], most: int = 6) -> str:
    """Quantities of a passage for a message."""
    telling = [one for one in found if not one.soft] or found
    shown = [f"`{' '.join(cited.words[slice(*one.whole)].split())}`" for one in telling[:most]]
    return ", ".join(shown) + (" …" if len(telling) > most else "")
