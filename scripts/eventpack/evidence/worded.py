"""The words that carry a number, against the words of the passage: is it there, and is it meant in the same way?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from eventpack.evidence.cited import Cited, Evidence
from eventpack.evidence.coding import BOUNDS, Coding, as_words
from eventpack.finding import Finding, shorten
from eventpack.quantities.english import DOWN, IDLE, UP
from eventpack.quantities.quantity import Quantity
from eventpack.quantities.reading import quantities
from eventpack.quantities.wordings import WordingRule, place_of

_CODE = "evidence/wording"
_STEM = 5  # so many letters make two forms of one word


def check_worded(
    evidence: Evidence, coding: Coding, cited: Cited, found: list[Quantity], missing: bool
) -> Iterator[Finding]:
    """The number of a claim's wording is in its passage, with words around it that fit the wording and its rule.

    So do the words around a number that is coded by a rule, without a wording. `found` is what the passage counts,
    and `missing` whether a coded number is not among it, of which other findings tell.
    """
    rule = coding.rule(cited.claim)
    if cited.claim.get("wording"):
        yield from _judge(evidence, cited, rule, found, missing)
    elif rule:
        yield from _ruled(evidence, coding, cited, found, rule)


def _judge(
    evidence: Evidence, cited: Cited, rule: WordingRule | None, found: list[Quantity], missing: bool
) -> Iterator[Finding]:
    wording = cited.claim["wording"]
    own = [one for one in quantities(wording) if one.counted]
    nowhere = not own and place_of(wording, cited.words) is None
    if nowhere or not all(any(_same_number(one, other) for other in found) for one in own):
        if not missing:
            yield _absent(evidence, cited, found)
        return
    for one in own:
        there = [other for other in found if _same_number(one, other)]
        if not any(_meant_alike(one, other, rule) for other in there):
            read = f" by the rule `{rule.name}`" if rule else ""
            what = f"the passage has {as_words(cited, there)}, coded as `{shorten(wording)}`{read}"
            fix = "take the wording and the rule that the passage has"
            yield evidence.finding(_CODE, cited, "wording_rule" if rule else "wording", what, wording, fix)
            return
    if gone := _missing_words(wording, own, cited.words):
        what = f"the passage has the number, but not the words `{shorten(' '.join(gone))}` of the wording"
        yield evidence.finding(_CODE, cited, "wording", what, wording, "take the words of the passage")


def _ruled(
    evidence: Evidence, coding: Coding, cited: Cited, found: list[Quantity], rule: WordingRule
) -> Iterator[Finding]:
    """Without a wording, the numbers that carry the coded ones must be meant as the rule reads them."""
    bounds = [bound for bound in BOUNDS if cited.claim.get(bound)]
    there = [one for one in found if any(coding.carries(cited.claim, bound, one) for bound in bounds)]
    if there and not any(rule.agrees(one.meant) for one in there):
        what = f"the passage has {as_words(cited, there)}, coded by the rule `{rule.name}`"
        yield evidence.finding(
            _CODE, cited, "wording_rule", what, rule.name, "take the rule for the words of the passage"
        )


def _absent(evidence: Evidence, cited: Cited, found: list[Quantity]) -> Finding:
    there = f"its numbers are {as_words(cited, found)}" if found else "it has no number"
    what = f"the wording `{shorten(cited.claim['wording'])}` is not in the passage; {there}"
    return evidence.finding(_CODE, cited, "wording", what, cited.claim["wording"], "take the words of the passage")


def _same_number(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities state the same number, as share or as count alike."""
    if one.vague or other.vague:
        return one.vague == other.vague or bool(one.readings() & other.readings())
    if len(one.values) == 2:
        return set(one.values) <= set(other.values) | set(other.others)
    percent = True if one.kind in ("percent", "share") else None
    return bool(one.readings(percent) & other.readings(percent))


def _meant_alike(one: Quantity, other: Quantity, rule: WordingRule | None) -> bool:
    if len(other.values) == 2 and len(one.values) == 1 and "" not in other.meant:
        return False  # one end of a range
    bare = one.meant == {""} or bool(one.meant & other.meant)
    alike = bare or (rule is not None and rule.agrees(one.meant))
    return alike and (rule is None or rule.agrees(other.meant))


def _missing_words(wording: str, own: list[Quantity], passage: str) -> list[str]:
    """The words of a wording beside its number that the passage has in no form."""
    rest, at = "", 0
    for one in own:
        rest, at = f"{rest} {wording[at : one.whole[0]]}", one.whole[1]
    words = re.findall(r"[^\W\d_]+", (rest + " " + wording[at:]).lower())
    spoken = set(re.findall(r"[^\W\d_]+", passage.lower()))
    stems = {word[:_STEM] for word in spoken}
    return [word for word in words if word not in IDLE and word[:_STEM] not in stems and not _turned(word, spoken)]


def _turned(word: str, spoken: set[str]) -> bool:
    """Whether the passage has another word for less, or for more."""
    return any(word in way and spoken & way for way in (DOWN, UP))
