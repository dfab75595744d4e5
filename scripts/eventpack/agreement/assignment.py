"""The best way to pair the members of two groups, each with one of the other at most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Weights = Mapping[tuple[str, str], float]


def assign(weights: Weights) -> list[tuple[str, str]]:
    """The pairs whose weights sum up to the most, sorted; only pairs with a weight above 0 are made.

    The method is that of Kuhn and Munkres with potentials, which needs the cube of a group's size in steps; so members
    that no chain of possible pairs connects are paired apart.
    """
    possible = {pair: weight for pair, weight in weights.items() if weight > 0}
    return sorted(pair for part in _parts(possible) for pair in _assign({pair: possible[pair] for pair in part}))


def _parts(pairs: Iterable[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """The pairs by the chains that connect them."""
    beside: defaultdict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
    for pair in sorted(pairs):
        for member in enumerate(pair):
            beside[member].append(pair)
    parts, seen = [], set[tuple[int, str]]()
    for start in beside:
        part, reached = dict[tuple[str, str], None](), [start]
        while reached:
            member = reached.pop()
            if member not in seen:
                seen.add(member)
                part.update(dict.fromkeys(beside[member]))
                reached += [other for pair in beside[member] for other in enumerate(pair)]
        if part:
            parts.append(list(part))
    return parts


def _assign(weights: Weights) -> list[tuple[str, str]]:
    """The best pairs of one part."""
    firsts, seconds = (sorted({pair[side] for pair in weights}) for side in (0, 1))
    if len(firsts) > len(seconds):
        return [(one, other) for other, one in _assign({(b, a): weight for (a, b), weight in weights.items()})]
    costs = [[-weights.get((one, other), 0.0) for other in seconds] for one in firsts]
    pairs = ((firsts[row], seconds[column]) for column, row in _cheapest(costs).items())
    return [pair for pair in pairs if pair in weights]


def _cheapest(costs: Sequence[Sequence[float]]) -> dict[int, int]:
    """The row of each column that has one, every row in a column, at the least cost; no more rows than columns."""
    width = len(costs[0]) if costs else 0
    of_row, of_column = [0.0] * len(costs), [0.0] * width
    row_of: dict[int, int] = {}
    for row in range(len(costs)):
        reach, before = [float("inf")] * width, [-1] * width
        free, here, column = set(range(width)), row, -1
        while True:  # a cheapest path of changes that ends at a column without a row
            for other in free:
                if (cost := costs[here][other] - of_row[here] - of_column[other]) < reach[other]:
                    reach[other], before[other] = cost, column
            column = min(free, key=lambda other: (reach[other], other))
            step = reach[column]
            of_row[row] += step
            for other in set(range(width)) - free:
                of_row[row_of[other]] += step
                of_column[other] -= step
            for other in free:
                reach[other] -= step
            free.discard(column)
            if column not in row_of:
                break
            here = row_of[column]
        while column >= 0:
            row_of[column] = row_of[before[column]] if before[column] >= 0 else row
            column = before[column]
    return row_of
