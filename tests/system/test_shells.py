"""What TAB offers in zsh and fish, which show the meaning of each value, too."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from eventpack.codes import families, read_codes
from tests.test_completion import environment

pytestmark = pytest.mark.system

# A terminal inside zsh: what is typed there, TAB included, and what then stands on the line.
TYPED_IN_ZSH = r"""
zmodload zsh/zpty
zpty inner zsh -f -i
zpty -w inner 'PS1=; autoload -Uz compinit; compinit -u -D; eval "$(_EVENTPACK_COMPLETE=source_zsh eventpack)"'
zpty -w inner 'print rea""dy'
zpty -r -m inner line '*ready*'
zpty -w -n inner $'eventpack explain key/f\t'
zpty -r -m inner line '*key/foreign*' && print found
"""
# The functions of zsh that put offers on the screen, replaced by one that prints them.
OFFERED_IN_ZSH = """
_arguments() { print -r -- "$@" }
_files() { print files }
eval "$(_TYPER_COMPLETE_ARGS="eventpack explain $1" _EVENTPACK_COMPLETE=complete_zsh eventpack)"
"""


def run(command: list[str], home: Path) -> str:
    """What a program prints for a user with an empty home folder."""
    result = subprocess.run(
        command, env=environment(home) | {"TERM": "dumb"}, cwd=home, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_fish_offers_codes_with_their_meaning(tmp_path: Path) -> None:
    """One per line, with the first sentence of its explanation."""
    program = 'eventpack --show-completion | source; complete -C"eventpack explain key/"'
    expected = [f"{code.name}\t{code.what}" for code in read_codes("key").values()]
    assert run(["fish", "--no-config", "-c", program], tmp_path).splitlines() == expected


def test_fish_still_offers_files(tmp_path: Path) -> None:
    """Where the tool knows no values."""
    (tmp_path / "package.zip").write_bytes(b"")
    program = 'eventpack --show-completion | source; complete -C"eventpack validate pack"'
    assert run(["fish", "--no-config", "-c", program], tmp_path).split() == ["package.zip"]


def test_zsh_completes_a_code(tmp_path: Path) -> None:
    """TAB in a terminal, after the beginning of a code."""
    assert run(["zsh", "-f", "-c", TYPED_IN_ZSH], tmp_path).endswith("found\n")


@pytest.mark.parametrize("family", families())
def test_zsh_understands_every_meaning(tmp_path: Path, family: str) -> None:
    """Quotes and backticks in an explanation do not end the list."""
    said = run(["zsh", "-f", "-c", OFFERED_IN_ZSH, "zsh", f"{family}/"], tmp_path)
    assert [code for code in read_codes(family) if f'"{code}":"' not in said] == []
