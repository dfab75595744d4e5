"""How long the archive of a large package takes: ours, and the standard library's zip at level 6, of the same folder.

Run: `.venv/bin/python benchmarks/archiving.py [FOLDER] [--events N] [--rounds N]`. Without a folder, a package of a
million events is made first. It also says whether two archives of ours are equal to the byte, and whether frictionless
reads a package of that kind (a small one: reading it does not depend on its size).
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import ROOT, Run, compile_modules, machine, measure

OURS = "from pathlib import Path; from eventpack.archive import write_archive; write_archive(Path({!r}), Path({!r}))"
THEIRS = (
    "import zipfile; from pathlib import Path\n"
    "with zipfile.ZipFile({1!r}, 'w', zipfile.ZIP_DEFLATED, compresslevel=6) as archive:\n"
    "    [archive.write(path, path.name) for path in sorted(Path({0!r}).iterdir()) if path.is_file()]"
)


def main() -> None:
    """Measure in turn and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, help="a folder to pack; default: a generated package")
    parser.add_argument("--events", type=int, default=1_000_000, help="size of the generated package")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is run")
    words = parser.parse_args()
    compile_modules(["eventpack"])
    with tempfile.TemporaryDirectory() as made:
        scratch = Path(made)
        folder = words.folder or generated(scratch / "package", words.events)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        print(f"{machine()}; {size / 1e6:.0f} MB, median of {words.rounds}\n")
        print("| archive | wall s | cpu s | MiB | size MB | × faster |\n| --- | ---: | ---: | ---: | ---: | ---: |")
        programs = {"zipfile, level 6": THEIRS, "eventpack, stored": OURS}
        runs: dict[str, list[Run]] = {name: [] for name in programs}
        sizes: dict[str, float] = {}
        for _ in range(words.rounds):
            for name, program in programs.items():
                target = scratch / "packed.zip"
                runs[name].append(
                    measure([sys.executable, "-c", program.format(str(folder), str(target))], ROOT, scratch)
                )
                sizes[name] = target.stat().st_size / 1e6
        unit = statistics.median(run.wall for run in runs["zipfile, level 6"])
        for name, taken in runs.items():
            wall, cpu = (statistics.median(getattr(run, what) for run in taken) for what in ("wall", "cpu"))
            peak = max(run.peak for run in taken)
            print(f"| {name} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {sizes[name]:.0f} | {unit / wall:.1f} |")
        print(f"\nTwo archives equal to the byte: {equal(folder, scratch)}.")


def generated(folder: Path, events: int) -> Path:
    """A generated package of that many events."""
    subprocess.run([sys.executable, str(ROOT / "benchmarks/generate.py"), str(folder), str(events)], check=True)
    return folder


def equal(folder: Path, scratch: Path) -> bool:
    """Whether packing the folder twice gives the same bytes."""
    targets = [scratch / "one.zip", scratch / "two.zip"]
    for target in targets:
        subprocess.run([sys.executable, "-c", OURS.format(str(folder), str(target))], check=True, cwd=ROOT)
    return subprocess.run(["cmp", "-s", *map(str, targets)], check=False).returncode == 0


if __name__ == "__main__":
    main()
