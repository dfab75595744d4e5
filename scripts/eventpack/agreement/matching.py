"""Which claims and events of two codings are about the same: by passage, then claim, then grouping.

Claims are paired by where their passages overlap and by the words and numbers of their statements, not by the codes
whose agreement is asked for. Events are paired by the paired claims that they share, and by their titles where that
leaves a choice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from eventpack.agreement.assignment import assign
from eventpack.agreement.coding import Coding
from eventpack.cells import Cells
from eventpack.evidence.passages import offsets

# Below these a pair of claims has little more in common than the sentence that they cite: of all, and of the words
# alone, since claims on one sentence have the whole passage in common whatever they say.
_LEAST, _LEAST_WORDS = 0.75, 1 / 3
_WORD = re.compile(r"[^\W_]+")
_COMMON = frozenset(
    "a an and are as at be been by for from had has have if in is it its of on or says said say that the their them"
    " they this to was were which who will with would text reports cited".split()
)
_NUMBERS = ("low", "best", "high")
Titles = Mapping[str, str]  # of events, by id
_Place = tuple[str, int, int] | None  # source, start and end of a passage


@dataclass(frozen=True, slots=True)
class Matches:
    """Pairs of ids, sorted: of claims, and of the events that share most of them."""

    claims: list[tuple[str, str]]
    events: list[tuple[str, str]]


def match(first: Coding, second: Coding) -> Matches:
    """Pair what two coders made of the same texts."""
    ones, others = first.by_id("claims", "claim_id"), second.by_id("claims", "claim_id")
    titles = [{row["event_id"]: row.get("title", "") for row in coding.rows["events"]} for coding in (first, second)]
    said = {key: _words(claim, titles[1]) for key, claim in others.items()}
    weights = {}
    for one_id, other_id, shared in _overlapping(ones, others):
        one, other = ones[one_id], others[other_id]
        alike, number = _dice(_words(one, titles[0]), said[other_id]), _same_number(one, other)
        if (weight := shared + alike + number) >= _LEAST and (number or alike >= _LEAST_WORDS):
            weights[one_id, other_id] = weight
    claims = assign(weights)
    shared_claims = Counter((ones[one]["event_id"], others[other]["event_id"]) for one, other in claims)
    return Matches(claims, _pair_events(shared_claims, *titles))


def _pair_events(shared_claims: Counter[tuple[str, str]], first: Titles, second: Titles) -> list[tuple[str, str]]:
    """The pairs that share most claims; all titles together weigh less than one claim, so they only break ties."""
    weights = {}
    for (one, other), count in shared_claims.items():
        alike = _dice(Counter(_stems(first[one])), Counter(_stems(second[other])))
        weights[one, other] = count + alike / (len(first) + 1)
    return assign(weights)


def passage_of(claim: Cells) -> _Place:
    """Source, start and end of a claim's passage; none when it has none."""
    place = offsets(claim.get("passage_start", ""), claim.get("passage_end", ""))
    return place and (claim.get("source_id", ""), *place)


def _overlapping(ones: Mapping[str, Cells], others: Mapping[str, Cells]) -> Iterator[tuple[str, str, float]]:
    """Pairs of claims with the share of characters that their passages have in common, of all that they have.

    Claims of one source without passage share half.
    """
    by_source: defaultdict[str, list[tuple[str, _Place]]] = defaultdict(list)
    for key, claim in others.items():
        by_source[claim.get("source_id", "")].append((key, passage_of(claim)))
    for one_id, one in ones.items():
        here = passage_of(one)
        for other_id, there in by_source[one.get("source_id", "")]:
            if here is None or there is None:
                if here is there:
                    yield one_id, other_id, 0.5
            elif (shared := min(here[2], there[2]) - max(here[1], there[1])) > 0:
                yield one_id, other_id, shared / (max(here[2], there[2]) - min(here[1], there[1]))


def _words(claim: Cells, titles: Titles) -> Counter[str]:
    """What a claim says, its condition included, and of which event."""
    said = (claim.get("statement", ""), claim.get("condition", ""), titles.get(claim["event_id"], ""))
    return Counter(_stems(" ".join(said)))


def _stems(text: str) -> Iterator[str]:
    """The words of a text that carry meaning, each cut to what its forms have in common."""
    for word in _WORD.findall(text.lower()):
        if word not in _COMMON:
            yield word[:5]


def _dice(one: Counter[str], other: Counter[str]) -> float:
    shared = sum((one & other).values())
    return 2 * shared / (one.total() + other.total()) if shared else 0.0


def _same_number(one: Cells, other: Cells) -> float:
    here, there = ([claim.get(name, "") for name in _NUMBERS] for claim in (one, other))
    return float(any(here) and here == there)
