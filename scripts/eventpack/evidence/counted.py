"""Coded numbers against the numbers of their passages, and the numbers of passages that nobody coded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from eventpack.cells import Cells
from eventpack.evidence.cited import Cited, Evidence
from eventpack.evidence.coding import BOUNDS, Coding, as_words, counts_of, readable
from eventpack.evidence.worded import check_worded
from eventpack.finding import Finding
from eventpack.quantities.quantity import Quantity
from eventpack.quantities.reading import quantities
from eventpack.quantities.wordings import place_of, same


def check_counted(evidence: Evidence) -> Iterator[Finding]:
    """Each coded number is one of the passage, meant as it is coded; each number of a passage is coded by some claim.

    The latter is asked only where all coded ones are there: else it is most likely the one that was meant.
    """
    coding = Coding.of(evidence)
    reported: set[tuple[str, int]] = set()
    for cited in readable(evidence):
        found = counts_of(cited)
        missing = _missing_bounds(coding, cited, found)
        if missing:
            yield from _not_there(evidence, coding, cited, found, missing)
        else:
            yield from _not_coded(evidence, coding, cited, found, reported)
        yield from check_worded(evidence, coding, cited, found, bool(missing))


def bearers(coding: Coding, cited: Cited, bound: str) -> list[Quantity]:
    """The quantities of a passage that carry the low, best or high of its claim."""
    return [one for one in counts_of(cited) if coding.carries(cited.claim, bound, one)]


def _missing_bounds(coding: Coding, cited: Cited, found: list[Quantity]) -> list[str]:
    """Which of low, best and high no number of the passage carries."""
    return [
        bound
        for bound in BOUNDS
        if cited.claim.get(bound)
        and not any(coding.carries(cited.claim, bound, one) for one in found)
        and not _own_words(coding, cited, bound)
    ]


def _not_there(
    evidence: Evidence, coding: Coding, cited: Cited, found: list[Quantity], missing: list[str]
) -> Iterator[Finding]:
    unit = " percent" if coding.percent(cited.claim) else ""
    there = f"it has {as_words(cited, found)}" if found else "it has none"
    for coded in dict.fromkeys(cited.claim[bound] for bound in missing):
        names = [bound for bound in missing if cited.claim[bound] == coded]
        what = f"{', '.join(names)} {coded}{unit} is no number of the passage and follows from none; {there}"
        fix = "code the number that stands there, or correct the passage"
        yield evidence.finding("evidence/number", cited, names[0], what, coded, fix)


def _own_words(coding: Coding, cited: Cited, bound: str) -> bool:
    """Whether a rule without N, for words that are not known as numbers, gives the bound, and the words are there."""
    rule, wording = coding.rule(cited.claim), cited.claim.get("wording", "")
    if rule is None:
        return bool(wording) and not quantities(wording) and place_of(wording, cited.words) is not None
    given = None if rule.open or quantities(rule.wording) else rule.values(())
    here = any(place_of(words, cited.words) for words in (rule.wording, wording) if words)
    return given is not None and here and same(cited.claim[bound], given[BOUNDS.index(bound)])


def _not_coded(
    evidence: Evidence, coding: Coding, cited: Cited, found: list[Quantity], reported: set[tuple[str, int]]
) -> Iterator[Finding]:
    for one in found:
        if one.soft or one.kind in ("duration", "age") or _codes(coding, cited.claim, one):
            continue
        place = cited.claim["source_id"], int(cited.claim["passage_start"]) + one.start
        if place in reported:
            continue
        reported.add(place)
        if not any(_codes(coding, claim, one) for claim in evidence.beside(cited)):
            shown = as_words(cited, [one])
            what = f"the passage has the number {shown}, which no claim on it codes"
            fix = "add a claim with this number, or leave it as it is if it belongs to no event"
            finding = evidence.finding("evidence/uncoded-number", cited, "passage_start", what, shown.strip("`"), fix)
            yield replace(finding, severity="warning")


def _codes(coding: Coding, claim: Cells, one: Quantity) -> bool:
    return any(claim.get(bound) and coding.carries(claim, bound, one) for bound in BOUNDS)
