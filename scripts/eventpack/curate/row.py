"""One row that is laid out to be changed."""

from __future__ import annotations

from dataclasses import dataclass

from eventpack.drafts import Part
from eventpack.files import RECORD_SUFFIXES


@dataclass(slots=True, eq=False)
class Row:
    """One row, complete, and the file in which it stands; `number` is its place in its record, -1 for the record's own.

    `part` is it as a draft, once its record is to be changed.
    """

    table: str
    cells: dict[str, str]
    path: str
    number: int = -1
    part: Part | None = None

    @property
    def nested(self) -> bool:
        """Whether it stands in a record file."""
        return self.path.endswith(RECORD_SUFFIXES)
