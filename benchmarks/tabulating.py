"""The table of a comparison, for people at a terminal and for a page."""

from __future__ import annotations

import re
import sys
from dataclasses import astuple, dataclass
from pathlib import Path

HEADER = ("tool", "wall s", "cpu s", "MiB", "× faster than frictionless", "scans", "errors found", "planted named")


@dataclass(frozen=True, slots=True)
class Line:
    """One tool: medians of wall and processor time, highest peak, ratios, errors."""

    name: str
    wall: str
    cpu: str
    peak: str
    faster: str
    scans: str
    errors: str
    named: str


def cells(lines: list[Line]) -> list[tuple[str, ...]]:
    """Header and lines, without columns that are empty for all."""
    rows = [HEADER, *(astuple(line) for line in lines)]
    kept = [at for at in range(len(HEADER)) if any(row[at] for row in rows[1:])]
    return [tuple(row[at] for at in kept) for row in rows]


def as_text(lines: list[Line]) -> str:
    """Aligned columns."""
    rows = cells(lines)
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    )


def as_markdown(lines: list[Line]) -> str:
    """A table in Markdown."""
    header, *rows = cells(lines)
    ruler = ["---", *["---:"] * (len(header) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [header, ruler, *rows])


def find_place(target: str) -> tuple[Path, re.Match[str] | None]:
    """The file of `FILE` or `FILE#NAME`, and in it what begins with `<!-- NAME -->` and ends with `<!-- end -->`."""
    path, _, name = target.partition("#")
    if not name:
        return Path(path), None
    page = Path(path).read_text("utf-8") if Path(path).is_file() else ""
    found = re.search(rf"(?<=<!-- {re.escape(name)} -->\n).*?(?=<!-- end -->)", page, re.S)
    return Path(path), found or sys.exit(f"{path} has no place `<!-- {name} -->` … `<!-- end -->`")


def write_table(target: str, text: str) -> None:
    """Write a file, or into a place in it; all else stays."""
    path, place = find_place(target)
    if place:
        text = f"{place.string[: place.start()]}\n{text}\n\n{place.string[place.end() :]}"
    path.write_text(text if place else text + "\n", "utf-8")
