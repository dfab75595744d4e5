"""Who acts against whom, and which of a format's types that makes of an event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from eventpack.interchange.case import Case
from eventpack.interchange.lookup import Row
from eventpack.interchange.scheme import Scheme, parties

ARMED = frozenset({"government", "rebels", "militia", "group"})
# True, False, or None where the record cannot tell.
Answer = bool | None


class Sides(NamedTuple):
    """The actors on both sides; `mutual` when the record does not say who began."""

    first: Sequence[Row]
    second: Sequence[Row]
    mutual: bool = False

    def side(self, which: int) -> Sequence[Row]:
        """The first (0) or the second (1) side."""
        return self.second if which else self.first


class Chosen(NamedTuple):
    """The type that a format has for an event, with the relation and the condition it stands under; or why none."""

    value: str = ""
    relation: str = ""
    condition: str = ""
    refused: str = ""
    detail: str = ""


def sides_of(case: Case) -> Sides:
    """Initiators against targets; two partners and nobody else face each other."""
    first, second, partners = case.actors("initiator"), case.actors("target"), case.actors("partner")
    if first or second or not partners:
        return Sides(first or partners if second else first, second, mutual=not first and bool(second and partners))
    return Sides(partners[:1], partners[1:], mutual=True) if len(partners) == 2 else Sides(partners, [], mutual=True)


def party_of(actor: Row) -> str:
    """How an actor is party to violence; empty when nothing tells."""
    told = parties()
    return told["sector"].get(actor.get("sector") or "") or told["kind"].get(actor.get("kind") or "", "")


def parties_of(actors: Iterable[Row]) -> set[str]:
    """The parties among actors; the empty text stands for an unknown one."""
    return {party_of(actor) for actor in actors}


def choose_type(case: Case, scheme: Scheme, terms: str, among: Sequence[str] | None = None) -> Chosen:
    """The one type of a scheme that the dataset's equivalents allow and the parties do not refute.

    With `among`, only these values count.
    """
    told: Mapping[str, Any] = scheme.more["types"]
    rows = case.lookup.equivalents(case.event["type"], terms, told.get("inherits", False))
    rows = [row for row in rows if among is None or row["value"] in among]
    if not rows:
        return Chosen(refused="no-type", detail=case.event["type"])
    sides = sides_of(case)
    judged = [(row, TESTS[told["test"].get(str(row["value"]), "given")](sides)) for row in rows]
    open_ = [(row, answer) for row, answer in judged if answer is not False]
    if not open_:
        return Chosen(refused="type-refuted", detail=case.event["type"])
    if len(open_) == 1 and (open_[0][1] or told.get("assume", False)):
        row, answer = open_[0]
        return Chosen(str(row["value"]), row["relation"], "" if answer else row.get("condition") or "")
    unsure = any(told["test"].get(str(row["value"]), "given") != "given" for row, answer in open_ if answer is None)
    refused = "parties-unknown" if unsure and not told.get("assume", False) else "type-undecided"
    return Chosen(refused=refused, detail=" or ".join(str(row["value"]) for row, _ in open_))


def _all(actors: Sequence[Row], wanted: frozenset[str]) -> Answer:
    """Whether all actors of a side are of these parties."""
    found = parties_of(actors)
    if any(party and party not in wanted for party in found):
        return False
    return None if not found or "" in found else True


def _both_armed(sides: Sides) -> Answer:
    return _and(_all(sides.first, ARMED), _all(sides.second, ARMED))


def _state_against_armed(sides: Sides) -> Answer:
    governed = "government" in parties_of((*sides.first, *sides.second))
    armed = _both_armed(sides)
    return governed if armed else armed


def _armed_without_state(sides: Sides) -> Answer:
    governed = "government" in parties_of((*sides.first, *sides.second))
    return False if governed else _both_armed(sides)


def _armed_against_civilians(sides: Sides) -> Answer:
    return _and(_all(sides.first, ARMED), _against_civilians(sides))


def _against_civilians(sides: Sides) -> Answer:
    return _all(sides.second, frozenset({"civilians"}))


def _and(one: Answer, other: Answer) -> Answer:
    return False if one is False or other is False else None if one is None or other is None else True


# What a type asks of the parties, by the names that schemes/*.toml use; `given` cannot be told from a record.
TESTS: Mapping[str, Callable[[Sides], Answer]] = {
    "state-against-armed": _state_against_armed,
    "armed-without-state": _armed_without_state,
    "armed-against-civilians": _armed_against_civilians,
    "both-armed": _both_armed,
    "against-civilians": _against_civilians,
    "given": lambda sides: None,
}
