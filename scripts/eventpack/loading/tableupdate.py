"""What became of the rows of one table since an extract was made of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from eventpack.comparing.difference import Key, RecordChange, TableDifference

if TYPE_CHECKING:
    import polars as pl

    from eventpack.schema import Field

FATES: Mapping[str, str] = {
    "changed": "changed", "withdrawn": "withdrawn", "merged": "merged", "split": "split",
    "removed": "removed", "left": "no longer fitting the filter", "added": "new",
}  # fmt: skip
"""The parts of an update in their order, with how they are told."""
_REDIRECTED = {"withdrawn": "withdrawn", "merged-into": "merged", "split-into": "split"}


@dataclass(frozen=True)
class TableUpdate:
    """What became of the rows of one table.

    `frame` holds the rows as they are now: the columns of the extract, in its order, new rows last. `changed` are
    records with other values; `merged` and `split` have a `redirect` that says into which; `withdrawn` ones were taken
    out of the data; `removed` ones are gone, and no redirect says why. `left` are records that no longer fit the
    filter, and `added` those that do now and did not stand in the extract; both are empty where no filter is known.
    """

    table: str
    frame: pl.DataFrame
    before: int
    changed: Sequence[RecordChange] = ()
    withdrawn: Sequence[RecordChange] = ()
    merged: Sequence[RecordChange] = ()
    split: Sequence[RecordChange] = ()
    removed: Sequence[RecordChange] = ()
    left: Sequence[RecordChange] = ()
    added: Sequence[RecordChange] = ()
    notes: Sequence[str] = ()
    fields: Mapping[str, Field] = field(default_factory=dict)

    def parts(self) -> Iterator[tuple[str, Sequence[RecordChange]]]:
        """What became of records, by name, where there are any."""
        for name in FATES:
            if held := getattr(self, name):
                yield name, held


def sorted_out(
    found: TableUpdate,
    difference: TableDifference,
    come: Collection[Key] | None = None,
    left: Sequence[RecordChange] = (),
) -> TableUpdate:
    """An update with what differs, by what became of it; of added records only those that `come`, or all."""
    parts: dict[str, list[RecordChange]] = {name: [] for name in FATES}
    gone = {change.key: at for at, change in enumerate(left)}
    parts["left"] = list(left)
    for change in difference.changes:
        if change.redirect:
            parts[_REDIRECTED.get(change.redirect.outcome, "removed")].append(_as_it_was(change, difference.key))
        elif change.fate == "removed":
            parts["removed"].append(change)
        elif change.fate == "added":
            if come is None or change.key in come:
                parts["added"].append(change)
        elif change.key in gone:
            parts["left"][gone[change.key]] = change
        else:
            parts["changed"].append(change)
    return replace(
        found, changed=parts["changed"], withdrawn=parts["withdrawn"], merged=parts["merged"], split=parts["split"],
        removed=parts["removed"], left=parts["left"], added=parts["added"],
    )  # fmt: skip


def _as_it_was(change: RecordChange, key: Key) -> RecordChange:
    """A record that goes on under another id, under the one that it had."""
    old = {cell.field: cell.old for cell in change.cells}
    cells = tuple(cell for cell in change.cells if cell.field not in key)
    return replace(change, key=tuple(old.get(name, id) for name, id in zip(key, change.key, strict=True)), cells=cells)
