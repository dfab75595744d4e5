"""How long the small case takes: whole processes, in turn, medians. Run: `.venv/bin/python benchmarks/small.py`."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 15
# An installed tool has its modules compiled, whatever is set here; the first round compiles them.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def seconds(command: list[str], folder: Path) -> float:
    """Wall time of one whole process."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    return time.perf_counter() - started


def main() -> None:
    """Print the table; the first line is the unit of the last column."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "one.csv").write_text("id,name\n1,one\n", "utf-8")
        tools = Path(sys.executable).parent
        record = min((ROOT / "data/records/events").glob("*.yaml"))
        commands = {
            "frictionless validate, one row": [str(tools / "frictionless"), "validate", "one.csv"],
            "eventpack validate, this repository": [str(tools / "eventpack"), "validate"],
            "eventpack validate, one record file": [str(tools / "eventpack"), "validate", str(record)],
            "eventpack --help": [str(tools / "eventpack"), "--help"],
            "python -c pass": [sys.executable, "-c", "pass"],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(RUNS + 1):  # in turn, so that a busy moment hits all; the first round warms up
            for name, command in commands.items():
                taken[name].append(seconds(command, Path(folder) if "one.csv" in command else ROOT))
    medians = {name: statistics.median(runs[1:]) for name, runs in taken.items()}
    unit = next(iter(medians.values()))
    print(f"{'whole process, median of ' + str(RUNS):40} {'seconds':>8} {'ratio':>6}")
    for name, median in medians.items():
        print(f"{name:40} {median:8.3f} {median / unit:6.2f}")


if __name__ == "__main__":
    main()
