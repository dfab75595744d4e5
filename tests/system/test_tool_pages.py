"""The pages on other tools, with these tools: every command and program on them, also those that need Debian or npm."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.docs.test_pages import ELSEWHERE, PROGRAMS, ROOT, blocks, follow, here, pristine
from tests.system.opened import ENVIRONMENTS

pytestmark = pytest.mark.system
__all__ = ["here", "pristine"]
PAGES = sorted((ROOT / "docs/guide").glob("in-*.md"))
OTHERS = {"r": ("Rscript", "-e"), "py": (str(ENVIRONMENTS / "mlcroissant/bin/python"), "-c")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_page_of_a_tool_is_true(page: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing on the page is passed over, and what is shown is what comes out."""
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}{os.pathsep}{ENVIRONMENTS / 'datasette/bin'}")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    follow(page, here, ELSEWHERE, {**PROGRAMS, **OTHERS})


def test_no_block_is_of_a_language_that_nobody_runs() -> None:
    """Each block is a command, a program, or what one prints; `sh` only shows how a server is started."""
    known = {"console", "text", "sh", *PROGRAMS, *OTHERS}
    assert {language for page in PAGES for language, _ in blocks(page)} <= known
