"""The programs that are compared: how each is run, and what it says that it found."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

Verdict = tuple[int, set[tuple[str, int]]]  # how many errors, and in which rows (table, row from 1)


@dataclass(frozen=True, slots=True)
class Contestant:
    """A program; `packages` must be installed, and the first one gives the version that is told."""

    name: str
    label: str
    packages: tuple[str, ...]
    command: Callable[[Path], list[str]]
    read: Callable[[str], Verdict]
    rows: bool = True  # whether it says which rows

    def missing(self) -> list[str]:
        """The packages that are not installed."""
        return [name for name in self.packages if installed(name) is None]

    def __str__(self) -> str:
        return f"{self.label} ({installed(self.packages[0])})"


def installed(package: str) -> str | None:
    """The version of an installed package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def module(name: str) -> Callable[[Path], list[str]]:
    """The command of a module in `tools`."""
    return lambda folder: [sys.executable, "-m", f"benchmarks.tools.{name}", str(folder)]


def read_lines(said: str) -> Verdict:
    """What a module in `tools` found."""
    count = re.search(r"^(\d+) errors$", said, re.M)
    if count is None:
        raise ValueError("no count")
    rows = re.findall(r"^([^\t\n]+)\t(\d+)\t", said, re.M)
    return int(count[1]), {(table, int(row)) for table, row in rows}


def read_eventpack(said: str) -> Verdict:
    """The errors in a report of `eventpack validate --format json`."""
    errors = [one for one in json.loads(said)["findings"] if one["severity"] == "error"]
    return len(errors), {(one["table"], one["row"]) for one in errors if one["row"]}


def read_frictionless(said: str) -> Verdict:
    """The errors in a report of `frictionless validate --json`; its rows count the header."""
    report = json.loads(said)
    tasks = report["tasks"]
    rows = {(one["name"], error["rowNumber"] - 1) for one in tasks for error in one["errors"] if "rowNumber" in error}
    return report["stats"]["errors"], rows


def eventpack(folder: Path) -> list[str]:
    """The command of this repository's tool."""
    return [sys.executable, "-m", "eventpack", "validate", "--format", "json", str(folder / "datapackage.json")]


def frictionless(folder: Path) -> list[str]:
    """The command of frictionless; it allows paths below the working directory only."""
    return [sys.executable, "-m", "frictionless", "validate", "--json", "datapackage.json"]


CONTESTANTS: tuple[Contestant, ...] = (
    Contestant("scan", "duckdb, typed scan of events.csv", ("duckdb",), module("scan_duckdb"), read_lines, rows=False),
    Contestant("eventpack", "eventpack validate", ("eventpack",), eventpack, read_eventpack),
    Contestant("frictionless", "frictionless validate", ("frictionless",), frictionless, read_frictionless),
    Contestant("duckdb", "duckdb, all checks in SQL", ("duckdb",), module("sql_duckdb"), read_lines),
    Contestant("pandera", "pandera with polars", ("pandera", "polars"), module("check_pandera"), read_lines),
    Contestant("dataframely", "dataframely", ("dataframely",), module("check_dataframely"), read_lines),
    Contestant(
        "pointblank", "pointblank with polars", ("pointblank", "polars"), module("check_pointblank"), read_lines
    ),
)
