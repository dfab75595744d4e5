"""What differs between two states of a package: records, cells and schemas, as values without an opinion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Fate = Literal["added", "removed", "changed"]
Step = Literal["major", "minor", "patch", "none"]
Key = tuple[str, ...]
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CellChange:
    """A field with another text than before; labels name the records that a foreign key leads to."""

    field: str
    old: str
    new: str
    old_label: str = ""
    new_label: str = ""


@dataclass(frozen=True, slots=True)
class Redirect:
    """What became of an id: `merged-into`, `split-into` or `withdrawn`; `to` are the ids to use instead."""

    outcome: str
    to: tuple[str, ...]
    reason: str = ""

    def __str__(self) -> str:
        said = self.outcome.replace("-", " ")
        return f"{said} {', '.join(self.to)}" if self.to else said


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record that differs.

    `row` is the record as it is now, or as it was when it is gone. `cells` are the fields that changed; for a record
    that came or went there are none. A record with a `redirect` left its id: withdrawn ones are removed; merged and
    split ones are changed, without cells when what they went into was there before, and with the new `key` when their
    row goes on under it. `parent` is the table and id of the record inside which it is written; `leads` says, by field,
    what the records are called to which the row's foreign keys lead.
    """

    table: str
    key: Key
    fate: Fate
    row: Row
    cells: tuple[CellChange, ...] = ()
    label: str = ""
    redirect: Redirect | None = None
    parent: tuple[str, str] | None = None
    leads: Mapping[str, str] = field(default_factory=dict)

    @property
    def gone(self) -> bool:
        """Whether no row goes on under its key."""
        return self.fate == "removed" or (self.redirect is not None and not self.cells)

    @property
    def what(self) -> str:
        """What became of it, in words."""
        return str(self.redirect) if self.redirect else self.fate


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A key that stands in more than one record, so that nobody can say which is which; how often, before and now."""

    key: Key
    old: int
    new: int
    differs: bool


@dataclass(frozen=True)
class TableDifference:
    """The records of one table that differ, by key.

    Without a key, whole rows are compared, and `candidates` are columns that could be one. `relation` says that the
    key holds a foreign key, so that it names a relation and not a thing; `referenced` that keys of other tables lead
    here; `bookkeeping` that rows tell of other tables.
    """

    name: str
    key: Key
    changes: Sequence[RecordChange]
    duplicates: Sequence[Duplicate] = ()
    candidates: Sequence[Key] = ()
    relation: bool = False
    referenced: bool = False
    bookkeeping: bool = False

    def of(self, fate: Fate) -> list[RecordChange]:
        """The records with one fate."""
        return [change for change in self.changes if change.fate == fate]

    @cached_property
    def counts(self) -> Counter[str]:
        """How many records have which fate."""
        return Counter(change.fate for change in self.changes)

    @cached_property
    def fields(self) -> Mapping[str, int]:
        """In how many records each field changed, most often first."""
        found = Counter(cell.field for change in self.changes for cell in change.cells)
        return dict(sorted(found.items(), key=lambda item: -item[1]))

    @property
    def differs(self) -> bool:
        """Whether any record does."""
        return bool(self.changes) or any(one.differs for one in self.duplicates)


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """A difference of descriptor or schemas, with the step that it asks for; `hint` says what it may really be."""

    table: str
    field: str
    kind: str
    old: str
    new: str
    step: Step
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step is asked for, as a sentence without subject: "3 new records in claims"."""

    step: Step
    say: str


@dataclass(frozen=True)
class Difference:
    """All that differs between `old` and `new`, which are names of the two.

    `reasons` for the step of the version stand in its order, the largest first. `left_out` are derived tables;
    `labels` say what the records are called inside which others are written, `titles` what fields are called, by table
    and name.
    """

    old: str
    new: str
    tables: Mapping[str, TableDifference]
    schema: Sequence[SchemaChange] = ()
    reasons: Sequence[Reason] = ()
    left_out: Sequence[str] = ()
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)
    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def equal(self) -> bool:
        """Whether nothing differs."""
        return not self.schema and not any(table.differs for table in self.tables.values())

    @property
    def step(self) -> Step:
        """The step of the version that follows: the largest that anything asks for."""
        return self.reasons[0].step if self.reasons else "none"

    @property
    def records(self) -> list[RecordChange]:
        """The records of all tables that differ."""
        return [change for table in self.tables.values() for change in table.changes]
