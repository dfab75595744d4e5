"""The help of the command line: lists that are not cut, exit codes, and arguments that are explained."""

from __future__ import annotations

from typing import Any

import pytest
import typer

from eventpack.cli import app


def commands() -> dict[str, Any]:
    """All commands by their words, groups too."""
    found: dict[str, Any] = {}

    def walk(words: str, command: Any) -> None:
        found[words] = command
        for name, inner in getattr(command, "commands", {}).items():
            walk(f"{words} {name}", inner)

    walk("eventpack", typer.main.get_command(app))
    return found


@pytest.mark.parametrize("words", sorted(commands()))
def test_the_help_of_a_command_is_complete(words: str) -> None:
    """Exit codes are told, every argument and option is explained, and the line in the list is whole."""
    command = commands()[words]
    assert "Exit codes: 0 " in (command.help or "")
    assert not command.get_short_help_str(limit=63).endswith("...")
    unexplained = [parameter.name for parameter in command.params if not getattr(parameter, "help", "")]
    assert unexplained == []
