"""How long 10,000 record files take: a package grown from this repository's records, built and checked.

Run: `.venv/bin/python benchmarks/records.py [--count N] [--rounds N] [--keep FOLDER]`. The unit is a bare compose of
the same files by PyYAML's C loader: reading them once as YAML nodes and nothing else. The same count gives the same
bytes.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from measuring import ROOT, Run, compile_modules, machine, measure

BARE = "bare compose, C loader"
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


def grow(folder: Path, count: int) -> None:
    """Write a package with that many record files: copies of the real ones, each with its own ids, words and digests.

    Only the record files and hand-edited tables are in it; `eventpack build` makes the rest.
    """
    texts = [path.read_text("utf-8") for path in sorted((ROOT / RECORDS).glob("*.yaml"))]
    if count < len(texts):
        raise SystemExit(f"records.py: at least {len(texts)} records are needed, since they refer to one another")
    for name in ("datapackage.json", "schemas", "data"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, folder / name)
    chance, taken = random.Random(5), {match[0] for match in ID.finditer("".join(texts))}
    for start in range(len(texts), count, len(texts)):
        copied = texts[: count - start]
        own = OWN.findall("".join(copied))  # what the rest of a last, shorter copy would hold is that of the first
        new = {old: _fresh(old[:3], chance, taken) for old in own}
        for text in copied:
            (folder / RECORDS / f"{new[OWN.findall(text)[0]]}.yaml").write_text(
                _renewed(text, new, f"({start // len(texts)}) ", chance), "utf-8"
            )


def _renewed(text: str, new: dict[str, str], mark: str, chance: random.Random) -> str:
    """A record with other ids, a mark before its words, and other digests."""
    text = ID.sub(lambda match: new.get(match[0], match[0]), text)
    text = WORDS.sub(lambda match: match[0] + mark, text)
    return DIGEST.sub(lambda match: f"{chance.getrandbits(256):064x}", text)


def _fresh(prefix: str, chance: random.Random, taken: set[str]) -> str:
    while (new := prefix + "".join(chance.choices(SIGNS, k=6))) in taken:
        pass
    taken.add(new)
    return new


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


def run(folder: Path, rounds: int) -> dict[str, list[Run]]:
    """The commands in turn, so that a busy moment hits all; the first build writes all files and stands alone.

    The package that they meet has nothing that is wrong, else the places of findings would be measured.
    """
    eventpack = str(Path(sys.executable).parent / "eventpack")
    build = [eventpack, "build"]
    commands = {
        BARE: [sys.executable, "-c", COMPOSE, str(RECORDS)],
        "eventpack build": build,
        "eventpack validate": [eventpack, "validate"],
    }
    compile_modules({"eventpack", "typer", "yaml"})
    with tempfile.TemporaryDirectory() as scratch:
        taken = {"eventpack build, the first": [_measure(build, folder, Path(scratch))]}
        for command in ([eventpack, "verify", "--forget"], build):  # so that the ledger tells of all claims
            _measure(command, folder, Path(scratch))
        for _ in range(rounds):
            for name, command in commands.items():
                taken.setdefault(name, []).append(_measure(command, folder, Path(scratch)))
    return taken


def _measure(command: list[str], folder: Path, scratch: Path) -> Run:
    found = measure(command, folder, scratch)
    if found.code or " warning" in found.said:
        raise SystemExit(f"records.py: {' '.join(command)} ended with {found.code}: {found.complained or found.said}")
    return found


def show(taken: dict[str, list[Run]], given: argparse.Namespace) -> None:
    """Print medians, and the ratios to the bare compose, by wall time and by CPU time."""
    rows = {
        name: tuple(statistics.median(getattr(one, kind) for one in runs) for kind in ("wall", "cpu", "peak"))
        for name, runs in taken.items()
    }
    build, check = rows["eventpack build"], rows["eventpack validate"]
    rows["build and validate together"] = (build[0] + check[0], build[1] + check[1], max(build[2], check[2]))
    print(machine())
    title = f"{given.count} records, median of {given.rounds}"
    print(f"{title:36} {'wall s':>7} {'cpu s':>7} {'MiB':>6} {'ratio':>6} {'of cpu':>6}")
    for name, (wall, cpu, peak) in rows.items():
        print(f"{name:36} {wall:7.2f} {cpu:7.2f} {peak:6.0f} {wall / rows[BARE][0]:6.2f} {cpu / rows[BARE][1]:6.2f}")


if __name__ == "__main__":
    main()
