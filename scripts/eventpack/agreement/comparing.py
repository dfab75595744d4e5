"""Compare two codings: passages, claims, the grouping of claims into events, and codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from eventpack.agreement.alpha import alpha
from eventpack.agreement.coding import Coding, package_of, read_coding
from eventpack.agreement.fields import CLAIM_FIELDS, EVENT_FIELDS, Agreement, Pair, compare_field
from eventpack.agreement.matching import Matches, match, passage_of
from eventpack.cells import Cells

# What stands in the record of an event beside claims: what the row is about, and the code that is compared.
_BESIDE = {
    "participants": ("actor_id", "role"),
    "event_places": ("place_id", "role"),
    "event_links": ("other_id", "relation"),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two codings and what they share.

    `passages` counts the passages of the first and of the second coding, those that are the same, and those that
    overlap one of the other. `grouping` is about every two paired claims: whether both coders put them into one event.
    `fields` are the fields of claims and events.
    """

    first: Coding
    second: Coding
    matches: Matches
    passages: tuple[int, int, int, int]
    grouping: Agreement
    fields: tuple[Agreement, ...]

    def alone(self, table: str) -> tuple[list[str], list[str]]:
        """The ids of claims or events that have no counterpart in the other coding."""
        key, pairs = ("claim_id", self.matches.claims) if table == "claims" else ("event_id", self.matches.events)
        paired = [{pair[side] for pair in pairs} for side in (0, 1)]
        first, second = (
            sorted(coding.by_id(table, key).keys() - paired[side])
            for side, coding in enumerate((self.first, self.second))
        )
        return first, second


def compare_codings(first: str | Path, second: str | Path) -> Comparison:
    """Compare the record folders of two coders, by the schemas of the package that the first one belongs to.

    Raises:
        NotAPackage: There is no package above the first folder.
        EventpackError: A folder or a record in it cannot be read.
    """
    package = package_of(Path(first))
    one, other = (read_coding(Path(folder), package) for folder in (first, second))
    matches = match(one, other)
    claims = _pairs(_with_passage(one), _with_passage(other), matches.claims)
    named = dict(matches.events)
    events = _pairs(_renamed(one, named), other.by_id("events", "event_id"), matches.events)
    fields = [compare_field("claims", field, kind, claims) for field, kind in CLAIM_FIELDS.items()]
    fields += [compare_field("events", field, kind, events) for field, kind in EVENT_FIELDS.items()]
    fields += [_compare_beside(one, other, matches, table) for table in _BESIDE]
    used = tuple(field for field in fields if field.pairs)
    return Comparison(one, other, matches, _count_passages(one, other), _compare_grouping(claims), used)


def _pairs(ones: Mapping[str, Cells], others: Mapping[str, Cells], ids: Sequence[tuple[str, str]]) -> list[Pair]:
    return [(one, other, ones[one], others[other]) for one, other in ids]


def _with_passage(coding: Coding) -> dict[str, Cells]:
    """The claims by id, with the place of their passage as one cell."""
    return {
        key: {**row, "passage": f"{place[1]}–{place[2]}" if (place := passage_of(row)) else ""}
        for key, row in coding.by_id("claims", "claim_id").items()
    }


def _renamed(coding: Coding, named: Mapping[str, str]) -> dict[str, Cells]:
    """The events of the first coding, with the second one's ids where an event names another that has a counterpart."""
    events = coding.by_id("events", "event_id")
    return {key: {**row, "part_of": named.get(part := row.get("part_of", ""), part)} for key, row in events.items()}


def _count_passages(one: Coding, other: Coding) -> tuple[int, int, int, int]:
    here, there = ({p for row in coding.rows["claims"] if (p := passage_of(row))} for coding in (one, other))
    touching = {p for p in here if any(p[0] == q[0] and p[1] < q[2] and q[1] < p[2] for q in there)}
    return len(here), len(there), len(here & there), len(touching)


def _compare_grouping(claims: Sequence[Pair]) -> Agreement:
    """Whether two claims are about one event: every two paired claims are one decision of each coder."""
    events = [(one["event_id"], other["event_id"]) for _, _, one, other in claims]
    decisions = [(a[0] == b[0], a[1] == b[1]) for a, b in combinations(events, 2)]
    equal = sum(one == other for one, other in decisions)
    return Agreement("events", "grouping of claims", len(decisions), equal, alpha(decisions))


def _compare_beside(one: Coding, other: Coding, matches: Matches, table: str) -> Agreement:
    """What paired events say of each actor, place or event that at least one of the two names.

    What neither names is not counted, so alpha, which needs it, is left out.
    """
    about, code = _BESIDE[table]
    named = dict(matches.events)
    firsts, seconds = one.of_event(table), other.of_event(table)
    pairs: list[Pair] = []
    for first_id, second_id in matches.events:
        here = _codes(firsts.get(first_id, ()), about, code, named if about == "other_id" else {})
        there = _codes(seconds.get(second_id, ()), about, code, {})
        for item in sorted(here.keys() | there.keys()):
            rows = ({code: here.get(item, "")}, {code: there.get(item, "")})
            pairs.append((f"{first_id}|{item}", f"{second_id}|{item}", *rows))
    found = compare_field(table, code, "code", pairs)
    return Agreement(table, code, found.pairs, found.equal, None, found.disagreements)


def _codes(rows: Sequence[Cells], about: str, code: str, named: Mapping[str, str]) -> dict[str, str]:
    """The codes of each item, joined where it has several."""
    found: dict[str, list[str]] = {}
    for row in rows:
        item = row.get(about, "")
        found.setdefault(named.get(item, item), []).append(row.get(code, ""))
    return {item: "+".join(sorted(codes)) for item, codes in found.items()}


def regroupings(comparison: Comparison) -> Iterator[tuple[str, list[str], list[str]]]:
    """Paired events whose paired claims differ: the first one's id, and the claims only in it, only in the other."""
    one, other = comparison.first, comparison.second
    ones, others = one.by_id("claims", "claim_id"), other.by_id("claims", "claim_id")
    for first_id, second_id in comparison.matches.events:
        pairs = comparison.matches.claims
        here = {pair for pair in pairs if ones[pair[0]]["event_id"] == first_id}
        there = {pair for pair in pairs if others[pair[1]]["event_id"] == second_id}
        if here != there:
            yield first_id, sorted(a for a, _ in here - there), sorted(a for a, _ in there - here)
