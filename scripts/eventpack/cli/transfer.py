"""How far a transfer has come, in bytes: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def transfer_bar(shown: bool) -> Iterator[Callable[[int, int], None] | None]:
    """What to call with the bytes that are there and all bytes; none where nobody watches."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # 30 ms
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)
