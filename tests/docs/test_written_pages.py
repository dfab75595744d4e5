"""The pages that `make docs` writes are what the tool says today, and no verb is left out."""

from __future__ import annotations

from pathlib import Path

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
    verbs: set[tuple[str | None, ...]] = {(command.name,) for command in app.registered_commands}
    for group in app.registered_groups:
        assert group.typer_instance is not None
        commands = group.typer_instance.registered_commands
        names = {command.name or getattr(command.callback, "__name__", None) for command in commands}
        verbs |= {(group.name,), *((group.name, name) for name in names)}
    assert verbs == {verb for verb in VERBS if verb}
