"""Keys of a large table that are equal or look alike: which rows have them, those of one likeness together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import polars as pl

from eventpack.characters import plain_form, seen_form
from eventpack.filter.keys import JOIN, ODD, Key, key_hash, key_text
from eventpack.filter.plan import scan as rows_of
from eventpack.filter.scan import Scan

_SOME = 100_000  # keys that stand as text at once


def repeated(hashes: pl.Series) -> pl.Series:
    """The rows whose key stands more than once, those of one key one after another."""
    known = hashes.drop_nulls()
    if known.n_unique() == len(known):
        return pl.Series(dtype=pl.UInt32)
    return _grouped(hashes, known.filter(known.is_duplicated()))


def near(scan: Scan, key: Key, seed: int) -> pl.Series:
    """The rows whose key looks like that of another row and is not the same; like ones one after another.

    Keys of plain ASCII look alike when they differ in case alone, which the engine tells; what others look like is
    worked out here.
    """
    odd = key_text(key).str.contains(ODD).fill_null(False)
    columns = key_hash(key, seed, folded=True).alias("look"), odd.alias("odd")
    found = rows_of(scan.plan).select(columns).collect(engine="streaming")
    looks, places = [found["look"]], found["odd"].arg_true()
    if len(places):
        texts = rows_of(scan.plan).filter(odd).select(key).collect(engine="streaming")
        looks = [looks[0].clone().scatter(places, _hashes(texts, form, seed)) for form in (plain_form, seen_form)]
    rows = [_grouped(look, _shared(look, scan.keys[key])) for look in looks]
    return pl.concat(rows).unique(maintain_order=True)


def _hashes(texts: pl.DataFrame, form: Callable[[str], str], seed: int) -> pl.Series:
    parts = (part.rows() for part in texts.iter_slices(_SOME))
    hashed = [pl.Series([JOIN.join(map(form, key)) for key in part], dtype=pl.String).hash(seed) for part in parts]
    return pl.concat(hashed)


def _shared(looks: pl.Series, keys: pl.Series) -> pl.Series:
    """The looks that several keys have."""
    if looks.n_unique() == keys.n_unique():
        return looks.clear()
    pairs = pl.DataFrame({"look": looks, "key": keys}).drop_nulls().unique()["look"]
    return pairs.filter(pairs.is_duplicated())


def _grouped(values: pl.Series, wanted: pl.Series) -> pl.Series:
    """The rows with some of the values, those of one value one after another, in the order of their first rows."""
    rows = values.is_in(wanted.unique().implode()).fill_null(False).arg_true()
    frame = pl.DataFrame({"row": rows, "value": values.gather(rows)})
    return frame.sort(pl.col("row").min().over("value"), "row")["row"]


def alike(keys: Sequence[tuple[str, ...]]) -> list[int]:
    """The rows whose key is not that of another row and looks like it."""
    forms = {key: [tuple(map(form, key)) for form in (plain_form, seen_form)] for key in keys if all(key)}
    plain, seen = (Counter(both[index] for both in forms.values()) for index in (0, 1))
    like = {key for key, (one, other) in forms.items() if plain[one] > 1 or seen[other] > 1}
    return [row for row, key in enumerate(keys) if key in like]


def doubles(key: tuple[str, ...], cases: Sequence[Mapping[int, str]]) -> Iterator[str]:
    """The texts of keys in the right letters that look like another key."""
    for form in (plain_form, seen_form):
        parts = [form(text).translate(case) if case else text for text, case in zip(key, cases, strict=True)]
        if tuple(parts) != key:
            yield JOIN.join(parts)
