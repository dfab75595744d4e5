"""The page of commands: `--help` of every verb, as the command itself prints it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests import warm

VERBS: tuple[tuple[str, ...], ...] = (
    (),
    ("validate",),
    ("verify",),
    ("build",),
    ("package",),
    ("release",),
    ("reserve-doi",),
    ("publish",),
    ("download",),
    ("export",),
    ("describe",),
    ("diff",),
    ("query",),
    ("sql",),
    ("compare",),
    ("init",),
    ("format",),
    ("new",),
    ("new", "event"),
    ("new", "source"),
    ("new", "actor"),
    ("new", "place"),
    ("passage",),
    ("passage", "find"),
    ("passage", "set"),
    ("passage", "show"),
    ("revise",),
    ("withdraw",),
    ("merge",),
    ("split",),
    ("agreement",),
    ("history",),
    ("show",),
    ("cite",),
    ("why",),
    ("explain",),
)


def help_of(verb: tuple[str, ...]) -> str:
    """What `eventpack VERB --help` prints, 100 columns wide."""
    environment = os.environ | {"COLUMNS": "100", "TERMINAL_WIDTH": "100"}
    environment.pop("EVENTPACK_TEXTS", None)
    result = warm.run(["eventpack", *verb, "--help"], Path(), env=environment)
    assert result.returncode == 0, result.stderr
    return result.stdout.replace("python -m eventpack", "eventpack").strip("\n")


def commands_page() -> str:
    """`docs/guide/commands.md`."""
    lines = ["# Commands", "", "Written by `make docs` from the help of the command itself."]
    for verb in VERBS:
        lines += ["", f"## eventpack {' '.join(verb)}".rstrip(), "", "```text", help_of(verb), "```"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(commands_page())
