"""What all tests share: laws are tried without a deadline, since machines differ in speed."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("project", deadline=None)
settings.load_profile("project")
