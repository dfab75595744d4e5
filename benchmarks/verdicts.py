"""Our verdicts beside stored reports of `frictionless validate`. Run: `python benchmarks/verdicts.py DIR`.

DIR holds data packages as folders, and beside each its report as `<folder>.frictionless-<version>.json`. Compared are
whether a package is valid, and which of its files are at fault. Exits 1 when one differs and no reason is known.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eventpack import validate

# Why verdicts or files at fault are not the same; docs/design/truth.md says it at more length.
DIFFERENT: dict[str, str] = {}
# They are the same, for another reason.
NOTES = {
    "camtrap-dp-1.0.2-example": "it cannot fetch the custom profile; we say that the schemas are remote",
    "datasets-co2-ppm": "of co2-mm-gl it takes the first row of data for the header; we say that all rows are too long",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What both say of one package; `theirs` and `ours` are the files at fault, the descriptor among them."""

    package: str
    valid: bool
    theirs: frozenset[str]
    accepted: bool
    ours: frozenset[str]

    @property
    def same(self) -> bool:
        """Whether the package is valid to both, or the same files are at fault to both."""
        return self.valid == self.accepted and self.theirs == self.ours

    @property
    def row(self) -> str:
        """The row of the table."""
        note = f": {NOTES[self.package]}" if self.package in NOTES else ""
        said = f"same{note}" if self.same else DIFFERENT.get(self.package, "**differs, and no reason is known**")
        theirs, ours = _said(self.valid, self.theirs), _said(self.accepted, self.ours)
        return f"| {self.package} | {theirs} | {ours} | {said} |"


def _said(valid: bool, files: frozenset[str]) -> str:
    return "valid" if valid else "not valid: " + ", ".join(sorted(files))


def verdicts(folder: Path) -> Iterator[Verdict]:
    """Both verdicts of every package that has a report, by name."""
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        if stored := next(iter(folder.glob(f"{place.name}.frictionless-*.json")), None):
            report = json.loads(stored.read_text("utf-8"))
            errors = {f.where.path for f in validate(place).findings if f.severity == "error"}
            yield Verdict(place.name, report["valid"], _at_fault(report), not errors, frozenset(errors))


def _at_fault(report: dict[str, Any]) -> frozenset[str]:
    """The files at fault in a stored report; what is said of no table is said of the descriptor."""
    files = {task["place"] for task in report["tasks"] if task["errors"]}
    return frozenset(files | ({"datapackage.json"} if report["errors"] else set()))


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(". Run")[0] + ".")
    parser.add_argument("folder", type=Path, help="packages with their reports")
    found = list(verdicts(parser.parse_args().folder))
    print("| package | frictionless | eventpack | |\n| --- | --- | --- | --- |")
    print("\n".join(verdict.row for verdict in found))
    return int(any(not verdict.same and verdict.package not in DIFFERENT for verdict in found))


if __name__ == "__main__":
    sys.exit(main())
