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

os.environ.setdefault("POLARS_CSV_CHUNK_SIZE", str(1 << 20))  # halves the memory; read when polars is imported

import polars as pl
from polars.exceptions import PolarsError

from eventpack.filter.lookup import required_children, supporting_rows
from eventpack.filter.plan import JOIN, Key, make_plan, unique_keys
from eventpack.filter.rows import lazy_table, suspect_rows
from eventpack.filter.scan import Scan, dangling, repeated, run_scan
from eventpack.finding import Finding
from eventpack.subject import Subject, read_large
from eventpack.tables import LargeCsv, Table


@dataclass(frozen=True, slots=True)
class Filtered:
    """A subject with large tables, twice.

    `whole` has all rows, column by column, for checks of whole tables. `judged` has the rows that may be wrong, for
    checks of rows and keys. `findings` say why a table could not be read.
    """

    whole: Subject
    judged: Subject
    findings: list[Finding]


def filter_subject(subject: Subject) -> Filtered:
    """Pass once over each large table, and keep what must be looked at."""
    seed = random.getrandbits(64)
    findings: list[Finding] = []
    scans: dict[str, Scan] = {}
    tables = dict(subject.tables)
    for name, table in subject.large.items():
        found = _scanned(subject, table, seed)
        if found is not None:
            scans[name] = found
            tables[name] = lazy_table(table, subject.package.schemas[name], found.rows)
        elif (read := read_large(subject.package, table, findings)) is not None:
            tables[name] = read
    ordered = {r.name: tables[r.name] for r in subject.package.tables if r.name in tables}
    unread = subject.unread | (subject.large.keys() - tables.keys())
    whole = replace(subject, tables=ordered, own=ordered, judged=ordered, unread=unread, large={})
    judged = {name: _judged(whole, scans, name, seed) for name in ordered}
    support = supporting_rows(whole, judged, scans, seed)
    return Filtered(whole, replace(whole, own=judged, judged=judged, tables=support), findings)


def _scanned(subject: Subject, table: LargeCsv, seed: int) -> Scan | None:
    """The pass over a table; none when the kernel must read it."""
    try:
        plan = make_plan(subject.package, table)
        return run_scan(plan, seed) if plan else None
    except PolarsError:
        return None


def _judged(whole: Subject, scans: Mapping[str, Scan], name: str, seed: int) -> Table:
    """The rows of a table that may be wrong; all of them when it is not a large one."""
    if (scan := scans.get(name)) is None:
        return whole.tables[name]
    suspects = [*scan.suspects, *_key_suspects(whole, scans, name, seed)]
    return suspect_rows(scan.plan.table, scan.plan.schema, suspects)


def _key_suspects(whole: Subject, scans: Mapping[str, Scan], name: str, seed: int) -> Iterator[pl.Expr]:
    scan = scans[name]
    for key in dict.fromkeys(unique_keys(scan.plan.schema)):
        if (mask := repeated(key, scan.keys[key], seed)) is not None:
            yield mask
    for foreign in scan.plan.schema.foreign_keys:
        target = foreign.reference.resource or name
        if target in whole.tables and target not in whole.unread:
            known = _hashes(whole, scans, target, tuple(foreign.reference.fields), seed)
            key = tuple(foreign.fields)
            if (mask := dangling(key, scan.keys[key], known, seed)) is not None:
                yield mask
    for child, key in required_children(whole.package, name):
        if child in whole.tables and whole.unread.isdisjoint((child, name)):
            known = _hashes(whole, scans, child, tuple(key.fields), seed)
            own = tuple(key.reference.fields)
            if (mask := dangling(own, scan.keys[own], known, seed)) is not None:
                yield mask


def _hashes(whole: Subject, scans: Mapping[str, Scan], name: str, key: Key, seed: int) -> pl.Series:
    """The keys of a table as hashes."""
    if name in scans:
        return scans[name].keys[key]
    texts = [JOIN.join(texts) for texts in whole.tables[name].rows(key) if all(texts)]
    return pl.Series(texts, dtype=pl.String).hash(seed)
