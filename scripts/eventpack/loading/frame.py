"""A table as a polars frame that can be filtered in the codebook's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from eventpack.loading.tables import Tables

Words = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Making:
    """How a frame was made: from which table of which dataset, by which words."""

    tables: Tables
    table: str
    words: Words = ()


class Frame(pl.DataFrame):
    """A polars frame of one table; calling it filters it. What polars makes of it is a plain `polars.DataFrame`.

    Words are fields of the table (`realis="occurred"`, `type=["ASSAULT", "CONSULT-phone"]`; a code takes the narrower
    ones along, None is missing, a frame stands for its keys), for events also those of `events_flat`, and `between`,
    `event`, `min_sources`, `min_independent` and `min_claims`; all of them must hold.
    """

    def __init__(self, data: pl.DataFrame, making: Making) -> None:
        super().__init__(data)
        self._making = making

    def __call__(self, **words: object) -> Frame:
        """The rows that keep every word.

        Raises:
            EventpackError: A word or a code is unknown; the error names what was probably meant, and what there is.
        """
        from eventpack.loading.filtering import narrow  # a frame need not be filtered

        made, asked = self._making, _frozen(words)
        kept = narrow(made.tables, made.table, self, asked)
        return Frame(kept, Making(made.tables, made.table, (*made.words, *asked)))

    @classmethod
    def _from_pydf(cls, py_df: Any) -> pl.DataFrame:
        return pl.DataFrame._from_pydf(py_df)  # the rows of a result need not be those of the table any more

    def __reduce__(self) -> Any:
        return pl.DataFrame, (self.get_columns(),)  # another process has no dataset to ask


def making_of(frame: object) -> Making | None:
    """How a frame was made; none for those that are not of a dataset."""
    return frame._making if isinstance(frame, Frame) else None


def _frozen(words: Mapping[str, object]) -> Words:
    """The words as they are now: what can be run through only once, or changed later, is kept as a list."""
    return tuple((word, _held(wanted)) for word, wanted in words.items())


def _held(wanted: object) -> object:
    if isinstance(wanted, pl.LazyFrame):
        return wanted.collect()
    whole = isinstance(wanted, (str, bytes, tuple, pl.Series)) or hasattr(wanted, "columns")
    return list(wanted) if isinstance(wanted, Iterable) and not whole else wanted
