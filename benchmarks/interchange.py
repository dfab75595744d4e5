"""How long `compare` takes with a GED file as large as the global one, and how long exports of as many events take.

The rows are invented: fights at random places and days since 1989, in all countries. Each command is a process.
Run: `python benchmarks/interchange.py [--rows 400000] [--ours 1000]`.
"""

from __future__ import annotations

import argparse
import csv
import lzma
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from multiprocessing import Process
from pathlib import Path

from measuring import Run, machine, measure

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT)]

from tests.eventtables import write_package  # noqa: E402
from tests.gedpack import ged_tables  # noqa: E402

from eventpack.interchange.countries import countries  # noqa: E402
from eventpack.interchange.scheme import scheme_of  # noqa: E402

BEGIN = date(1989, 1, 1)


def ged_rows(count: int) -> Iterator[dict[str, str]]:
    """Rows with all 49 columns, as long as those of GED."""
    chance = random.Random(7)
    states = [country for country in countries().values() if country.gw]
    for number in range(1, count + 1):
        state = chance.choice(states)
        day = BEGIN + timedelta(days=chance.randrange(13_000))
        last = day + timedelta(days=chance.choice([0] * 9 + [4]))
        last = last if last.year == day.year else day
        seed = sum(map(ord, state.alpha3))
        best = chance.choice([0, 1, 1, 1, 2, 3, 8])
        latitude = f"{(seed * 37 % 120 - 60) + chance.random() * 5:.6f}"
        longitude = f"{(seed * 91 % 340 - 170) + chance.random() * 5:.6f}"
        rebels, crown = f"Front {seed % 7} of {state.name}", f"Government of {state.name}"
        told = "report of a clash, told at some length " * 5
        yield dict.fromkeys(scheme_of("ged").header, "") | {
            "id": str(number), "year": str(day.year), "active_year": "1", "code_status": "Clear",
            "type_of_violence": "1", "conflict_new_id": str(seed), "conflict_name": f"{state.name}: Government",
            "dyad_new_id": str(seed), "dyad_name": f"{crown} - {rebels}", "side_a_new_id": f"{seed}", "side_a": crown,
            "side_b_new_id": f"{seed + 1000}", "side_b": rebels, "number_of_sources": "1",
            "source_article": f'"Agency,{day},{told}"', "source_office": "Agency", "source_date": str(day),
            "source_headline": told, "where_prec": chance.choice("111122345"),
            "where_coordinates": f"Town {chance.randrange(400)}", "latitude": latitude, "longitude": longitude,
            "geom_wkt": f"POINT ({longitude} {latitude})", "country": state.name, "country_id": state.gw,
            "event_clarity": "1", "date_prec": "1", "date_start": str(day), "date_end": str(last),
            "best": str(best), "high": str(best + 1), "low": str(best),
        }  # fmt: skip


def measured(folder: Path, *words: str) -> Run:
    """One command of the tool as it stands beside this program, as a process of its own."""
    start = f"import sys; sys.path.insert(0, {str(ROOT / 'scripts')!r}); from eventpack.cli import main; main()"
    run = measure([sys.executable, "-c", start, *words], folder, folder)
    assert run.code in (0, 1), run.complained
    return run


def main() -> None:
    """Make the files, measure, print a table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=400_000, help="rows of the GED file")
    options.add_argument("--ours", type=int, default=1_000, help="events of ours, each of them one of those rows")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        maker = Process(target=write_files, args=(folder, given.rows, given.ours))
        maker.start()  # apart, since the peak of a process counts what its parent held when it was started
        maker.join()
        size = (folder / "ged.csv").stat().st_size / 1e6
        print(f"{machine()}\n{given.rows:,} rows of GED, {size:.0f} MB; {given.ours:,} events of ours\n")
        print("| command | wall s | cpu s | MiB |\n| --- | ---: | ---: | ---: |")
        for file in ("ged.csv", "ged.csv.xz"):
            run = measured(folder, "compare", str(folder / "ours"), str(folder / file), "--as", "ged", "--limit", "1")
            print(f"| `compare` with {file} | {run.wall:.2f} | {run.cpu:.2f} | {run.peak:.0f} |", flush=True)
        for form in ("ged", "acled", "polecat", "plover"):
            run = measured(folder, "export", str(folder / "ours"), "--as", form, "--out", str(folder / "out"))
            print(f"| `export --as {form}` | {run.wall:.2f} | {run.cpu:.2f} | {run.peak:.0f} |", flush=True)


def write_files(folder: Path, count: int, ours: int) -> None:
    """A GED file, the same packed, and a package of some of its events."""
    rows = list(ged_rows(count))
    with (folder / "ged.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, scheme_of("ged").header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    (folder / "ged.csv.xz").write_bytes(lzma.compress((folder / "ged.csv").read_bytes(), preset=1))
    write_package(folder / "ours", **ged_tables(rows[:: max(1, count // ours)][:ours]))


if __name__ == "__main__":
    main()
