"""Packages that somebody made to do harm, and a run of `eventpack validate` in a process whose needs are measured."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECONDS, MEGABYTES = 10.0, 500.0
# A process of its own between the tests and the command: the peak of a process begins with that of its parent.
_LAUNCHER = """
import json, os, resource, sys, time
begin = time.perf_counter()
child = os.fork()
if not child:
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
    os.execv(sys.argv[1], sys.argv[1:])
status, use = os.wait4(child, 0)[1:]
needs = [os.waitstatus_to_exitcode(status), time.perf_counter() - begin, use.ru_utime + use.ru_stime, use.ru_maxrss]
print("\\n" + json.dumps(needs), file=sys.stderr)
"""
FIELDS: tuple[Mapping[str, Any], ...] = ({"name": "a", "type": "string"}, {"name": "b", "type": "integer"})
BOTH = (True, False)


@dataclass(frozen=True)
class Run:
    """How a process ended, what it needed (seconds of wall and of processor, megabytes), and what it said."""

    code: int
    wall: float
    cpu: float
    peak: float
    out: str
    err: str

    def is_bounded(self) -> bool:
        """Whether it ended by itself and in order, within the bounds, and what it said can be read by a person.

        The bound holds for the processor, too: how long a busy machine takes says nothing of the input.
        """
        orderly = self.code in (0, 1, 2) and "Traceback" not in self.err
        short = len(self.out) + len(self.err) < 20_000 and (self.out + self.err).replace("\n", "").isprintable()
        return orderly and short and min(self.wall, self.cpu) < SECONDS and self.peak < MEGABYTES

    @property
    def codes(self) -> set[str]:
        """The codes of the findings that are printed."""
        return {word for line in self.out.splitlines() for word in line.split() if "/" in word and word.count("/") == 1
                and word.replace("/", "").replace("-", "").isalnum()}  # fmt: skip


def run(path: Path, *options: str) -> Run:
    """`eventpack validate` at a path."""
    command = [sys.executable, "-c", _LAUNCHER, sys.executable, "-m", "eventpack", "validate", str(path), *options]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    said, _, needs = done.stderr.rstrip("\n").rpartition("\n")
    code, wall, cpu, peak = json.loads(needs)
    return Run(code, wall, cpu, peak * 1024 / 1e6, done.stdout, said)


def pack(
    folder: Path, files: Mapping[str, str | bytes], *, ours: bool = False, schema: Any = None,
    fields: Sequence[Mapping[str, Any]] = FIELDS, resources: Sequence[Mapping[str, Any]] = (), raw: str = "",
    **entry: Any,
) -> Path:  # fmt: skip
    """A package of our profile, or of others: the files, and a descriptor of the first of them unless it is given."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    table = {"name": "t", "path": next(iter(files), "t.csv"), "schema": schema or {"fields": list(fields)}, **entry}
    whole = {"name": "x", "version": "0.1.0", **({"eventpack:profile": "0.1"} if ours else {})}
    whole["resources"] = list(resources) or [table]  # type: ignore[assignment]
    (folder / "datapackage.json").write_text(raw or json.dumps(whole), "utf-8")
    return folder


def as_zip(folder: Path) -> Path:
    """The package as an archive beside it."""
    target = folder.with_suffix(".zip")
    with zipfile.ZipFile(target, "w") as archive:
        for place in sorted(folder.rglob("*")):
            if place.is_file():
                archive.write(place, place.relative_to(folder).as_posix())
    return target
