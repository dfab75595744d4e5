"""Which rows of the large tables the kernel must judge, after all of them have been passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from eventpack.filter.keys import JOIN, Key, dangling, letter_cases, unique_keys
from eventpack.filter.likeness import alike, doubles, near, repeated
from eventpack.filter.lookup import canonical_keys, required_children
from eventpack.filter.rows import texts_of
from eventpack.filter.scan import Scan, find_rows
from eventpack.frozen import Frozen
from eventpack.subject import Subject

_MOST_TOGETHER = 50_000  # rows with one fault in one key; with more of them the table is wrong anyway
_MOST_ODD = 20_000  # rows whose keys are compared one by one


class Suspects(Frozen):
    """Numbers of rows, from 0: of those that can be judged one by one, and of those whose keys are judged together."""

    alone: pl.Series
    together: pl.Series


def find_suspects(whole: Subject, scans: Mapping[str, Scan], name: str, seed: int) -> Suspects:
    """The suspects of one table."""
    alone = _union(_by_row(whole, scans, name, seed))
    together = _union(_by_own_keys(whole, scans[name], alone, seed))
    return Suspects(alone.filter(~alone.is_in(together.implode())), together)


def _union(parts: Iterable[pl.Series]) -> pl.Series:
    return pl.concat([pl.Series(dtype=pl.UInt32), *(part.cast(pl.UInt32) for part in parts)]).unique().sort()


def _by_own_keys(whole: Subject, scan: Scan, suspects: pl.Series, seed: int) -> Iterator[pl.Series]:
    """Rows whose keys are equal, or look alike."""
    for key in dict.fromkeys(unique_keys(scan.plan.schema)):
        for groups in (repeated(scan.keys[key]), _alike(scan, key, suspects, seed)):
            if len(groups) > _MOST_TOGETHER:
                whole.tally.cut = True
            yield groups.head(_MOST_TOGETHER)


def _alike(scan: Scan, key: Key, suspects: pl.Series, seed: int) -> pl.Series:
    if key in scan.alike or (key not in scan.plan.alike and len(suspects) > _MOST_ODD):
        return near(scan, key, seed)
    found = _doubles(scan, key, suspects.to_list(), seed) if key not in scan.plan.alike else []
    return pl.Series(sorted(set(found)), dtype=pl.UInt32)


def _doubles(scan: Scan, key: Key, suspects: list[int], seed: int) -> Iterator[int]:
    """Rows of which one has a key in other letters than it should have, and the other looks like it."""
    cases = [letter_cases(scan.plan.schema.field(name)) or {} for name in key]
    texts = texts_of(scan, suspects, key)
    yield from (suspects[index] for index in alike(texts))
    found = {
        double: row for row, own in zip(suspects, texts, strict=True) for double in doubles(own, cases) if all(own)
    }
    if found:
        hashes = pl.Series(list(found), dtype=pl.String).hash(seed)
        held = hashes.is_in(scan.keys[key].drop_nulls().implode())
        yield from (row for row, is_held in zip(found.values(), held, strict=True) if is_held)
        yield from scan.keys[key].is_in(hashes.implode()).fill_null(False).arg_true()


def _by_row(whole: Subject, scans: Mapping[str, Scan], name: str, seed: int) -> Iterator[pl.Series]:
    """Rows that may be wrong by themselves, or by what is not in other tables."""
    scan = scans[name]
    yield scan.suspects
    for target, masks in scan.plan.follow.items():
        if target not in scans or len(scans[target].suspects):
            yield find_rows(scan.plan, list(masks))
    for foreign in scan.plan.schema.foreign_keys:
        target = foreign.reference.resource or name
        if target in whole.tables and target not in whole.unread:
            known = _hashes(whole, scans, target, tuple(foreign.reference.fields), seed)
            yield dangling(scan.keys[tuple(foreign.fields)], known)
    for child, leading in required_children(whole.package, name):
        if child in whole.tables and whole.unread.isdisjoint((child, name)):
            known = _hashes(whole, scans, child, tuple(leading.fields), seed)
            own = scan.keys[tuple(leading.reference.fields)]
            yield dangling(own, known)
            yield own.is_null().arg_true()  # nothing leads to a row without a key


def _hashes(whole: Subject, scans: Mapping[str, Scan], name: str, key: Key, seed: int) -> pl.Series:
    """The keys of a table as hashes."""
    if name in scans:
        return scans[name].keys[key]
    texts = [JOIN.join(texts) for texts in canonical_keys(whole.package.schemas[name], key, whole.tables[name])]
    return pl.Series(texts, dtype=pl.String).hash(seed)
