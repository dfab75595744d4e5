"""How long 10,000 record files take: a package grown from this repository's records, built and checked.

Run: `.venv/bin/python benchmarks/records.py [--count N] [--rounds N] [--keep FOLDER]`. The unit is a bare compose of the
same files by PyYAML's C loader: reading them once as YAML nodes and nothing else. The same count gives the same bytes.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
RECORDS = Path("data/records/events")
ID = re.compile(r"\b(EV|CL)-[0-9a-z]{6}\b")
OWN = re.compile(r"^(?:event_id|  - claim_id): (\S+)$", re.MULTILINE)
WORDS = re.compile(r"^( *(?:- )?(?:title|summary|statement|attribution|note): )(>-\n +|\"?)", re.MULTILINE)
DIGEST = re.compile(r"(?<=passage_sha256: )[0-9a-f]{64}")
SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
COMPOSE = """
import gc, sys, yaml
from pathlib import Path
gc.disable()
for path in sorted(Path(sys.argv[1]).glob("*.yaml")):
    yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
"""


@dataclass(frozen=True)
class Taken:
    """What one process took: seconds on the clock, seconds of CPU, and its peak memory in MB."""

    wall: float
    cpu: float
    memory: float


def grow(folder: Path, count: int) -> None:
    """Write a package with that many record files: copies of the real ones, each with ids, words and digests of its own.

    Only the record files and hand-edited tables are in it; `eventpack build` makes the rest.
    """
    texts = [path.read_text("utf-8") for path in sorted((ROOT / RECORDS).glob("*.yaml"))]
    if count < len(texts):
        raise SystemExit(f"records.py: at least {len(texts)} records are needed, since they refer to one another")
    for name in ("datapackage.json", "schemas", "data"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, folder / name)
    chance, taken = random.Random(5), set(ID.findall("".join(texts)))
    for start in range(len(texts), count, len(texts)):
        copied = texts[: count - start]
        own = OWN.findall("".join(copied))  # what the rest of a last, shorter copy would hold is that of the first
        new = {old: _fresh(old[:3], chance, taken) for old in own}
        for text in copied:
            mark = f"Case {start // len(texts)}, "
            text = ID.sub(lambda match: new.get(match[0], match[0]), text)
            text = WORDS.sub(lambda match: match[0] + mark, text)
            text = DIGEST.sub(lambda match: f"{chance.getrandbits(256):064x}", text)
            path = folder / RECORDS / f"{OWN.search(text)[1]}.yaml"
            path.write_text(text, "utf-8")


def _fresh(prefix: str, chance: random.Random, taken: set[str]) -> str:
    while (new := prefix + "".join(chance.choices(SIGNS, k=6))) in taken:
        pass
    taken.add(new)
    return new


def measure(command: list[str], folder: Path) -> Taken:
    """One whole process; it must succeed."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"records.py: {' '.join(command)} ended with {process.returncode}")
    return Taken(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def main() -> None:
    """Grow the package, measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="record files (default: 10,000)")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each command, in turn (default: 5)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="make the package there, and leave it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary) / "grown"
        folder.mkdir(parents=True)
        grow(folder, given.count)
        show(run(folder, given.rounds), given)


def run(folder: Path, rounds: int) -> dict[str, list[Taken]]:
    """The commands in turn, so that a busy moment hits all; the first build, which writes all files, is one of its own."""
    eventpack = str(Path(sys.executable).parent / "eventpack")
    commands = {
        "bare compose, C loader": [sys.executable, "-c", COMPOSE, str(RECORDS)],
        "eventpack build": [eventpack, "build"],
        "eventpack validate": [eventpack, "validate"],
    }
    taken = {"eventpack build, the first": [measure(commands["eventpack build"], folder)]}
    for _ in range(rounds):
        for name, command in commands.items():
            taken.setdefault(name, []).append(measure(command, folder))
    return taken


def show(taken: dict[str, list[Taken]], given: argparse.Namespace) -> None:
    """Print medians, and ratios of CPU time to that of the bare compose."""
    unit = statistics.median(one.cpu for one in taken["bare compose, C loader"])
    title = f"{given.count} records, median of {given.rounds}"
    print(f"{title:36} {'wall s':>7} {'cpu s':>7} {'MB':>6} {'ratio':>6}")
    for name, runs in taken.items():
        wall, cpu, memory = (statistics.median(getattr(one, kind) for one in runs) for kind in ("wall", "cpu", "memory"))
        print(f"{name:36} {wall:7.2f} {cpu:7.2f} {memory:6.0f} {cpu / unit:6.2f}")


if __name__ == "__main__":
    main()
