"""Asking git about a folder, whatever language and repository the environment names."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

if os.name == "nt":  # which looks for programs in the current folder first: a dataset must not bring its own git.exe
    os.environ.setdefault("NoDefaultCurrentDirectoryInExePath", "1")


class GitRefused(Exception):
    """Git answered with an error, or there is no git; the text is what it said."""


def ask_git(folder: Path, *words: str) -> bytes:
    """What git prints in a folder.

    Raises:
        GitRefused: It failed, or cannot be run.
    """
    try:
        answer = subprocess.run(
            _command(folder, words), env=_environment(), capture_output=True, check=True, stdin=subprocess.DEVNULL
        )
    except subprocess.CalledProcessError as error:
        raise GitRefused(error.stderr.decode("utf-8", "replace").strip()) from None
    except (OSError, ValueError) as error:  # no git; a NUL in a word
        raise GitRefused(f"git cannot be run: {getattr(error, 'strerror', None) or error}") from None
    return answer.stdout


def converse_with_git(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """A git that answers on standard output what it is asked on standard input; whoever starts it closes both."""
    return subprocess.Popen(
        _command(folder, words), env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _command(folder: Path, words: tuple[str, ...]) -> list[str]:
    return ["git", "-C", str(folder), *words]


def _environment() -> dict[str, str]:
    """The environment without what a hook sets for its own repository, and so that git asks nobody anything."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k.startswith(("GIT_CONFIG", "GIT_CEILING"))
    }
    return {**kept, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_PAGER": "cat", "GIT_TERMINAL_PROMPT": "0"}
