"""Whether time grows with the rows and memory does not: one check of packages of several sizes.

Run: `python benchmarks/large.py [EVENTS ...] [--keep FOLDER]`; 1,000,000 and 10,000,000 events by default, which needs
4 GB of disk and, for the generator, about four minutes. Packages are thrown away, or made once and kept in FOLDER.
Whole processes, in turn, medians of wall time; highest peak of memory. The last column: the time against that of the
first size.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import statistics
import sys
import tempfile
from pathlib import Path

from contestants import CONTESTANTS
from generate import generate
from measuring import Run, compile_modules, machine, measure, warm

BYTES = 400  # of files for each event
TOOLS = [one for one in CONTESTANTS if one.name in ("scan", "eventpack")]


def package(folder: Path, count: int) -> Path:
    """The package of a size, generated unless it is there."""
    made = folder / str(count)
    if not (made / "datapackage.json").exists():  # written last
        free = shutil.disk_usage(folder).free
        if free < BYTES * count:
            sys.exit(f"{count} events take {BYTES * count / 1e9:.1f} GB, and {folder} has {free / 1e9:.1f} GB left")
        print(f"generating {count} events …", file=sys.stderr)
        generate(made, count)
    return made


def runs_of(folder: Path, rounds: int, scratch: Path) -> dict[str, list[Run]]:
    """The tools in turn."""
    warm(folder)
    runs: dict[str, list[Run]] = {one.name: [] for one in TOOLS}
    for _ in range(rounds):
        for one in TOOLS:
            runs[one.name].append(measure(one.command(folder), folder, scratch))
            print(f"{folder.name}: {one.name} {runs[one.name][-1].wall:.2f} s", file=sys.stderr)
            if runs[one.name][-1].code:
                sys.exit(f"{one.name} failed:\n{runs[one.name][-1].complained[-2000:]}")
    return runs


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Check packages of several sizes.")
    parser.add_argument("events", nargs="*", type=int, default=[1_000_000, 10_000_000])
    parser.add_argument("--keep", type=Path, help="a folder in which packages stay")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that temporary folders go away
    compile_modules({package for one in TOOLS for package in one.packages})
    print(machine())
    print(f"{'events':>12} {'tool':12} {'wall s':>8} {'cpu s':>8} {'MiB':>6} {'scans':>6} {'× first':>8}")
    with tempfile.TemporaryDirectory(prefix="eventpack-large-") as scratch:
        folder = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        first: dict[str, float] = {}
        for count in asked.events:
            made = package(folder, count)
            taken = runs_of(made, asked.runs, Path(scratch))
            walls = {name: statistics.median(run.wall for run in runs) for name, runs in taken.items()}
            for name, runs in taken.items():
                cpu, peak = statistics.median(run.cpu for run in runs), max(run.peak for run in runs)
                growth = walls[name] / first.setdefault(name, walls[name])
                scans = walls[name] / walls["scan"]
                print(f"{count:12} {name:12} {walls[name]:8.2f} {cpu:8.2f} {peak:6.0f} {scans:6.2f} {growth:8.2f}")
            if not asked.keep:
                shutil.rmtree(made)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
