"""A table as a polars frame that can be filtered in the codebook's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

Narrow = Callable[[pl.DataFrame, Mapping[str, object]], pl.DataFrame]


class Frame(pl.DataFrame):
    """A polars frame of one table; calling it filters it. What polars makes of it is a plain `polars.DataFrame`.

    Words are fields of the table (`realis="occurred"`, `type=["ASSAULT", "CONSULT-phone"]`; a code takes the narrower
    ones along, None is missing, a frame stands for its keys), for events also those of `events_flat`, and `between`,
    `event`, `min_sources`, `min_independent` and `min_claims`; all of them must hold.
    """

    def __init__(self, data: pl.DataFrame, narrow: Narrow) -> None:
        super().__init__(data)
        self._narrow = narrow

    def __call__(self, **words: object) -> Frame:
        """The rows that keep every word.

        Raises:
            EventpackError: A word or a code is unknown; the error names what was probably meant, and what there is.
        """
        return Frame(self._narrow(self, words), self._narrow)

    @classmethod
    def _from_pydf(cls, py_df: Any) -> pl.DataFrame:
        return pl.DataFrame._from_pydf(py_df)  # the rows of a result need not be those of the table any more

    def __reduce__(self) -> Any:
        return pl.DataFrame, (self.get_columns(),)  # another process has no dataset to ask
