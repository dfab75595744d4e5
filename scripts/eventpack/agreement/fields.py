"""Agreement field by field: of what pairs of rows, how many are equal, how far beyond chance, and which are not."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eventpack.agreement.alpha import alpha, differs, squared
from eventpack.cells import Cells

# What is compared, and as what; the others are ids, free text, or say who coded when.
CLAIM_FIELDS: Mapping[str, str] = {
    "passage": "code", "stance": "code", "said_by": "code", "attribution": "filled", "relayed_by": "code",
    "hedge": "code", "condition": "filled", "said_earliest": "day", "said_latest": "day", "said_basis": "code",
    "measure": "code", "low": "number", "best": "number", "high": "number", "wording_rule": "code", "as_of": "day",
    "no_passage": "code", "status": "code",
}  # fmt: skip
EVENT_FIELDS: Mapping[str, str] = {
    "type": "code", "realis": "code", "date_earliest": "day", "date_latest": "day", "end_earliest": "day",
    "end_latest": "day", "date_basis": "code", "place_id": "code", "place_sense": "code", "part_of": "code",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field in which a pair of rows differs: the ids of both rows, and the two values."""

    table: str
    first_id: str
    second_id: str
    field: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a field agrees: pairs that say something in it, equal ones among them, alpha where it is defined."""

    table: str
    field: str
    pairs: int
    equal: int
    alpha: float | None
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def percent(self) -> float:
        """The share of equal pairs."""
        return 100 * self.equal / self.pairs if self.pairs else 100.0


Pair = tuple[str, str, Cells, Cells]  # the ids of two rows, and the rows


def compare_field(table: str, field: str, kind: str, pairs: Sequence[Pair]) -> Agreement:
    """One field over pairs of rows, by kind: code, day, number, or whether it is filled.

    An empty cell is a code of its own: that nothing is said is a decision, too. Days and numbers enter alpha where both
    coders give one; pairs of which neither does are left out everywhere.
    """
    seen: list[tuple[str, str]] = []
    differing = []
    for first_id, second_id, one, other in pairs:
        here, there = one.get(field, ""), other.get(field, "")
        if kind in ("day", "number") and not (here or there):
            continue
        values = _comparable(here, kind), _comparable(there, kind)
        seen.append((here, there))
        if values[0] != values[1]:
            differing.append(Disagreement(table, first_id, second_id, field, here, there))
    reliability = alpha(*_scale(seen, kind))
    return Agreement(table, field, len(seen), len(seen) - len(differing), reliability, tuple(differing))


def _scale(
    seen: Sequence[tuple[str, str]], kind: str
) -> tuple[list[tuple[Hashable, Hashable]], Callable[[Hashable, Hashable], float]]:
    values = [(_comparable(here, kind), _comparable(there, kind)) for here, there in seen]
    if kind not in ("day", "number"):
        return values, differs
    return [pair for pair in values if None not in pair], squared


def _comparable(text: str, kind: str) -> Hashable:
    """A value that can be compared; none for what is not there, or no such value."""
    if kind == "filled":
        return bool(text)
    if kind == "code":
        return text
    try:
        return date.fromisoformat(text).toordinal() if kind == "day" else float(text)
    except ValueError:
        return None
