"""What all tests share: laws are tried without a deadline, since machines differ in speed."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from tests.effort import examples

settings.register_profile("project", deadline=None, max_examples=examples(100))
settings.load_profile("project")

# What a user has set for the command must not steer the commands that tests run.
for name in ("EVENTPACK_TEXTS", "EVENTPACK_CACHE", "EVENTPACK_SIGNING_KEY", "EVENTPACK_ARCHIVES", "SOURCE_DATE_EPOCH"):
    os.environ.pop(name, None)


def pytest_configure(config: pytest.Config) -> None:
    """The workflow of the tests leaves these out on Windows, by name and not by a silent skip."""
    config.addinivalue_line("markers", "posix: needs a POSIX shell, or the files and links of POSIX")
