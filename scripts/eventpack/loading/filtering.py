"""Filters in the codebook's words: `events(realis="occurred", between=("2026-03-01", "2026-03-05"))`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from eventpack.errors import EventpackError
from eventpack.loading.eventwords import WORDS
from eventpack.loading.masks import Compared, field_mask
from eventpack.loading.reach import Reach
from eventpack.loading.tables import Tables


def narrow(tables: Tables, name: str, frame: pl.DataFrame, words: Iterable[tuple[str, object]]) -> pl.DataFrame:
    """The rows of a frame of the table that keep every word; order and columns stay. A word may stand several times.

    Raises:
        EventpackError: A word, or its value, cannot be meant.
    """
    reach = Reach.of(tables, name)
    masks = list(_masks(reach, words))
    if not masks:
        return frame
    wide = reach.widen(frame, {name for _, fields in masks for name in fields})
    return wide.filter(*(mask for mask, _ in masks)).select(frame.columns)


def _masks(reach: Reach, words: Iterable[tuple[str, object]]) -> Iterator[tuple[pl.Expr, list[str]]]:
    """Per word its mask and the fields that it looks at; a field goes before a word of the same name."""
    allowed = reach.words()
    for word, wanted in words:
        if step := reach.step(word):
            field, target, key, rest = step
            kept = narrow(reach.tables, target, reach.tables.frame(target), [(rest, wanted)])
            keys = kept[key].drop_nulls().cast(pl.String)
            yield pl.col(field).cast(pl.String).is_in(keys.implode()), [field]
        elif field := reach.meant(word):
            yield field_mask(reach.tables, reach.homes[field], reach.field(field), wanted), [field]
        elif word in allowed:
            if isinstance(wanted, Compared):
                raise EventpackError(f"`{word}` takes no `{wanted.sign}`", f"write {word}=…")
            fields = reach.at_hand({**WORDS[word].needs, **WORDS[word].uses})
            yield WORDS[word].mask(wanted, fields), fields
        else:
            raise reach.unknown(word)
