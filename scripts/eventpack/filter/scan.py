"""The one pass over a large table: either nothing in it can be wrong, or where to look."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from eventpack.errors import DiskError
from eventpack.filter.keys import Key
from eventpack.filter.pairs import two_at_once
from eventpack.filter.plan import Plan, distinct_texts, query, scan, suspicious
from eventpack.frozen import Frozen
from eventpack.judge import compile_judge
from eventpack.large import LargeCsv
from eventpack.structure import Index
from eventpack.structure.beside import Structures


class Scan(Frozen):
    """What the pass over a table gave.

    The number of its rows, those that a mask suspects, the records with characters that must be looked at, where its
    records stand, its keys as hashes, row by row, and those keys of text that may look alike.
    """

    plan: Plan
    rows: int
    suspects: pl.Series
    doubts: pl.Series
    index: Index
    keys: Mapping[Key, pl.Series]
    alike: tuple[Key, ...]


class Passes(Frozen):
    """The passes over tables, which have begun: what each plan finds, and what the bytes say meanwhile.

    `seed` is that of the hashes.
    """

    plans: Sequence[Plan]
    found: Iterator[pl.DataFrame | None]
    structures: Structures
    seed: int


def begin_passes(plans: Sequence[Plan], structures: Structures) -> Passes:
    """Begin to pass over tables, the largest first."""
    seed = random.getrandbits(64)
    ordered = sorted(plans, key=lambda plan: plan.table.file.stat().st_size, reverse=True)
    return Passes(ordered, two_at_once(lambda plan: _pass(plan, seed), ordered), structures, seed)


def end_passes(passes: Passes) -> dict[str, Scan]:
    """What the passes gave; those are left out whose form cannot be proved: the kernel must read them.

    What the columnar reader lets pass shows in the bytes.

    Raises:
        DiskError: A file cannot be read.
    """
    scans = {}
    for plan, found in zip(passes.plans, passes.found, strict=True):
        with _naming(plan.table), suppress(PolarsError):  # of a file that has changed meanwhile
            if proved := _proved(plan, found, passes.structures, passes.seed):
                scans[plan.table.name] = proved
    return scans


def _pass(plan: Plan, seed: int) -> pl.DataFrame | None:
    """What the one query finds; none when the reader refuses the file."""
    with _naming(plan.table), suppress(PolarsError):
        return query(plan, seed).collect(engine="streaming")
    return None


@contextmanager
def _naming(table: LargeCsv) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DiskError(f"cannot read {table.file}: {error.strerror or error}", "check its mode") from error


def _proved(plan: Plan, found: pl.DataFrame | None, structures: Structures, seed: int) -> Scan | None:
    """What a pass gave; none when the file may be another than the reader took it for.

    When it holds empty cells in quotes, which the plan did not expect, the pass is made again.
    """
    form = structures.of(plan.table)
    if form.empties and not plan.empties:
        again = replace(plan, empties=True)
        return _proved(again, _pass(again, seed), structures, seed)
    if found is None:
        return None
    rows, content = len(found), int(found["content"].cast(pl.UInt64).sum())
    if not form.holds(plan.table, rows, len(plan.schema.names), content) or (plan.canonical and form.returns):
        return None
    if found["blank"].any() and _has_blank_rows(plan):
        return None
    if any(found[f"grammar {name}"].any() and _has_loose_texts(plan, name) for name in plan.grammars):
        return None
    keys = {key: found[f"key {index}"] for index, key in enumerate(plan.keys)}
    alike = tuple(
        key
        for index, key in enumerate(plan.alike)
        if found[f"odd {index}"].any() or found[f"folded {index}"].n_unique() < keys[key].n_unique()
    )
    suspects = _true(found["suspects"])
    if unfit := list(_unfit(plan)):
        suspects = suspects.append(find_rows(plan, unfit))
    return Scan(plan, rows, suspects, pl.Series(form.doubts, dtype=pl.UInt32), form.index, keys, alike)


def _has_blank_rows(plan: Plan) -> bool:
    """Whether all cells of a row are missing; asked when one is that should not be."""
    blank = pl.all_horizontal(pl.col(name).is_null() for name in plan.schema.names)
    return bool(scan(plan).select(blank.any()).collect(engine="streaming").item())


def find_rows(plan: Plan, masks: list[pl.Expr]) -> pl.Series:
    """The rows for which an expression is true, by a further pass."""
    return _true(scan(plan).select(suspicious(masks).alias("suspects")).collect(engine="streaming")["suspects"])


def _true(bits: pl.Series) -> pl.Series:
    return bits.fill_null(False).arg_true()


def _has_loose_texts(plan: Plan, name: str) -> bool:
    """Whether a field of a key holds a value in another form than the canonical one, so that texts are no keys."""
    kind = plan.schema.field(name).value_type
    assert kind is not None
    odd = scan(plan).filter(plan.grammars[name]).select(pl.col(name).unique()).collect(engine="streaming")[name]
    return any(_is_readable(kind.read, text) for text in odd)


def _is_readable(read: Callable[[str], Any], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _unfit(plan: Plan) -> Iterator[pl.Expr]:
    """What is true for the cells whose text the kernel refuses, of the fields that no mask can judge."""
    if not plan.distinct:
        return
    for texts in distinct_texts(plan).collect(engine="streaming"):
        judge = compile_judge(plan.schema.field(texts.name), plan.canonical)
        bad = [text for text in texts.explode() if judge(text or "")]
        column = pl.col(texts.name)
        if bad:
            yield column.is_in([text for text in bad if text is not None])
        if None in bad:
            yield column.is_null()
