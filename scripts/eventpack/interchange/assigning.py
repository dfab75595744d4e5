"""The best one-to-one pairs between two long lists of which only near members can be pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

Edges = Sequence[Mapping[int, int]]


def assign(edges: Edges) -> list[int]:
    """For each row the column that it is paired with, -1 for none, so that the weights of all pairs sum up to the most.

    `edges` holds for each row its possible columns with weights above 0. Rows are added one by one along a cheapest
    path of changes (Jonker and Volgenant's method on lists of neighbours), which ends at the first free column; so the
    work depends on how many neighbours there are, not on how long the lists are.
    """
    column_of, row_of = [-1] * len(edges), dict[int, int]()
    of_row, of_column = [0] * len(edges), dict[int, int]()
    for start in range(len(edges)):
        if edges[start]:
            _add(start, edges, column_of, row_of, of_row, of_column)
    return [column if column in edges[row] else -1 for row, column in enumerate(column_of)]


def _add(
    start: int, edges: Edges, column_of: list[int], row_of: dict[int, int], of_row: list[int], of_column: dict[int, int]
) -> None:
    """Add one row: Dijkstra's search over reduced costs to the nearest free column, then the changes on its path.

    Each row also has a column of its own at no cost, below -1, which stands for no partner.
    """
    reach, before, done = dict[int, int](), dict[int, int](), dict[int, int]()
    heap: list[tuple[int, int]] = []
    row, length = start, 0
    while True:
        for column, weight in (*edges[row].items(), (-2 - row, 0)):
            if column not in done:
                cost = length - weight - of_row[row] - of_column.get(column, 0)
                if column not in reach or cost < reach[column]:
                    reach[column], before[column] = cost, row
                    heappush(heap, (cost, column))
        while True:
            length, column = heappop(heap)
            if column not in done and reach[column] == length:
                break
        done[column] = length
        if column not in row_of:
            break
        row = row_of[column]
    of_row[start] += length
    for other, at in done.items():
        if other in row_of:
            of_row[row_of[other]] += length - at
        of_column[other] = of_column.get(other, 0) - (length - at)
    while True:
        row = before[column]
        row_of[column], column_of[row], column = row, column, column_of[row]
        if row == start:
            return
