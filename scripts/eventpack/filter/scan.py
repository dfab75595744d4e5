"""The one pass over a large table: either nothing in it can be wrong, or where to look."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import polars as pl

from eventpack.filter.plan import Key, Plan, key_text, queries, scan
from eventpack.filter.structure import Watch, read_structure
from eventpack.judge import compile_judge

_MOST_REPEATED = 50_000  # keys; with more the table is wrong anyway


@dataclass(frozen=True, slots=True)
class Scan:
    """What the pass over a table gave.

    Its rows, the expressions that are true for suspects, the bytes at which characters stand that must be looked at,
    its keys as hashes, and those keys of text that may look alike.
    """

    plan: Plan
    rows: int
    suspects: tuple[pl.Expr, ...]
    doubts: Any
    keys: Mapping[Key, pl.Series]
    alike: tuple[Key, ...]


def run_scan(plan: Plan, seed: int, watch: Watch | None = None) -> Scan | None:
    """Pass over a table; none when its form cannot be proved, so that the kernel must read it.

    The bytes are looked at in another thread meanwhile: what the columnar reader lets pass shows there.

    Raises:
        PolarsError: The reader refuses the file.
    """
    with ThreadPoolExecutor(1) as other:
        structure = other.submit(read_structure, plan.table, watch)
        found = scan(plan).select(queries(plan, seed)).collect(engine="streaming")
        form = structure.result()
    rows, content, blank = (found[name].item() for name in ("rows", "content", "blank"))
    if blank or (plan.canonical and form.returns) or not form.holds(plan.table, rows, len(plan.schema.names), content):
        return None
    if any(found[f"grammar {name}"].item() and _has_loose_texts(plan, name) for name in plan.grammars):
        return None
    suspects = [mask.suspects for index, mask in enumerate(plan.masks) if found[f"mask {index}"].item()]
    suspects += [mask for name in plan.distinct if (mask := _judged(plan, name, found[f"distinct {name}"])) is not None]
    keys = {key: found[f"key {index}"].explode() for index, key in enumerate(plan.keys)}
    alike = tuple(
        key
        for index, key in enumerate(plan.alike)
        if found[f"odd {index}"].item() or found[f"alike {index}"].explode().n_unique() < keys[key].n_unique()
    )
    return Scan(plan, rows, tuple(suspects), form.doubts[form.doubts >= plan.table.header], keys, alike)


def _has_loose_texts(plan: Plan, name: str) -> bool:
    """Whether a field of a key holds a value in another form than the canonical one, so that texts are no keys."""
    kind = plan.schema.field(name).value_type
    assert kind is not None
    odd = scan(plan).filter(plan.grammars[name]).select(pl.col(name).unique()).collect(engine="streaming")[name]
    return any(_is_readable(kind.read, text) for text in odd)


def _is_readable(read: Any, text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


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
    twice = hashes.filter(hashes.is_duplicated()).unique().head(_MOST_REPEATED)
    return key_text(key).hash(seed).is_in(twice.implode())


def dangling(key: Key, hashes: pl.Series, known: pl.Series, seed: int) -> pl.Expr | None:
    """What is true for rows whose key is not among the known ones; none when all are."""
    lost = pl.DataFrame({"key": hashes}).lazy().join(pl.DataFrame({"key": known}).lazy(), on="key", how="anti")
    values = lost.unique().collect()["key"]
    if not len(values):
        return None
    return key_text(key).is_not_null() & key_text(key).hash(seed).is_in(values.implode())
