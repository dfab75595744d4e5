"""What bringing an extract up to date found: its rows as they are now, and what became of those that it held."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from eventpack.comparing.difference import RecordChange
from eventpack.errors import EventpackError
from eventpack.loading.tableupdate import TableUpdate
from eventpack.loading.updatetext import as_text

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Update:
    """An older extract brought up to date; printed, it is the report. `about` says what the new rows are."""

    old: str
    new: str
    tables: Mapping[str, TableUpdate]
    about: Mapping[str, object] = field(default_factory=dict)

    @property
    def equal(self) -> bool:
        """Whether nothing differs."""
        return not any(True for one in self.tables.values() for _ in one.parts())

    @property
    def frame(self) -> pl.DataFrame:
        """The rows as they are now, when the extract is of one table.

        Raises:
            EventpackError: It is of several.
        """
        return self._only().frame

    @property
    def changed(self) -> list[RecordChange]:
        """The records with other values."""
        return self._all("changed")

    @property
    def withdrawn(self) -> list[RecordChange]:
        """The records that were taken out of the data."""
        return self._all("withdrawn")

    @property
    def merged(self) -> list[RecordChange]:
        """The records that went into another one, with the `redirect`."""
        return self._all("merged")

    @property
    def split(self) -> list[RecordChange]:
        """The records that were split, with the `redirect`."""
        return self._all("split")

    @property
    def removed(self) -> list[RecordChange]:
        """The records that are gone, and no redirect says why."""
        return self._all("removed")

    @property
    def left(self) -> list[RecordChange]:
        """The records that no longer fit the filter."""
        return self._all("left")

    @property
    def added(self) -> list[RecordChange]:
        """The records that fit the filter now and did not stand in the extract."""
        return self._all("added")

    def write(self, path: str | Path) -> Path:
        """Write the rows as they are now into a file that ends with .csv or .parquet; returns its path.

        A Parquet file says what it was filtered by, and from which version, for the next update.

        Raises:
            EventpackError: The extract is of several tables, or the file is to be of another kind.
            DiskError: The folder refuses; nothing was changed.
        """
        from eventpack.csvtext import csv_bytes
        from eventpack.files import replacing, write_atomically
        from eventpack.loading.celltext import frame_texts
        from eventpack.loading.extracts import METADATA

        only, place = self._only(), Path(path)
        if place.suffix.lower() == ".parquet":
            with replacing(place) as file:
                only.frame.write_parquet(file, metadata={METADATA: json.dumps(self.about, ensure_ascii=False)})
        elif place.suffix.lower() == ".csv":
            columns = frame_texts(only.frame, only.fields)
            write_atomically(place, csv_bytes(list(columns), zip(*columns.values(), strict=True)))
        else:
            raise EventpackError(f"{place} is neither CSV nor Parquet", "let its name end with .csv or .parquet")
        return place

    def _all(self, fate: str) -> list[RecordChange]:
        return [change for table in self.tables.values() for change in getattr(table, fate)]

    def _only(self) -> TableUpdate:
        if len(self.tables) != 1:
            raise EventpackError("the update is of several tables", f"take one of .tables: {', '.join(self.tables)}")
        return next(iter(self.tables.values()))

    def __str__(self) -> str:
        return as_text(f"{self.old} → {self.new}", self.tables)

    __repr__ = __str__
