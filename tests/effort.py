"""How hard laws are tried: a third as hard in `make test`, where everybody waits, as in `make test-all`."""

from __future__ import annotations

import os

FULL = os.environ.get("EFFORT") == "full"


def examples(full: int) -> int:
    """How many examples a law is tried with, of those it is tried with in full."""
    return full if FULL else max(1, full // 3)
