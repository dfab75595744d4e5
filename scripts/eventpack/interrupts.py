"""How a run is stopped from outside: at once, but not in the middle of what cannot be broken off."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_TERMINATED = 128 + signal.SIGTERM


def leave_on_termination() -> None:
    """Let a polite end (SIGTERM) unwind the run as Ctrl-C does, so that temporary files go away; exit code 143."""
    signal.signal(signal.SIGTERM, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(_TERMINATED)


@contextmanager
def deferred() -> Iterator[None]:
    """Keep an interrupt until the block ends.

    An import that is broken off leaves a compiled library, and Python's lock of imports, in no good state.
    """
    usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not usual or threading.current_thread() is not threading.main_thread():
        yield
        return
    seen: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: seen.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if seen:
        raise KeyboardInterrupt
