"""How long `load` takes on a large version in the cache, against polars reading the same Parquet files bare.

Run: `nice .venv/bin/python benchmarks/kept.py [EVENTS] [--keep FOLDER]`; 1,000,000 events by default. The package is
generated, sealed as `package` seals it, published into a folder, and downloaded into a cache of its own; the first load
types the tables, later ones read what it kept. Whole processes, in turn, medians; the quotient is that of each round.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import generate
from measuring import ROOT, compile_modules, machine

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


def seconds(program: str) -> float:
    """Wall time of one whole process."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


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
        os.environ |= {"EVENTPACK_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT / "scripts")}
        sys.path.insert(0, str(ROOT / "scripts"))
        import eventpack

        package, place = sealed(folder, asked.events), folder / "place"
        eventpack.publish(package, place, yes=True)
        stored = eventpack.download(str(place / "synthetic")).folder
        load = "import eventpack; data = eventpack.load('synthetic')"
        first = seconds(f"{load}; [data[name] for name in data]")
        kept = stored.with_name(f".{stored.name}.tables")
        compile_modules({"eventpack", "polars"})
        read = "import polars; [polars.read_parquet(path) for path in {}]"
        all_files = [str(kept / f"{name}.parquet") for name in TABLES if (kept / f"{name}.parquet").exists()]
        programs = {
            "events: bare polars": read.format([str(kept / "events.parquet")]),
            "events: load": f"{load}; data.events",
            "large tables: bare polars": read.format(all_files),
            "large tables: load": f"{load}; [data[name] for name in {[Path(path).stem for path in all_files]}]",
        }
        taken: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(asked.runs + 1):  # in turn, so that a busy moment hits all; the first round warms up
            for name, program in programs.items():
                taken[name].append(seconds(program))
        print(machine())
        print(f"{asked.events:,} events; first load of all tables: {first:.1f} s")
        for name, runs in taken.items():
            bare = taken[name.partition(":")[0] + ": bare polars"]
            ratio = statistics.median(one / other for one, other in zip(runs[1:], bare[1:], strict=True))
            print(f"{name:28} {statistics.median(runs[1:]):7.3f} s  {ratio:5.2f}")


if __name__ == "__main__":
    main()
