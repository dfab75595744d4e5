"""Copies of this repository's working tree, as somebody else would get them."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.gitpack import git

ROOT = Path(__file__).parents[1]


def copy_tree(folder: Path) -> Path:
    """The files of the working tree that git knows or would take, in a new folder."""
    for name in git(ROOT, "ls-files", "-co", "--exclude-standard", "-z").split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder
