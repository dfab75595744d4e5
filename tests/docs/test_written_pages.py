"""The pages that `make docs` writes are what the tool says today, and no verb is left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from eventpack.cli import app
from eventpack.codes import findings_page
from tests.docs.commands import VERBS, commands_page

GUIDE = Path(__file__).parents[2] / "docs" / "guide"


def test_the_page_of_findings_is_fresh() -> None:
    """`make docs` was run after the last change of an explanation."""
    assert (GUIDE / "findings.md").read_text("utf-8") == findings_page()


def test_the_page_of_commands_is_fresh() -> None:
    """`make docs` was run after the last change of a verb or option."""
    assert (GUIDE / "commands.md").read_text("utf-8") == commands_page()


def test_every_verb_is_on_the_page_of_commands() -> None:
    """Verbs and their sub-commands are all listed."""
    root: Any = typer.main.get_command(app)
    groups = {name: list(getattr(command, "commands", ())) for name, command in root.commands.items()}
    verbs = {(name,) for name in groups} | {(name, inner) for name, inners in groups.items() for inner in inners}
    assert verbs == {verb for verb in VERBS if verb}
