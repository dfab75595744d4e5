"""Large tables: which they are; other threads and a process pass over them while this one reads what is small."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from eventpack.descriptor import Package
from eventpack.interrupts import deferred
from eventpack.large import Copies, LargeCsv, large_tables
from eventpack.work import Work

if TYPE_CHECKING:
    from eventpack.filter.scan import Passes


def large_of(package: Package, until: ExitStack | None = None) -> dict[str, LargeCsv]:
    """The tables of a package that are too large to be read as text, all together: they can stay on disk.

    With `until`, also plain copies of those that are compressed or in another encoding, until that is closed.
    """
    held = package.tables if package.record_table else []  # those that are built from records are held whole anyway
    return large_tables(package, {one.name for one in held if package.built(one)}, _copies(package, until))


def _copies(package: Package, until: ExitStack | None) -> Copies | None:
    """Who makes copies of tables, when some are to be copied."""
    if until is None or not package.foreign or all(r.plain or not r.one_csv for r in package.tables):
        return None
    from eventpack.foreign.copying import TemporaryCopies  # only what is not ours needs it

    return TemporaryCopies(until)


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
