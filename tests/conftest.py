"""What all tests share: laws are tried without a deadline, since machines differ in speed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256

import pytest
from hypothesis import settings

from eventpack.descriptor import Package
from eventpack.finding import Finding
from eventpack.referee import referee_findings
from eventpack.trees import Folder
from tests.effort import examples

settings.register_profile("project", deadline=None, max_examples=examples(100))
settings.load_profile("project")

# What a user has set for the command must not steer the commands that tests run.
for name in ("EVENTPACK_TEXTS", "EVENTPACK_CACHE", "EVENTPACK_SIGNING_KEY", "EVENTPACK_ARCHIVES", "SOURCE_DATE_EPOCH"):
    os.environ.pop(name, None)


@pytest.fixture(autouse=True, scope="session")
def _referee_asked_once() -> Iterator[None]:
    """The referee is asked once about the same files: tests package the same small ones again and again, and two
    thirds of the time goes to it.
    """
    said: dict[bytes, list[Finding]] = {}

    def ask(package: Package, remote: bool = False) -> list[Finding]:
        assert isinstance(package.tree, Folder)
        root, data = package.tree.root, sha256(str(remote).encode())
        for path in sorted(root.rglob("*")):
            if path.is_file() and ".git" not in path.parts:
                data.update(f"{path.relative_to(root)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
        if data.digest() not in said:
            said[data.digest()] = referee_findings(package, remote)
        return said[data.digest()]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("eventpack.packaging.referee_findings", ask)
        yield


for name in ("ZENODO_TOKEN", "ZENODO_SANDBOX_TOKEN", "GH_TOKEN", "GITHUB_TOKEN"):  # nor may tests reach real depots
    os.environ.pop(name, None)


def pytest_configure(config: pytest.Config) -> None:
    """The workflow of the tests leaves these out on Windows, by name and not by a silent skip."""
    config.addinivalue_line("markers", "posix: needs a POSIX shell, or the files and links of POSIX")
