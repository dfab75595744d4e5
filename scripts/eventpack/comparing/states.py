"""The tables of two states, side by side: their keys, their columns, and the rows that differ."""

from __future__ import annotations

import filecmp
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from eventpack.comparing.difference import Key
from eventpack.comparing.keys import candidates, offer
from eventpack.comparing.pairing import RowDifference, UnusableKey, pair_tables
from eventpack.comparing.sides import LONE, Side
from eventpack.errors import EventpackError
from eventpack.finding import Finding, near_miss
from eventpack.schema import Schema
from eventpack.subject import read_large
from eventpack.tables import Table
from eventpack.values import missing_texts

if TYPE_CHECKING:
    from eventpack.comparing.rowhash import LargeSide


class States:
    """Two states, and the rows that differ between their tables."""

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new

    @cached_property
    def names(self) -> list[str]:
        """The tables of either state, in the order of the new one; lone ones have the name of the new file."""
        if self.new.lone:
            return [self.new.lone]
        held = [resource.name for side in (self.new, self.old) for resource in side.subject.package.tables]
        return list(dict.fromkeys(held))

    def key(self, name: str, wanted: Key | None) -> Key:
        """The columns that tell rows apart: those that are wanted, or the primary key that both states have.

        Raises:
            EventpackError: A column is not there.
        """
        if wanted is None:
            keys = [tuple(schema.primary_key) for schema in reversed(self._schemas(name)) if schema.primary_key]
            return next((key for key in keys if not self._lacking(name, key)), ())
        for part, columns in self._lacking(name, wanted):
            fix = f"name columns that both have, such as: {', '.join(columns[:8])}"
            raise EventpackError(f"{name} has no column `{part}`{near_miss(part, columns)}", fix)
        return wanted

    def rows(self, name: str, key: Key) -> RowDifference:
        """The rows that differ; without a key, whole rows are compared.

        Raises:
            EventpackError: The key is none, since most rows share theirs; or a table cannot be read.
        """
        try:
            return self._rows(name, key)
        except UnusableKey as error:
            table = "" if self.new.lone else name
            raise EventpackError(f"{name}: {error.what}", offer(self.candidates(name), table)) from None

    def candidates(self, name: str) -> Sequence[Key]:
        """Columns that could be the key of a table."""
        if large := self._large(name):
            from eventpack.comparing.largekeys import large_candidates  # polars: 170 ms

            found = large_candidates(*large)
            if found is not None:
                return found
        return candidates(self._text(self.old, name), self._text(self.new, name))

    def _rows(self, name: str, key: Key) -> RowDifference:
        if large := self._large(name):
            if _are_same(*large):
                return RowDifference()
            from eventpack.comparing.columnar import pair_large  # polars: 170 ms

            found = pair_large(*large, key)
            if found is not None:
                return found
        return pair_tables(self._text(self.old, name), self._text(self.new, name), key)

    def _schemas(self, name: str) -> list[Schema]:
        """The schemas of a table in the states that have it."""
        held = (side.subject.package.schemas.get(_local(side, name)) for side in (self.old, self.new))
        return [schema for schema in held if schema]

    def _lacking(self, name: str, key: Key) -> list[tuple[str, list[str]]]:
        """The columns of a key that a state lacks, with the columns that it has."""
        names = [schema.names for schema in self._schemas(name)]
        return [(part, columns) for columns in names for part in key if part not in columns]

    def _large(self, name: str) -> tuple[LargeSide, LargeSide] | None:
        """The two tables, when both stay on disk."""
        found = list(self._large_sides(name))
        return (found[0], found[1]) if len(found) == 2 else None

    def _large_sides(self, name: str) -> Iterator[LargeSide]:
        for side in (self.old, self.new):
            if table := side.subject.large.get(_local(side, name)):
                from eventpack.comparing.rowhash import LargeSide  # polars: 170 ms

                schema, null = side.subject.package.schemas[table.name], table.dialect.null_sequence
                also = frozenset(() if null is None else (null,))
                yield LargeSide(table, schema.names, [missing_texts(schema, field) | also for field in schema.fields])

    def _text(self, side: Side, name: str) -> Table:
        """A table as text; an empty one with the other's columns when a state lacks it."""
        local = _local(side, name)
        if local in side.subject.tables:
            return side.subject.tables[local]
        if local in side.subject.large:
            return _read(side, local)
        other = self._text(self.new if side is self.old else self.old, name)
        return Table(name, dict.fromkeys(other.columns, ()), 0, other.where)


def _are_same(old: LargeSide, new: LargeSide) -> bool:
    """Whether two files hold the same bytes, and mean the same by them."""
    meant = [(side.names, side.missing, side.table.dialect) for side in (old, new)]
    return meant[0] == meant[1] and filecmp.cmp(old.table.file, new.table.file, shallow=False)


def _read(side: Side, name: str) -> Table:
    """A large table as text after all."""
    findings: list[Finding] = []
    table = read_large(side.subject.package, side.subject.large[name], findings)
    for finding in findings:
        if finding.severity == "error":
            where = replace(finding.where, path=side.label) if side.lone else f"{side.label}: {finding.where}"
            raise EventpackError(f"{where}: {finding.what}", finding.fix)
    assert table is not None
    return table


def _local(side: Side, name: str) -> str:
    """What a table is called in the package of its state."""
    return LONE if side.lone else name
