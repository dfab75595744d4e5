"""How long a table takes to load: whole processes, in turn, medians. Run: `.venv/bin/python benchmarks/load.py`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from eventpack import package

ROOT = Path(__file__).parents[1]
RUNS = 11


def seconds(program: str) -> float:
    """Wall time of one whole process."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    """Package this repository and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        made = package(ROOT, folder)
        load = f"import eventpack; data = eventpack.load({str(made.folder)!r})"
        words = "realis='occurred', between=('2026-03-01', '2026-03-05'), min_sources=2"
        programs = {
            "python -c pass": "pass",
            "import polars": "import polars",
            "load(folder).cite()": f"{load}; data.cite()",
            "load(folder).events": f"{load}; data.events",
            "load(zip).events": f"import eventpack; eventpack.load({str(made.archive)!r}).events",
            "load(folder).events(three words)": f"{load}; data.events({words})",
            "all 19 tables": f"{load}; [data[name] for name in data]",
        }
        taken: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(RUNS + 1):  # in turn, so that a busy moment hits all; the first round warms up
            for name, program in programs.items():
                taken[name].append(seconds(program))
    print(f"{'whole process, median of ' + str(RUNS):36} {'seconds':>8}")
    for name, runs in taken.items():
        print(f"{name:36} {statistics.median(runs[1:]):8.3f}")


if __name__ == "__main__":
    main()
