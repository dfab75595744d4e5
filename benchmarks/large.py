"""How long a large package takes: whole processes, in turn, medians, and peak memory.

Run: `.venv/bin/python benchmarks/large.py [EVENTS [FOLDER]]`; 100,000 events in a temporary folder by default. A FOLDER
that holds a package with `events.csv` is taken as it is. frictionless runs once, since it takes minutes; more than
200,000 events are left out for it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import generate

RUNS = 5
SCAN = "import duckdb, sys; duckdb.sql(\"SELECT count(COLUMNS(*)) FROM read_csv('events.csv')\").fetchall()"


def run(command: list[str], folder: Path) -> tuple[float, int]:
    """Wall time in seconds and peak memory in MiB of one whole process."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"{' '.join(command)} failed")
    return time.perf_counter() - started, used.ru_maxrss // 1024


def main(count: int, folder: Path) -> None:
    """Print the table; the typed scan of one table is the unit of the last column."""
    if not (folder / "events.csv").exists():
        generate(folder, count)
    tools = Path(sys.executable).parent
    commands = {
        "typed duckdb scan of events.csv": [sys.executable, "-c", SCAN],
        "eventpack validate": [str(tools / "eventpack"), "validate"],
    }
    taken: dict[str, list[tuple[float, int]]] = {name: [] for name in commands}
    for _ in range(RUNS):  # in turn, so that a busy moment hits all
        for name, command in commands.items():
            taken[name].append(run(command, folder))
    if count <= 200_000:
        taken["frictionless validate"] = [run([str(tools / "frictionless"), "validate", "datapackage.json"], folder)]
    unit = statistics.median(wall for wall, _ in taken["typed duckdb scan of events.csv"])
    size = sum(path.stat().st_size for path in folder.glob("*.csv")) / 1e6
    print(f"{f'{count} events, {size:.0f} MB; whole process, median':45} {'seconds':>8} {'MiB':>6} {'ratio':>7}")
    for name, runs in taken.items():
        median = statistics.median(wall for wall, _ in runs)
        print(f"{name:45} {median:8.2f} {max(peak for _, peak in runs):6} {median / unit:7.2f}")


if __name__ == "__main__":
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if len(sys.argv) > 2:
        main(events, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(events, Path(made))
