"""How long two versions of a table take to compare: eventpack, polars alone, csv-diff.

Run: `python benchmarks/diff.py [--events N] [--runs N] [--tools A,B] [--markdown FILE#NAME]`; a million events by
default, of which 1 % are changed, 0.5 % gone and 0.5 % new. Whole processes, in turn, medians of wall time; highest
peak of memory. Tools must count the same, else it fails.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from contestants import installed
from generate import generate
from measuring import Run, compile_modules, machine, measure, warm
from tabulating import write_table

POLARS = [sys.executable, "-m", "benchmarks.tools.diff_polars", "old.csv", "new.csv", "event_id"]
EVENTPACK = [sys.executable, "-m", "eventpack", "diff", "old.csv", "new.csv", "--key", "event_id"]
CSV_DIFF = [sys.executable, "-c", "from csv_diff.cli import cli; cli()", "old.csv", "new.csv", "--key", "event_id"]
HEADER = ("tool", "wall s", "cpu s", "MiB", "× polars", "× faster than csv-diff", "added", "removed", "changed")
Counts = tuple[int, int, int]  # added, removed, changed


def read_words(said: str) -> Counts:
    """Counts that stand before their words, in any order."""
    line = next(line for line in said.splitlines() if "added" in line or "changed" in line)
    found = {word: int(count) for count, word in re.findall(r"(\d+) (?:rows? )?(added|removed|changed)", line)}
    return found.get("added", 0), found.get("removed", 0), found.get("changed", 0)


def read_table(said: str) -> Counts:
    """The first row of the table of counts."""
    lines = said.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("table "))
    added, removed, changed = (int(cell.replace(",", "")) for cell in lines[at + 1].split()[1:])
    return added, removed, changed


TOOLS: dict[str, tuple[str, str, list[str], Callable[[str], Counts]]] = {
    "polars": ("polars", "polars, key and row hash, streaming", POLARS, read_words),
    "memory": ("polars", "polars, key and row hash, in memory", [*POLARS, "memory"], read_words),
    "eventpack": ("eventpack", "eventpack diff", EVENTPACK, read_table),
    "csv-diff": ("csv-diff", "csv-diff", [*CSV_DIFF, "--format", "csv"], read_words),
}


def vary(old: Path, new: Path) -> Counts:
    """Write another version of a table, and say what differs."""
    chance, counts = random.Random(7), {"added": 0, "removed": 0, "changed": 0}
    with old.open(encoding="utf-8", newline="") as source, new.open("w", encoding="utf-8", newline="") as target:
        rows, writer = csv.reader(source), csv.writer(target, lineterminator="\n")
        writer.writerow(next(rows))
        for number, row in enumerate(rows):
            drawn = chance.random()
            if drawn < 0.005:
                counts["removed"] += 1
                continue
            if drawn < 0.015:
                counts["changed"] += 1
                field = chance.randrange(1, len(row))
                row[field] = f"{row[field]}{chance.randrange(10)}"
            writer.writerow(row)
            if drawn > 0.995:
                counts["added"] += 1
                writer.writerow([f"N-{number:08d}", *row[1:]])
    return counts["added"], counts["removed"], counts["changed"]


def measure_all(names: list[str], folder: Path, rounds: int, expected: Counts) -> dict[str, list[Run]]:
    """All tools in turn, several times, so that a busy moment hits all."""
    runs: dict[str, list[Run]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory(prefix="eventpack-diff-") as scratch:
        for number in range(1, rounds + 1):
            for name in names:
                run = measure(TOOLS[name][2], folder, Path(scratch))
                if run.code not in (0, 1) or not run.said or TOOLS[name][3](run.said) != expected:
                    sys.exit(f"{name} failed, or counts otherwise than {expected}:\n{run.complained}{run.said[:500]}")
                runs[name].append(run)
                print(f"round {number} of {rounds}: {name:10} {run.wall:6.2f} s", file=sys.stderr, flush=True)
    return runs


def cells(name: str, runs: dict[str, list[Run]], expected: Counts) -> list[str]:
    """The row of a tool."""
    walls = {one: statistics.median(run.wall for run in found) for one, found in runs.items()}
    wall, cpu = walls[name], statistics.median(run.cpu for run in runs[name])
    return [
        f"{TOOLS[name][1]} ({installed(TOOLS[name][0])})", f"{wall:.2f}", f"{cpu:.2f}",
        f"{max(run.peak for run in runs[name]):.0f}", f"{wall / walls['polars']:.2f}" if "polars" in walls else "",
        f"{walls['csv-diff'] / wall:.1f}" if "csv-diff" in walls else "", *map(str, expected),
    ]  # fmt: skip


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Compare two versions of a table.")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tools", default="polars,memory,eventpack,csv-diff")
    parser.add_argument("--markdown", metavar="FILE#NAME", help="write the table there, too")
    asked = parser.parse_args()
    if unknown := [name for name in asked.tools.split(",") if name not in TOOLS]:
        parser.error(f"there is no tool {unknown[0]}; choose from {', '.join(TOOLS)}")
    names = [name for name in asked.tools.split(",") if installed(TOOLS[name][0])]
    compile_modules({"polars", "eventpack"})
    with tempfile.TemporaryDirectory(prefix="eventpack-diff-") as made:
        folder = Path(made)
        generate(folder, asked.events)
        (folder / "events.csv").rename(folder / "old.csv")
        expected = vary(folder / "old.csv", folder / "new.csv")
        size = (folder / "new.csv").stat().st_size / 1e6
        warm(folder)
        runs = measure_all(names, folder, asked.runs, expected)
    title = f"{asked.events} events, {size:.0f} MB a version, median of {asked.runs}"
    rows = [HEADER, ["---", *["---:"] * (len(HEADER) - 1)], *(cells(name, runs, expected) for name in names)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    print(f"{title}\n{machine()}\n\n{table}")
    if asked.markdown:
        write_table(asked.markdown, f"{date.today()}: {title}; {machine()}.\n\n{table}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
