"""How long `load` takes on a large version in the cache, against polars reading the same Parquet files bare.

Run: `nice .venv/bin/python benchmarks/kept.py [EVENTS] [--keep FOLDER]`; 1,000,000 events by default. The package is
generated, sealed as `package` seals it, published into a folder, and downloaded into a cache of its own; the first load
types the tables, later ones read what it kept. Whole processes, in turn, medians; the quotient is that of each round.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from generate import generate
from measuring import ROOT, Run, compile_modules, machine, measure

RUNS = 11
TABLES = ("actors", "places", "sources", "events", "claims")


def sealed(folder: Path, count: int) -> Path:
    """A packaged folder: the generated tables, with digests in the descriptor, manifest and checksums."""
    from eventpack.derive.edition import Edition
    from eventpack.derive.manifest import Manifest, manifest_bytes
    from eventpack.listing import listed

    made = folder / "synthetic-1.0.0"
    if (made / "SHA256SUMS").exists():
        return made
    generate(made, count)
    path = made / "datapackage.json"
    raw = json.loads(path.read_text("utf-8"))
    for resource in raw["resources"]:
        file = listed(resource["path"], made / resource["path"])
        resource |= {"bytes": file.bytes, "hash": f"sha256:{file.sha256}"}
    path.write_text(json.dumps({**raw, "version": "1.0.0"}, indent=1), encoding="utf-8")
    files = tuple(listed(file.name, file) for file in sorted(made.iterdir()))
    manifest = Manifest("synthetic", Edition("1.0.0"), "benchmark", {}, files, {})
    (made / "manifest.json").write_bytes(manifest_bytes(manifest))
    sums = [f"{listed(file.name, file).sha256}  {file.name}\n" for file in sorted(made.iterdir())]
    (made / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return made


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure `load` of a large version in the cache.")
    parser.add_argument("events", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="a folder in which package, place and cache stay")
    parser.add_argument("--runs", type=int, default=RUNS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="eventpack-kept-") as scratch:
        folder = (asked.keep or Path(scratch)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["EVENTPACK_CACHE"] = str(folder / "cache")
        sys.path.insert(0, str(ROOT / "scripts"))
        import eventpack

        package, place = sealed(folder, asked.events), folder / "place"
        eventpack.publish(package, place, yes=True)
        stored = eventpack.download(str(place / "synthetic")).folder
        source = f"import sys; sys.path.insert(0, {str(ROOT / 'scripts')!r})"  # this checkout, whatever is installed
        load = f"{source}; import eventpack; data = eventpack.load('synthetic')"

        def run(program: str) -> Run:
            """One whole process."""
            done = measure([sys.executable, "-c", program], folder, Path(scratch))
            if done.code:
                sys.exit(done.complained)
            return done

        kept = stored.with_name(f".{stored.name}.tables")
        shutil.rmtree(kept, ignore_errors=True)
        first = run(f"{load}; [data[name] for name in data]")
        if not (kept / "events.parquet").exists():
            sys.exit(f"{asked.events} events are too few: small tables are not kept")
        compile_modules({"eventpack", "polars"})
        read = "import polars; [polars.read_parquet(path) for path in {}]"
        all_files = [str(kept / f"{name}.parquet") for name in TABLES if (kept / f"{name}.parquet").exists()]
        programs = {
            "events: bare polars": read.format([str(kept / "events.parquet")]),
            "events: load": f"{load}; data.events",
            "large tables: bare polars": read.format(all_files),
            "large tables: load": f"{load}; [data[name] for name in {[Path(path).stem for path in all_files]}]",
        }
        taken: dict[str, list[Run]] = {name: [] for name in programs}
        for _ in range(asked.runs + 1):  # in turn, so that a busy moment hits all; the first round warms up
            for name, program in programs.items():
                taken[name].append(run(program))
        print(machine())
        taken_first = f"{first.wall:.1f} s, {first.cpu:.1f} s of processors, {first.peak:.0f} MiB"
        print(f"{asked.events:,} events; the first load of all tables: {taken_first}")
        print(f"{'':28} {'wall s':>7} {'cpu s':>7} {'MiB':>6} {'× bare':>7} {'cpu':>6}")
        for name, runs in taken.items():
            bare = taken[name.partition(":")[0] + ": bare polars"][1:]
            walls = statistics.median(one.wall / other.wall for one, other in zip(runs[1:], bare, strict=True))
            cpus = statistics.median(one.cpu / other.cpu for one, other in zip(runs[1:], bare, strict=True))
            wall, cpu = (statistics.median(map(get, runs[1:])) for get in (_wall, _cpu))
            print(f"{name:28} {wall:7.3f} {cpu:7.3f} {max(one.peak for one in runs):6.0f} {walls:7.2f} {cpus:6.2f}")


def _wall(run: Run) -> float:
    return run.wall


def _cpu(run: Run) -> float:
    return run.cpu


if __name__ == "__main__":
    main()
