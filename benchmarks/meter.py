"""How many mistakes in a coding the checks of evidence find, and how often they are wrong about a right one.

Run: `python benchmarks/meter.py`. A seeded grammar writes news-like texts together with their true coding; a seeded
mutator makes one mistake at a time, and what `eventpack validate --texts` would say is counted. Nothing is written to
the dataset. With the texts of this repository's sources (`--texts`) the same is done with the real records. Tables go
to standard output, progress to standard error. The exit code is 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from measuring import ROOT
from metering import inrecords, intexts
from metering.alarms import Alarms, false_alarms
from metering.bench import Bench, Row
from metering.goals import missed_goals
from metering.mistakes import BY_NAME, Mistake
from metering.scoring import Maker, Scores, draw, score
from metering.showing import (
    alarm_examples,
    alarms_table,
    as_list,
    as_markdown,
    as_text,
    codes_table,
    examples,
    mistakes_table,
)
from metering.state import checks_digest
from synthetic.coding import Coding, code
from synthetic.packing import write_package
from synthetic.world import make_world
from synthetic.writing import HELD_OUT, MAIN, write_texts
from tabulating import find_place, write_table

REAL = "real records"
SETS = {"main": MAIN, "held-out": HELD_OUT}


@dataclass(frozen=True, slots=True)
class Result:
    """What was found in one set of claims."""

    name: str
    title: str
    scores: Scores
    alarms: Alarms


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure what the checks of evidence find.")
    parser.add_argument(
        "--claims", type=int, default=2000, help="true claims at least, in synthetic texts (default 2000)"
    )
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other texts (default 1)")
    parser.add_argument("--each", type=int, default=200, help="mistakes of each kind (default 200)")
    parser.add_argument("--schemes", choices=[*SETS, "all"], default="all", help="sentence schemes (default all)")
    parser.add_argument(
        "--texts", type=Path, metavar="DIR", help="texts of this repository's sources: its records, too"
    )
    parser.add_argument("--explain", metavar="KIND", help=f"print what was missed: alarms, or of {', '.join(BY_NAME)}")
    parser.add_argument("--examples", type=int, default=20, help="printed by --explain (default 20)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the synthetic packages there")
    parser.add_argument("--markdown", metavar="FILE[#NAME]", help="also write the tables there, or into its place NAME")
    asked = parser.parse_args()
    if asked.explain and asked.explain not in {*BY_NAME, "alarms"}:
        parser.error(f"unknown kind {asked.explain}; there are alarms, {', '.join(BY_NAME)}")
    if asked.explain and asked.schemes == "all":
        asked.schemes = "main"  # what is held out is not to be looked at by accident
    return asked


def main() -> int:
    """Write, examine, make mistakes, print."""
    asked = arguments()
    if asked.markdown:
        find_place(asked.markdown)  # before minutes are spent
    chosen = [asked.schemes] if asked.schemes != "all" else list(SETS)
    with tempfile.TemporaryDirectory(prefix="eventpack-meter-") as made:
        folder = asked.keep or Path(made)
        if asked.explain:
            bench, coding = synthetic(folder / chosen[0], chosen[0], asked.claims, asked.seed)
            print(explained(bench, coding, asked))
            return 0
        results = [on_synthetic(name, folder / name, asked, first=name == chosen[0]) for name in chosen]
    if asked.texts:
        results.append(on_real(asked))
    return report(results, asked)


def on_synthetic(name: str, folder: Path, asked: argparse.Namespace, *, first: bool) -> Result:
    """The scores of one set of schemes; the second one is smaller."""
    bench, coding = synthetic(folder, name, asked.claims if first else asked.claims // 3, asked.seed)
    scores = measured(bench, makers(coding), asked, name)
    return Result(name, f"synthetic, {name}", scores, false_alarms(bench))


def on_real(asked: argparse.Namespace) -> Result:
    """The scores of this repository's records."""
    bench = Bench.of(ROOT, asked.texts)
    of_real = (*inrecords.MAKERS, intexts.on_real, intexts.word_dropped, intexts.typography)
    return Result("real", REAL, measured(bench, of_real, asked, REAL), false_alarms(bench))


def report(results: Sequence[Result], asked: argparse.Namespace) -> int:
    """Print the tables, and write them where that is asked for; 1 when a goal is missed."""
    scores = {one.name: one.scores for one in results}
    main_scores, alarms = results[0].scores, [(one.title, one.alarms) for one in results]
    others = scores.get("held-out", {}) if results[0].name != "held-out" else {}
    tables = [
        mistakes_table(main_scores, others, scores.get("real")), alarms_table(alarms), codes_table(main_scores)
    ]  # fmt: skip
    judged = [(one.title, one.alarms) for one in results if one.name != "held-out"]
    missed = missed_goals(results[0].scores, judged, scores.get("real"))
    verdict = "\n".join(missed) or "all goals are met"
    print("\n\n".join([*map(as_text, tables), verdict]))
    if asked.markdown:
        title = f"{date.today()}: seed {asked.seed}, {', '.join(f'{a.claims} claims ({n})' for n, a in alarms)}."
        title += f" Checks `{checks_digest()}`."
        write_table(asked.markdown, "\n\n".join([title, as_list(missed), *map(as_markdown, tables)]))
    return 1 if missed else 0


def explained(bench: Bench, coding: Coding, asked: argparse.Namespace) -> str:
    """Examples of one kind, or of false alarms."""
    if asked.explain == "alarms":
        return alarm_examples(bench, false_alarms(bench), asked.examples)
    return examples(bench, measured(bench, makers(coding), asked, asked.explain), asked.explain, asked.examples)


def synthetic(folder: Path, name: str, claims: int, seed: int) -> tuple[Bench, Coding]:
    """Texts by one set of schemes with their coding, as a package that has been read."""
    world = make_world(seed)
    coding = code(world, write_texts(world, seed, claims, SETS[name]))
    write_package(coding, folder)
    return Bench.of(folder, folder / "texts"), coding


def makers(coding: Coding) -> Sequence[Maker]:
    """What makes mistakes in a synthetic dataset."""

    def from_marks(bench: Bench, claim: Row, chance: random.Random) -> Iterator[Mistake]:
        return intexts.from_marks(bench, coding, claim, chance)

    return (*inrecords.MAKERS, from_marks, intexts.word_dropped, intexts.typography)


def measured(bench: Bench, makers: Sequence[Maker], asked: argparse.Namespace, name: str) -> Scores:
    """Scores of all kinds, or of that to be explained, with progress on a terminal."""
    kinds = [asked.explain] if asked.explain else []

    def say(text: str) -> None:
        if sys.stderr.isatty():
            print(f"\r{name}: {text} ", end="", file=sys.stderr, flush=True)

    return score(bench, draw(bench, makers, asked.each, asked.seed, kinds), say)


if __name__ == "__main__":
    sys.exit(main())
