"""What all tests share.

Laws are tried without a deadline, since machines differ in speed, and in `make test` with the same examples each time:
what fails there fails for everybody. Others are looked for in `make test-all`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

import pytest
from hypothesis import settings

from eventpack.descriptor import Package
from eventpack.finding import Finding
from eventpack.referee import referee_findings
from eventpack.trees import Folder
from tests.effort import FULL, examples

settings.register_profile("same", deadline=None, max_examples=examples(100), derandomize=True, database=None)
settings.register_profile("full", deadline=None, max_examples=examples(100))
settings.load_profile("full" if FULL else "same")

# What a user has set for the command must not steer the commands that tests run.
for name in ("EVENTPACK_TEXTS", "EVENTPACK_CACHE", "EVENTPACK_SIGNING_KEY", "EVENTPACK_ARCHIVES", "SOURCE_DATE_EPOCH"):
    os.environ.pop(name, None)


@dataclass
class Asking:
    """Whether the referee is asked at the moment, and what it has said of what."""

    asked: bool = True
    said: dict[bytes, list[Finding]] = field(default_factory=dict)


_asking = Asking()


@pytest.fixture(autouse=True, scope="session")
def _referee_asked_once() -> Iterator[None]:
    """When tests package, the referee is asked once about the same files, and in `make test` only by the tests that
    are marked `referee`: they package the same small ones again and again, and two thirds of the time went to it.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("eventpack.packaging.referee_findings", _asked_once)
        yield


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Whether the referee is asked, also by fixtures that several tests share."""
    _asking.asked = FULL or item.get_closest_marker("referee") is not None


def _asked_once(package: Package, remote: bool = False) -> list[Finding]:
    if not _asking.asked:
        return []
    assert isinstance(package.tree, Folder)
    root, data = package.tree.root, sha256(str(remote).encode())
    for path in sorted(root.rglob("*")):
        if path.is_file() and ".git" not in path.parts:
            data.update(f"{path.relative_to(root)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    if data.digest() not in _asking.said:
        _asking.said[data.digest()] = referee_findings(package, remote)
    return _asking.said[data.digest()]


for name in ("ZENODO_TOKEN", "ZENODO_SANDBOX_TOKEN", "GH_TOKEN", "GITHUB_TOKEN"):  # nor may tests reach real depots
    os.environ.pop(name, None)


def pytest_configure(config: pytest.Config) -> None:
    """The workflow of the tests leaves `posix` out on Windows, by name and not by a silent skip."""
    config.addinivalue_line("markers", "referee: asks the referee about what it packages, in `make test` as well")
    config.addinivalue_line("markers", "posix: needs a POSIX shell, or the files and links of POSIX")
