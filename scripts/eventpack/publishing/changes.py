"""What changed in a version, as one paragraph: the section of the package's CHANGES.md that is headed by it."""

from __future__ import annotations

import re
from pathlib import Path

from eventpack.derive.readme import CHANGES

_HEADING = re.compile(r"##\s+\[?v?([0-9][0-9A-Za-z.-]*)\]?.*")
_LIMIT = 1 << 20
_COUNTED = "### Records"  # after its prose, `release` counts what changed


def changes_of(folder: Path, version: str) -> str:
    """The section for a version (without its build mark) as one paragraph; empty when there is none."""
    path = folder / CHANGES
    if not path.is_file() or path.stat().st_size > _LIMIT:
        return ""
    return section(path.read_text("utf-8", "replace"), version.partition("+")[0])


def section(text: str, version: str) -> str:
    """The text below the heading `## VERSION …`, up to the next heading of that level, without list marks."""
    found: list[str] = []
    inside = False
    for line in text.splitlines():
        if line.startswith("## "):
            match = _HEADING.fullmatch(line)
            inside = match is not None and match[1] == version
        elif line == _COUNTED:
            inside = False
        elif inside and not line.startswith("#"):
            found.append(re.sub(r"^\s*[-*+]\s+", "", line))
    return " ".join(" ".join(found).split())
