"""How far a check has come: shown on a terminal when it takes longer than two seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import TYPE_CHECKING

from eventpack.work import Watch

if TYPE_CHECKING:
    from rich.progress import Progress

_AFTER = 2.0  # seconds


@contextmanager
def watching() -> Iterator[Watch | None]:
    """Who watches; nobody where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    display = _Display()
    try:
        yield display.watch
    finally:
        display.close()


class _Display:
    """A bar with rows and the time left; when all is read, what was read is being judged."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._timer: Timer | None = None
        self._seen, self._closed, self._lock = (0, 0, 0), False, Lock()
        self._bar: Progress | None = None

    def watch(self, done: int, whole: int, rows: int) -> None:
        """Bytes read, of how many, and rows."""
        self._seen = done, whole, rows
        if self._timer is None:
            self._timer = Timer(max(0.0, self._started + _AFTER - time.monotonic()), self.show)
            self._timer.daemon = True
            self._timer.start()
        if self._bar is not None:
            self._update(self._bar)

    def show(self) -> None:
        """Begin to show it."""
        from rich.console import Console  # 30 ms
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rows]}"))
        bar = Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
        bar.add_task("reading", total=None, rows="")
        with self._lock:
            if not self._closed:
                bar.start()
                self._update(bar)
                self._bar = bar

    def _update(self, bar: Progress) -> None:
        done, whole, rows = self._seen
        what = "checking" if done >= whole > 0 else "reading"
        bar.update(bar.task_ids[0], completed=done, total=whole or None, description=what, rows=f"{rows:,} rows")

    def close(self) -> None:
        """Take it away."""
        if self._timer is not None:
            self._timer.cancel()
        with self._lock:
            self._closed = True
            if self._bar is not None:
                self._bar.stop()
