"""Large tables are passed over by other threads and another process while this one reads what is small."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from eventpack.descriptor import Package
from eventpack.interrupts import deferred
from eventpack.large import LargeCsv
from eventpack.work import Work

if TYPE_CHECKING:
    from eventpack.filter.scan import Passes


@contextmanager
def passing(package: Package, large: Mapping[str, LargeCsv], work: Work | None = None) -> Iterator[Passes | None]:
    """Begin to pass over tables that stay on disk; none when there are none. `work` is told what has been read."""
    if not large:
        yield None
        return
    from eventpack.structure.beside import read_beside  # few packages are large

    if work:
        work.expect_bytes(table.file.stat().st_size for table in large.values())
    with read_beside(list(large.values()), work.add if work else None) as structures:
        if work:
            work.begin()
        with deferred():
            from eventpack.filter import begin_filter  # polars: 100 ms, during which structures are read
        yield begin_filter(package, large, structures)
