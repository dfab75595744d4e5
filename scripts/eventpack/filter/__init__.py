"""Filter, then explain: large tables are reduced to the rows that the kernel must judge.

The filter reports nothing. It proves rows clean by expressions compiled from the schema, and leaves the others to the
checks, which do not know of it. Keys are compared as 64-bit hashes with a seed that is new for each run: two keys of
ten million are taken for one by mistake once in about 200,000 runs.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

os.environ.setdefault("POLARS_CSV_CHUNK_SIZE", str(1 << 20))  # halves the memory; read when polars is imported

import polars as pl
from polars.exceptions import PolarsError

from eventpack.filter.alike import alike_rows
from eventpack.filter.lookup import canonical_keys, required_children, supporting_rows
from eventpack.filter.plan import JOIN, Key, make_plan, unique_keys
from eventpack.filter.rows import lazy_table, suspect_rows
from eventpack.filter.scan import Scan, dangling, repeated, run_scan
from eventpack.filter.structure import Watch
from eventpack.finding import Finding
from eventpack.foreign import mark_finding
from eventpack.large import LargeCsv
from eventpack.subject import Subject, read_large


@dataclass(frozen=True, slots=True)
class Filtered:
    """A subject with large tables, twice.

    `whole` has all rows, column by column, for checks of whole tables. `judged` has the rows that may be wrong, for
    checks of rows and keys; they come in parts, so that no more of them are held at once than memory takes.
    `findings` say why a table could not be read.
    """

    whole: Subject
    judged: Iterator[Subject]
    findings: list[Finding]


def filter_subject(subject: Subject, watch: Watch | None = None) -> Filtered:
    """Pass once over each large table, and keep what must be looked at."""
    seed = random.getrandbits(64)
    findings: list[Finding] = []
    scans: dict[str, Scan] = {}
    tables = dict(subject.tables)
    for name, table in subject.large.items():
        found = _scanned(subject, table, seed, watch)
        if found is not None:
            scans[name] = found
            tables[name] = lazy_table(found.plan, found.rows)
            findings += [mark_finding(table.path)] if table.marked else []
        elif (read := read_large(subject.package, table, findings)) is not None:
            tables[name] = read
    ordered = {r.name: tables[r.name] for r in subject.package.tables if r.name in tables}
    unread = subject.unread | (subject.large.keys() - tables.keys())
    whole = replace(subject, tables=ordered, own=ordered, judged=ordered, unread=unread, large={})
    return Filtered(whole, _judged(whole, scans, seed), findings)


def _scanned(subject: Subject, table: LargeCsv, seed: int, watch: Watch | None) -> Scan | None:
    """The pass over a table; none when the kernel must read it."""
    try:
        plan = make_plan(subject.package, table, subject.large)
        return run_scan(plan, seed, watch) if plan else None
    except PolarsError:
        return None


def _judged(whole: Subject, scans: Mapping[str, Scan], seed: int) -> Iterator[Subject]:
    """The rows of all tables that may be wrong, part by part; all rows of tables that are not large."""
    parts = {
        name: suspect_rows(scan, list(_row_suspects(whole, scans, name, seed)), list(_key_suspects(scan, seed)))
        for name, scan in scans.items()
    }
    small = {name: table for name, table in whole.tables.items() if name not in scans}
    for part in zip_longest(*parts.values()) if parts else [()]:
        found = small | {name: table for name, table in zip(parts, part, strict=True) if table is not None}
        judged = {name: found[name] for name in whole.tables if name in found}
        yield replace(whole, own=judged, judged=judged, tables=supporting_rows(whole, judged, scans, seed))
        small = {}


def _key_suspects(scan: Scan, seed: int) -> Iterator[pl.Expr]:
    """Rows that can only be judged together: their keys are equal, or look alike."""
    for key in dict.fromkeys(unique_keys(scan.plan.schema)):
        if (mask := repeated(key, scan.keys[key], seed)) is not None:
            yield mask
    for key in scan.alike:
        if (mask := alike_rows(scan, key)) is not None:
            yield mask


def _row_suspects(whole: Subject, scans: Mapping[str, Scan], name: str, seed: int) -> Iterator[pl.Expr]:
    """Rows that may be wrong by themselves, or by what is not in other tables."""
    scan = scans[name]
    yield from scan.suspects
    for target, masks in scan.plan.follow.items():
        if target not in scans or scans[target].suspects:
            yield from masks
    for foreign in scan.plan.schema.foreign_keys:
        target = foreign.reference.resource or name
        if target in whole.tables and target not in whole.unread:
            known = _hashes(whole, scans, target, tuple(foreign.reference.fields), seed)
            key = tuple(foreign.fields)
            if (mask := dangling(key, scan.keys[key], known, seed)) is not None:
                yield mask
    for child, leading in required_children(whole.package, name):
        if child in whole.tables and whole.unread.isdisjoint((child, name)):
            known = _hashes(whole, scans, child, tuple(leading.fields), seed)
            own = tuple(leading.reference.fields)
            if (mask := dangling(own, scan.keys[own], known, seed)) is not None:
                yield mask


def _hashes(whole: Subject, scans: Mapping[str, Scan], name: str, key: Key, seed: int) -> pl.Series:
    """The keys of a table as hashes."""
    if name in scans:
        return scans[name].keys[key]
    texts = [JOIN.join(texts) for texts in canonical_keys(whole.package.schemas[name], key, whole.tables[name])]
    return pl.Series(texts, dtype=pl.String).hash(seed)
