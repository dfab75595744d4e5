"""How each tool says what it found: a line for each place, and the count last."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.tools.tables import Table, read_tables

MOST = 1000  # places of one check that are told; all are counted


class Found:
    """Counts what is wrong, and remembers where."""

    def __init__(self) -> None:
        self.count = 0
        self.places: list[tuple[str, int, str]] = []

    def add(self, table: str, what: str, rows: Iterable[int], count: int | None = None) -> None:
        """Rows (from 1) of a table that fail one check; `count` when they are not all given."""
        numbers = list(rows)
        self.count += len(numbers) if count is None else count
        self.places += [(table, number, what) for number in numbers[:MOST]]


def main(check: Callable[[list[Table], Found], None]) -> None:
    """Check the package in the folder that the command line names."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "datapackage.json").is_file():
        sys.exit(f"usage: {Path(sys.argv[0]).name} FOLDER (with datapackage.json)")
    found = Found()
    check(read_tables(Path(sys.argv[1])), found)
    for table, row, what in sorted(found.places):
        print(f"{table}\t{row}\t{what}")
    print(f"{found.count} errors")
    sys.exit(1 if found.count else 0)
