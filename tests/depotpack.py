"""Releases that depots take, and the doubles of both depots, running, with the environment that leads to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import pytest

from eventpack.depots import calls
from eventpack.fetching.patience import Patience
from eventpack.packaging import package
from tests.doubles.github import GitHub
from tests.doubles.invenio import Zenodo
from tests.doubles.server import Running, serving
from tests.places import git
from tests.tablepack import write_tables

NAME, TITLE = "ships", 'Ships in the "outer" harbour'
TOKEN = "secret-token"
SURE = Patience(connect=10, silence=20, tries=5, pause=0.02, longest=0.1)
HASTY = replace(SURE, tries=1)
"""The first trouble ends the run, as a kill would."""
_KEPT = TemporaryDirectory(prefix="eventpack-depots-", ignore_cleanup_errors=True)  # goes with the process
PEOPLE: list[dict[str, Any]] = [
    {"title": "Somebody", "givenName": "Some", "familyName": "Body", "roles": ["creator"],
     "path": "https://orcid.org/0000-0002-1825-0097", "organization": "Somewhere"},
    {"title": "The harbour office", "roles": ["curator"]},
]  # fmt: skip


@cache
def release(version: str = "0.1.0", *, doi: str = "", extra: str = "", changes: str = "") -> Path:
    """A packaged folder of a dataset that can be cited, made once; `extra` adds a ship."""
    folder = Path(mkdtemp(dir=_KEPT.name))
    more = {"id": f"https://doi.org/{doi}"} if doi else {}
    write_tables(
        folder / "source", {"ships": f"id,name\ns1,Ada\ns2,Bo\n{extra}"}, name=NAME, version=version, title=TITLE,
        description="Which ships lay there.\n\nCounted <daily> by hand & eye.", contributors=PEOPLE,
        licenses=[{"name": "CC-BY-4.0"}], keywords=["ships", "harbours"], **more,
    )  # fmt: skip
    (folder / "source/CHANGES.md").write_text(f"## {version}\n\n{changes or 'New ships.'}\n", "utf-8")
    git(folder / "source", "init", "-q")
    git(folder / "source", "add", "-A")
    git(folder / "source", "commit", "-q", "-m", "data")
    return package(folder / "source", folder / "dist").folder


@contextmanager
def zenodo(monkeypatch: pytest.MonkeyPatch, **how: Any) -> Iterator[tuple[Zenodo, Running]]:
    """A double of Zenodo that `zenodo:` leads to while the block runs."""
    service = Zenodo(token=TOKEN, **how)
    with serving(service) as running:
        monkeypatch.setenv("EVENTPACK_ZENODO_URL", running.url)
        monkeypatch.setenv("ZENODO_TOKEN", TOKEN)
        monkeypatch.setattr(calls, "PATIENCE", SURE)
        yield service, running


@contextmanager
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[GitHub, Running]]:
    """A double of GitHub with the repository `curators/talks` that `github:` leads to while the block runs."""
    service = GitHub(token=TOKEN)
    with serving(service) as running, serving(service.storage):
        monkeypatch.setenv("EVENTPACK_GITHUB_URL", running.url)
        monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
        monkeypatch.delenv("GH_TOKEN", raising=False)
        monkeypatch.setattr(calls, "PATIENCE", SURE)
        yield service, running
