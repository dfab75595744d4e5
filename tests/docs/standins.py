"""What stands in for the services that a page of the guide publishes to: doubles, and what leads a reader there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.doubles.github import GitHub
from tests.doubles.invenio import Zenodo
from tests.doubles.server import serving


@contextmanager
def standing_in(page: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the services of a page run while the block does; the environment is that of its reader."""
    with ExitStack() as running:
        if page == "publish-zenodo.md":
            sandbox = running.enter_context(serving(Zenodo("sandbox-token", prefix="10.5072")))
            monkeypatch.setenv("EVENTPACK_ZENODO_SANDBOX_URL", sandbox.url)
            monkeypatch.setenv("ZENODO_SANDBOX_TOKEN", "sandbox-token")
        if page == "publish-github.md":
            service = GitHub("owner/repo", "hub-token")
            hub = running.enter_context(serving(service))
            running.enter_context(serving(service.storage))
            monkeypatch.setenv("EVENTPACK_GITHUB_URL", hub.url)
            monkeypatch.setenv("GITHUB_TOKEN", "hub-token")
            monkeypatch.delenv("GH_TOKEN", raising=False)
        yield
