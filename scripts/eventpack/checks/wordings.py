"""Coded numbers against the rule that reads their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from eventpack.finding import Finding, shorten
from eventpack.subject import Subject
from eventpack.tables import Table
from eventpack.terms import english, is_percent

if TYPE_CHECKING:
    from eventpack.quantities.wordings import WordingRule

_BOUNDS = ("low", "best", "high")
_CLAIM = ("source_id", "measure", "wording", "wording_rule", *_BOUNDS)
_RULE = ("rule_id", "wording", *_BOUNDS)


def check_wording_rules(subject: Subject) -> Iterator[Finding]:
    """Low, best and high are what the wording rule gives for the number in the wording."""
    claims, rules = subject.own.get("claims"), subject.tables.get("wording_rules")
    if subject.package.descriptor.profile_version is None or claims is None or rules is None:
        return
    if "claims" in subject.unread or not (claims.columns.keys() >= {*_CLAIM} and rules.columns.keys() >= {*_RULE}):
        return
    cells = {row: dict(zip(_CLAIM, texts, strict=True)) for row, texts in enumerate(claims.rows(_CLAIM)) if texts[3]}
    if not cells:
        return
    from eventpack.quantities.wordings import WordingRule  # words for numbers: only where there are some

    read = {name: WordingRule(name, words, (low, best, high)) for name, words, low, best, high in rules.rows(_RULE)}
    foreign = {row["source_id"] for row in _rows(subject, "sources", "source_id language") if not english(row)}
    percents = {row["code"]: is_percent(row) for row in _rows(subject, "measures", "code kind unit")}
    for row, claim in cells.items():
        rule = read.get(claim["wording_rule"])
        numbered = any(claim[name] for name in _BOUNDS)  # `event/measure` reports a claim without a number
        if rule and numbered and claim["wording"] and claim["source_id"] not in foreign:
            yield from _findings(claims, row, claim, rule, percents.get(claim["measure"]))


def _rows(subject: Subject, table: str, names: str) -> Iterator[dict[str, str]]:
    fields = names.split()
    if (held := subject.tables.get(table)) is not None:
        yield from (dict(zip(fields, texts, strict=True)) for texts in held.rows(fields))


def _findings(
    claims: Table, row: int, claim: Mapping[str, str], rule: WordingRule, percent: bool | None
) -> Iterator[Finding]:
    from eventpack.quantities.wordings import expected, fits, same

    words, code = claim["wording"], "event/wording-rule"
    read = shorten(words)
    if not fits(rule, words):
        what = f"`{read}` is not what the rule `{rule.name}` reads: {rule.wording}"
        fix = "take the rule for these words, or correct the words"
        yield Finding(code, claims.where(row, "wording_rule"), what, rule.name, fix=fix)
        return
    readings = expected(rule, words, percent)
    if not readings:
        needed = "two numbers" if "M" in "".join(rule.bounds) else "a number"
        what = f"the rule `{rule.name}` needs {needed}, and `{read}` has none that can be read"
        yield Finding(code, claims.where(row, "wording"), what, words, fix=f"write it as: {rule.wording}")
        return
    coded = tuple(claim[name] for name in _BOUNDS)
    judged = [([i for i in range(3) if not same(coded[i], given[i])], given) for given in readings]
    wrong, given = min(judged, key=lambda pair: len(pair[0]))
    for i in wrong:
        name, value = _BOUNDS[i], given[i]
        gives = "leaves it empty" if value is None else f"gives {_shown(value)}"
        what = f"{name} is {shorten(coded[i]) or 'empty'}, but the rule `{rule.name}` {gives} for `{read}`"
        fix = f"remove {name}" if value is None else f"write {_shown(value)}"
        yield Finding(code, claims.where(row, name if coded[i] else "wording_rule"), what, coded[i], fix=fix)


def _shown(value: object) -> str:
    from fractions import Fraction

    number = Fraction(str(value))
    return str(number) if number.denominator == 1 else f"{float(number):.4g}"
