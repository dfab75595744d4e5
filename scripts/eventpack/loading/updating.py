"""An older extract brought up to date: its rows found again, by redirects where need be, and compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import polars as pl

from eventpack.comparing import diff
from eventpack.comparing.difference import Key, RecordChange, TableDifference
from eventpack.comparing.names import label_field
from eventpack.comparing.records import Described
from eventpack.comparing.redirects import redirects_of
from eventpack.errors import EventpackError
from eventpack.loading.celltext import cell_texts, frame_texts
from eventpack.loading.conditions import read_conditions, write_conditions
from eventpack.loading.extracts import FOR_MISSING, Extract, plain_texts, read_extract
from eventpack.loading.filtering import narrow
from eventpack.loading.frame import Words
from eventpack.loading.matching import origin_of, require_same_dataset, table_of
from eventpack.loading.reach import Reach
from eventpack.loading.redirected import heirs, renewed
from eventpack.loading.subjects import side_of, text_table
from eventpack.loading.tables import Tables
from eventpack.loading.tableupdate import TableUpdate, sorted_out
from eventpack.loading.texts import path_of
from eventpack.loading.update import Update
from eventpack.schema import Field

Where = Mapping[str, object] | Sequence[str]
_ROW = "\x00row"


def update_extract(tables: Tables, held: object, table: str = "", where: Where | None = None) -> Update:
    """An extract of one table brought up to date with a dataset.

    Raises:
        EventpackError: It is no extract of this dataset, its rows cannot be told apart, or its filter cannot be meant.
    """
    extract = read_extract(held)
    require_same_dataset(tables, extract)
    updating = _Updating(tables, extract, table_of(tables, extract, table), where)
    name, version = origin_of(extract)
    old = f"{extract.label} ({name} {version})" if name else extract.label
    return Update(old, _named(tables), {updating.table: updating.update()}, updating.about)


def update_dataset(tables: Tables, old: Tables, table: str = "") -> Update:
    """All tables of an older version compared with those of a dataset.

    Those that are built from others are left out, since they follow, and those that keep books of the others.
    """
    if old.package.descriptor.name != tables.package.descriptor.name:
        what = f"the older one is `{old.package.descriptor.name}`, not `{tables.package.descriptor.name}`"
        raise EventpackError(what, "update versions of one dataset")
    found = diff(path_of(old.package), path_of(tables.package), tables=[table] if table else ())
    parts = {
        name: sorted_out(TableUpdate(name, tables.frame(name), old.size(name)), difference)
        for name, difference in found.tables.items()
        if name in tables.names and name in old.names and not difference.bookkeeping
    }
    return Update(_named(old), _named(tables), parts)


def _named(tables: Tables) -> str:
    descriptor = tables.package.descriptor
    return f"{descriptor.name} {descriptor.version}".strip()


class _Updating:
    """One extract of one table, on the way to what it is now."""

    def __init__(self, tables: Tables, extract: Extract, table: str, where: Where | None) -> None:
        self.table = table
        self._tables, self._extract, self._where = tables, extract, where
        self._reach = Reach.of(tables, table)
        self._key = tuple(tables.schema(table).primary_key)
        self._redirects = redirects_of(side_of("", tables, text_table(table, {})).subject)
        self._whole = tables.frame(table)
        own = [cell_texts(self._whole[name], self._reach.field(name)) for name in self._key]
        self._keys: list[Key] = list(zip(*own, strict=True))
        self._now = {key: row for row, key in enumerate(self._keys)}
        self._notes = list(extract.notes)
        self._known = {name: found for name in extract.texts if (found := self._column(name)) is not None}
        self._own = [name for name in extract.texts if name not in self._known]

    @property
    def about(self) -> dict[str, object]:
        """What the updated rows are, for the next update."""
        descriptor = self._tables.package.descriptor
        told = {"dataset": descriptor.name, "version": descriptor.version, "table": self.table}
        words = self._words()
        where = None if words is None else write_conditions(words)
        return dict(told) if where is None else {**told, "where": where}

    def update(self) -> TableUpdate:
        """What became of the rows."""
        old = {name: self._plain(name) for name in self._known}
        before: list[Key] = list(zip(*(old[name] for name in self._key), strict=True))
        self._require_keys(before)
        led = {key: self._heirs(key) for key in before}
        kept = {one for keys in led.values() for one in keys}
        fitting = self._fitting()
        difference = self._compare(old, kept | (fitting or set()))
        left = kept - fitting if fitting is not None else set()
        come = fitting - kept if fitting is not None else set()
        places = {key: row for key, row in self._places(before, led).items() if key not in left}
        frame = self._frame(places | dict.fromkeys(sorted(come, key=self._now.__getitem__)))
        found = TableUpdate(
            self.table, frame, len(before), notes=self._notes,
            fields={name: field for name, (field, _) in self._known.items()},
        )  # fmt: skip
        return sorted_out(found, difference, come, [self._left(key) for key in sorted(left)])

    def _column(self, name: str) -> tuple[Field, pl.Series] | None:
        """The field and values now of a column of the extract; none for one that is not the dataset's."""
        if name not in self._reach.homes and "." not in name:
            return None
        try:
            return self._reach.column(self._whole, name)
        except EventpackError:
            return None

    def _plain(self, name: str) -> list[str]:
        """The texts of a column as the dataset writes them."""
        field, now = self._known[name]
        texts = self._extract.texts[name]
        doubtful = FOR_MISSING.intersection(texts)
        held = set(now.cast(pl.String).unique()) & doubtful if doubtful else set()
        return plain_texts(field, texts, doubtful - held)

    def _require_keys(self, before: Sequence[Key]) -> None:
        names, label = ", ".join(self._key), self._extract.label
        if len(set(before)) < len(before):
            twice = next(key for at, key in enumerate(before) if key in before[:at])
            what = f"in {label} the key {'|'.join(twice)} of `{self.table}` stands in several rows"
            raise EventpackError(what, f"keep one row for each {names}, or name the table that it is an extract of")
        if before and not any(self._heirs(key) or self._is_redirected(key) for key in before):
            what = f"none of the keys in {label} is in `{self.table}`, such as {'|'.join(before[0])}"
            raise EventpackError(what, "update it with the dataset that it comes from, and leave its keys as they are")

    def _leads(self, at: int) -> str:
        """The table whose ids stand in a part of the key."""
        name = self._key[at]
        return next((table for table, _ in self._tables.leads_to(self.table, name)), self.table)

    def _is_redirected(self, key: Key) -> bool:
        return any(
            (table, id) in self._redirects for at, id in enumerate(key) for table in (self.table, self._leads(at))
        )

    def _heirs(self, key: Key) -> list[Key]:
        """The keys under which a row goes on: its own, or those that took its place."""
        if key in self._now:
            return [key]
        tables = [self.table if (self.table, id) in self._redirects else self._leads(at) for at, id in enumerate(key)]
        parts = [heirs(self._redirects, table, id) for table, id in zip(tables, key, strict=True)]
        return [one for one in product(*parts) if one in self._now]

    def _fitting(self) -> set[Key] | None:
        """The keys of the rows that fit the filter now; none when nobody knows it."""
        if (words := self._words()) is None:
            first = self._extract.about.get("limit")
            why = "it holds only the first rows" if first else "by what it was filtered is not known"
            self._notes.append(f"{why}, so new records are not named; where={{…}} says it, and where={{}} takes all")
            return None
        try:
            words = renewed(self._tables, self.table, words, self._redirects)
            rows = narrow(self._tables, self.table, self._whole.with_row_index(_ROW), words)[_ROW]
        except EventpackError as error:
            what = f"what {self._extract.label} was filtered by cannot be asked now: {error.what}"
            raise EventpackError(what, f"give where=… ({error.fix})") from None
        return {self._keys[row] for row in rows}

    def _words(self) -> Words | None:
        """What the extract was filtered by; none when nobody knows."""
        making, about = self._extract.making, self._extract.about
        if self._where is not None:
            asked = self._where.items() if isinstance(self._where, Mapping) else read_conditions(self._where)
            return tuple(asked)
        if making is not None and making.table == self.table:
            return making.words
        if isinstance(said := about.get("where"), list) and not about.get("limit"):
            return tuple(read_conditions(map(str, said)))
        return None

    def _compare(self, old: Mapping[str, list[str]], wanted: set[Key]) -> TableDifference:
        """What differs between the rows of the extract and some of those that are there now."""
        part = self._whole[sorted(self._now[key] for key in wanted)]
        fields = {name: self._reach.field(name) for name in part.columns}
        now = frame_texts(part, fields)
        for name in self._known:
            if name not in now:
                now[name] = cell_texts(self._reach.column(part, name)[1], self._known[name][0])
        before, after = text_table(self.table, old), text_table(self.table, now)
        return Described(side_of("", self._tables, before), side_of("", self._tables, after)).table(
            self.table, self._key
        )

    def _left(self, key: Key) -> RecordChange:
        """A record that no longer fits the filter."""
        row = self._whole[self._now[key]]
        texts = {
            name: held[0] for name, held in frame_texts(row, {n: self._reach.field(n) for n in row.columns}).items()
        }
        return RecordChange(
            self.table, key, "changed", texts, label=texts.get(label_field(self._tables.schema(self.table)), "")
        )

    def _places(self, before: Sequence[Key], led: Mapping[Key, list[Key]]) -> dict[Key, int | None]:
        """The rows now, each with the row of the extract whose own columns it takes over."""
        places: dict[Key, int | None] = {}
        for row, key in enumerate(before):
            for one in led[key]:
                if one not in places or one == key:
                    places[one] = row
        if self._own:
            self._notes += self._own_notes(before, led, places)
        return places

    def _own_notes(
        self, before: Sequence[Key], led: Mapping[Key, list[Key]], places: Mapping[Key, int | None]
    ) -> list[str]:
        """What became of the columns that are not the dataset's."""
        notes = [f"kept as they are, since `{self.table}` does not know them: {', '.join(self._own)}"]
        for row, key in enumerate(before):
            filled = [name for name in self._own if self._extract.texts[name][row]]
            if not filled or led[key] == [key]:
                continue
            went = [one for one in led[key] if places[one] == row]
            goal = ", ".join("|".join(one) for one in went)
            if went:
                notes.append(f"{', '.join(filled)} of {'|'.join(key)} stand{'s' * (len(filled) == 1)} at {goal} now")
            else:
                notes.append(f"{', '.join(filled)} of {'|'.join(key)} went with its row")
        return notes

    def _frame(self, places: Mapping[Key, int | None]) -> pl.DataFrame:
        """The rows as they are now, in the columns of the extract."""
        rows = [self._now[key] for key in places]
        own = pl.Series(list(places.values()), dtype=pl.UInt32)
        taken = {name: values.gather(rows) for name, (_, values) in self._known.items()}
        taken |= {name: self._extract.frame[name].gather(own) for name in self._own}
        return pl.DataFrame([taken[name].alias(name) for name in self._extract.frame.columns])
