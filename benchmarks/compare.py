"""How long tools take to check one package: whole processes, in turn, medians.

Run: `python benchmarks/compare.py [FOLDER]`, after `pip install --group bench`. Without a folder a package is made by
generate.py and thrown away. The table goes to standard output, progress to standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from contestants import CONTESTANTS, Contestant
from measuring import ROOT, Run, compile_modules, machine, measure, warm
from tabulating import Line, as_markdown, as_text, find_place, write_table

Runs = dict[str, list[Run]]

_BRIEF = 5.0  # seconds; a run that does not count is stopped then
_OFTEN = 3  # measured runs in a round of what takes less


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description="Compare tools that check a data package.")
    parser.add_argument("folder", nargs="?", type=Path, help="a package with datapackage.json; made when none is given")
    parser.add_argument("--events", type=int, default=100_000, help="of the package that is made (default 100000)")
    parser.add_argument("--errors", action="store_true", help="plant 54 errors in the package that is made")
    parser.add_argument("--generator", type=Path, help="another generator: GENERATOR FOLDER EVENTS")
    parser.add_argument("--runs", type=int, default=3, help="of each tool (default 3)")
    parser.add_argument("--limit", type=float, help="seconds after which a tool is stopped and not run again")
    parser.add_argument("--tools", default="", help=f"some of: {','.join(one.name for one in CONTESTANTS)}")
    parser.add_argument("--markdown", metavar="FILE[#NAME]", help="also write the table there, or into its place NAME")
    asked = parser.parse_args()
    if unknown := set(filter(None, asked.tools.split(","))) - {one.name for one in CONTESTANTS}:
        parser.error(
            f"unknown tools: {', '.join(sorted(unknown))}; there are {', '.join(one.name for one in CONTESTANTS)}"
        )
    if asked.folder and not (asked.folder / "datapackage.json").is_file():
        parser.error(f"{asked.folder} holds no datapackage.json")
    if asked.folder and (asked.errors or asked.generator):
        parser.error("--errors and --generator are for a package that is made; give no FOLDER")
    if asked.generator and asked.errors:
        parser.error("--errors is known to the own generator only")
    return asked


def main() -> None:
    """Make the package when needed, measure, print."""
    asked = arguments()
    if not hasattr(os, "wait4"):
        sys.exit("processor time and memory of other processes are not told here: run this on Linux or macOS")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that temporary folders go away
    chosen = choose(asked.tools)
    if asked.markdown:
        find_place(asked.markdown)  # before minutes are spent
    with tempfile.TemporaryDirectory(prefix="eventpack-compare-") as made:
        folder = asked.folder.resolve() if asked.folder else Path(made) / "package"
        if not asked.folder:
            make(folder, asked)
        title = f"{describe(folder)}, medians of {asked.runs} rounds"
        compile_modules({package for one in chosen for package in one.packages})
        warm(folder)
        runs = measure_all(chosen, folder, Path(made), asked.runs, asked.limit)
        lines = [line(one, runs, folder) for one in chosen]
    print(f"{title}\n{machine()}\n\n{as_text(lines)}")
    if asked.markdown:
        write_table(asked.markdown, f"{date.today()}: {title}; {machine()}.\n\n{as_markdown(lines)}")


def choose(names: str) -> list[Contestant]:
    """The tools asked for that are installed; the others are named."""
    wanted = [one for one in CONTESTANTS if not names or one.name in names.split(",")]
    for one in wanted:
        if missing := one.missing():
            say(f"{one.name} is left out: {', '.join(missing)} is not installed (pip install --group bench)")
    chosen = [one for one in wanted if not one.missing()]
    return chosen or sys.exit("no tool is left to compare")


def make(folder: Path, asked: argparse.Namespace) -> None:
    """Generate the package."""
    say(f"generating {asked.events} events …")
    program = asked.generator or Path(__file__).with_name("generate.py")
    command = [sys.executable, str(program), str(folder), str(asked.events)]
    made = subprocess.run(command + ["--errors"] * asked.errors, check=False)
    if made.returncode:
        sys.exit(f"{program.name} failed")


def measure_all(chosen: list[Contestant], folder: Path, scratch: Path, rounds: int, limit: float | None) -> Runs:
    """All tools in turn, several times, so that a busy moment hits all."""
    runs: Runs = {one.name: [] for one in chosen}
    for number in range(1, rounds + 1):
        for one in chosen:
            if runs[one.name] and not whole(one, runs[one.name][-1]):
                continue
            for run in measure_some(one, folder, scratch, limit):
                runs[one.name].append(run)
                say(f"round {number} of {rounds}: {one.name:12} {run.wall:7.2f} s{outcome(one, run)}")
    return runs


def measure_some(one: Contestant, folder: Path, scratch: Path, limit: float | None) -> Iterator[Run]:
    """The runs of a tool in one round; none follows one that told nothing.

    Before them is one that does not count, so that nobody pays for what left the memory while others ran. Brief ones,
    which a busy moment hits as a whole, are measured more often.
    """
    brief = not measure(one.command(folder), folder, scratch, _BRIEF).stopped
    for _ in range(_OFTEN if brief else 1):
        yield (run := measure(one.command(folder), folder, scratch, limit))
        if not whole(one, run):
            return


def outcome(one: Contestant, run: Run) -> str:
    """What is to be said of a run that told nothing."""
    return "" if whole(one, run) else " (stopped)" if run.stopped else f" (failed)\n{run.complained[-2000:]}"


def whole(one: Contestant, run: Run) -> bool:
    """Whether a run came to its end, with a report."""
    try:
        return not run.stopped and run.code in (0, 1) and bool(one.read(run.said))
    except (ValueError, KeyError):
        return False


def line(one: Contestant, runs: Runs, folder: Path) -> Line:
    """The medians of a tool, against frictionless and against the scan."""
    mine = runs[one.name]
    if not whole(one, mine[-1]):
        taken, end = (f"> {mine[-1].wall:.0f}", "stopped") if mine[-1].stopped else ("", "failed")
        return Line(str(one), taken, "", "", "", "", end, "")
    count, rows = one.read(mine[-1].said)
    wall = median(mine)
    return Line(
        name=str(one),
        wall=f"{wall:.2f}",
        cpu=f"{statistics.median(run.cpu for run in mine):.2f}",
        peak=f"{max(run.peak for run in mine):.0f}",
        faster=against(runs.get("frictionless", []), wall, turned=True),
        scans=against(runs.get("scan", []), wall),
        errors=str(count),
        named=named(rows, folder) if one.rows else "",
    )


def median(runs: list[Run]) -> float:
    """The median of wall times."""
    return statistics.median(run.wall for run in runs)


def against(unit: list[Run], wall: float, *, turned: bool = False) -> str:
    """A ratio of medians, or a bound of it when the unit was stopped."""
    if not unit or (unit[-1].stopped and not turned) or not (unit[-1].stopped or unit[-1].code in (0, 1)):
        return ""
    ratio = median(unit) / wall if turned else wall / median(unit)
    return ("> " if unit[-1].stopped else "") + (f"{ratio:.1f}" if ratio < 100 else f"{ratio:.0f}")


def named(rows: set[tuple[str, int]], folder: Path) -> str:
    """How many of the planted errors stand in rows that a tool named; empty for a package without planted errors."""
    truth = folder / "truth.json"
    if not truth.exists():
        return ""
    planted = [place for places in json.loads(truth.read_text("utf-8")).values() for place in places]
    return f"{sum((table, row) in rows for table, row, *_ in planted)} of {len(planted)}"


def describe(folder: Path) -> str:
    """What the package holds, and the state of this repository; exits when the package is not of the kind compared."""
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    resources = descriptor.get("resources", [])
    if not all(isinstance(one.get("path"), str) and isinstance(one.get("schema"), dict) for one in resources):
        sys.exit(f"{folder}: packages are compared in which each resource is one CSV file with its schema")
    size = sum((folder / one["path"]).stat().st_size for one in resources) / 1e6
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    state = f", commit {commit.stdout.strip()}" if commit.returncode == 0 else ""
    return f"{descriptor['name']}, {len(resources)} tables, {size:.0f} MB{state}"


def say(text: str) -> None:
    """Progress, on standard error."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
