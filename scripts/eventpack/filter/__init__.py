"""Filter, then explain: large tables are reduced to the rows that the kernel must judge.

The filter reports nothing. It proves rows clean by expressions compiled from the schema, and leaves the others to the
checks, which do not know of it. Keys are compared as 64-bit hashes with a seed that is new for each run: two keys of
ten million are taken for one by mistake once in about 200,000 runs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest

# Read when polars is imported: smaller pieces of a file, and fewer that wait, take less memory and stay in the cache.
os.environ.setdefault("POLARS_CSV_CHUNK_SIZE", str(1 << 21))
os.environ.setdefault("POLARS_CSV_CHUNK_PREFETCH_LIMIT", "2")

from eventpack.descriptor import Package
from eventpack.filter.lookup import supporting_rows
from eventpack.filter.plan import make_plan
from eventpack.filter.rows import judged_rows, lazy_table
from eventpack.filter.scan import Passes, Scan, begin_passes, end_passes
from eventpack.filter.suspects import find_suspects
from eventpack.finding import Finding
from eventpack.frozen import Frozen
from eventpack.large import LargeCsv
from eventpack.structure.beside import Structures
from eventpack.subject import Subject, read_large


class Filtered(Frozen):
    """A subject with large tables, twice.

    `whole` has all rows, column by column, for checks of whole tables. `judged` has the rows that may be wrong, for
    checks of rows and keys; they come in parts, so that no more of them are held at once than memory takes.
    `findings` say why a table could not be read.
    """

    whole: Subject
    judged: Iterator[Subject]
    findings: list[Finding]


def begin_filter(package: Package, large: Mapping[str, LargeCsv], structures: Structures) -> Passes:
    """Begin to pass over large tables, in other threads: meanwhile there is other work."""
    plans = (make_plan(package, table, large) for table in large.values())
    return begin_passes([plan for plan in plans if plan is not None], structures)


def filter_subject(subject: Subject, passes: Passes) -> Filtered:
    """Keep of each large table what must be looked at.

    Raises:
        DiskError: A file cannot be read.
    """
    findings: list[Finding] = []
    tables, scans = dict(subject.tables), end_passes(passes)
    for name, table in subject.large.items():
        if name in scans:
            tables[name] = lazy_table(scans[name])
            findings += _marks(table)
        elif (read := read_large(subject.package, table, findings)) is not None:
            tables[name] = read
    ordered = {r.name: tables[r.name] for r in subject.package.tables if r.name in tables}
    unread = subject.unread | (subject.large.keys() - tables.keys())
    whole = replace(subject, tables=ordered, own=ordered, judged=ordered, unread=unread, large={})
    return Filtered(whole, _judged(whole, scans, passes.seed), findings)


def _judged(whole: Subject, scans: Mapping[str, Scan], seed: int) -> Iterator[Subject]:
    """The rows of all tables that may be wrong, part by part; all rows of tables that are not large."""
    suspects = {name: find_suspects(whole, scans, name, seed) for name in scans}
    parts = {name: judged_rows(scans[name], rows.alone, rows.together) for name, rows in suspects.items()}
    small = {name: table for name, table in whole.tables.items() if name not in scans}
    for part in zip_longest(*parts.values()) if parts else [()]:
        found = small | {name: table for name, table in zip(parts, part, strict=True) if table is not None}
        judged = {name: found[name] for name in whole.tables if name in found}
        yield replace(whole, own=judged, judged=judged, tables=supporting_rows(whole, judged, scans, seed))
        small = {}


def _marks(table: LargeCsv) -> list[Finding]:
    if not table.mark:
        return []
    from eventpack.foreign import mark_finding  # few files have one

    return [mark_finding(table.path)]
