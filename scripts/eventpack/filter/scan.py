"""The one pass over a large table: either nothing in it can be wrong, or where to look."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl

from eventpack.filter.plan import Key, Plan, key_text, queries, scan
from eventpack.filter.structure import read_structure
from eventpack.judge import compile_judge


@dataclass(frozen=True, slots=True)
class Scan:
    """What the pass over a table gave: its rows, the expressions that are true for suspects, and its keys as hashes."""

    plan: Plan
    rows: int
    suspects: tuple[pl.Expr, ...]
    keys: Mapping[Key, pl.Series]


def run_scan(plan: Plan, seed: int) -> Scan | None:
    """Pass over a table; none when its form is not that of RFC 4180 with LF, so that the kernel must read it.

    The bytes are looked at in another thread meanwhile: what the columnar reader lets pass shows there.

    Raises:
        PolarsError: The reader refuses the file.
    """
    with ThreadPoolExecutor(1) as other:
        structure = other.submit(read_structure, plan.table.file)
        found = scan(plan.table).select(queries(plan, seed)).collect(engine="streaming")
    rows, content, blank = (found[name].item() for name in ("rows", "content", "blank"))
    if blank or not structure.result().holds(plan.table.header, rows, len(plan.schema.names), content):
        return None
    suspects = [mask for index, mask in enumerate(plan.masks) if found[f"mask {index}"].item()]
    suspects += [mask for name in plan.distinct if (mask := _judged(plan, name, found[f"distinct {name}"])) is not None]
    keys = {key: found[f"key {index}"].explode() for index, key in enumerate(plan.keys)}
    return Scan(plan, rows, tuple(suspects), keys)


def _judged(plan: Plan, name: str, texts: pl.Series) -> pl.Expr | None:
    """What is true for the cells whose text the kernel refuses."""
    judge = compile_judge(plan.schema.field(name), plan.canonical)
    bad = [text for text in texts.explode() if judge(text or "")]
    if not bad:
        return None
    column = pl.col(name)
    mask = column.is_in([text for text in bad if text is not None])
    return mask | column.is_null() if None in bad else mask


def repeated(key: Key, hashes: pl.Series, seed: int) -> pl.Expr | None:
    """What is true for rows whose key stands more than once; none when there are none."""
    if hashes.n_unique() == len(hashes):
        return None
    return key_text(key).hash(seed).is_in(hashes.filter(hashes.is_duplicated()).unique().implode())


def dangling(key: Key, hashes: pl.Series, known: pl.Series, seed: int) -> pl.Expr | None:
    """What is true for rows whose key is not among the known ones; none when all are."""
    lost = pl.DataFrame({"key": hashes}).lazy().join(pl.DataFrame({"key": known}).lazy(), on="key", how="anti")
    values = lost.unique().collect()["key"]
    if not len(values):
        return None
    return key_text(key).is_not_null() & key_text(key).hash(seed).is_in(values.implode())
