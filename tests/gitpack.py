"""Real git repositories for tests, whatever the configuration of whoever runs them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_SETTINGS = {
    "user.name": "tester",
    "user.email": "tester@example.org",
    "commit.gpgsign": "false",
    "core.autocrlf": "false",
    "init.defaultBranch": "main",
    "protocol.file.allow": "always",
    "safe.directory": "*",
}


def git(folder: Path, *words: str) -> str:
    """What git prints in a folder; a test that git refuses fails."""
    settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    nothing = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
    done = subprocess.run(
        ["git", *settings, "-C", str(folder), *words], env=kept | nothing, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8").strip()


def commit_all(folder: Path, message: str = "A state") -> str:
    """Commit everything below a folder, which becomes a repository when it is in none; the id of the commit."""
    if not any((place / ".git").exists() for place in (folder, *folder.parents)):
        git(folder, "init", "-q")
    git(folder, "add", "-A", ".")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")
