"""What can be asked of a table: its fields, those of its companion, the words of events, and what its keys lead to.

`source_id.publisher` is the field `publisher` of the row to which `source_id` leads; it can lead on from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from eventpack.errors import EventpackError
from eventpack.finding import near_miss
from eventpack.loading.eventwords import COMPANIONS, SYNONYMS, WORDS
from eventpack.loading.tables import Tables
from eventpack.schema import Field


@dataclass(frozen=True, slots=True)
class Reach:
    """A table with the one whose fields can be asked of it, too, and which of both has each field."""

    tables: Tables
    name: str
    companion: str
    homes: Mapping[str, str]

    @classmethod
    def of(cls, tables: Tables, name: str) -> Reach:
        """The reach of a table; raises `NoSuchTable`."""
        schema, companion = tables.schema(name), COMPANIONS.get(name, "")
        homes = dict.fromkeys(schema.names, name)
        if companion in tables.names:
            others = tables.schema(companion).names
            if schema.primary_key and set(schema.primary_key) <= set(others):
                homes = dict.fromkeys(others, companion) | homes
        return cls(tables, name, companion, homes)

    def words(self) -> list[str]:
        """What can be asked beside fields."""
        known = [word for word, meaning in WORDS.items() if len(self.at_hand(meaning.needs)) == len(meaning.needs)]
        known += [word for word, field in SYNONYMS.items() if field in self.homes]
        return [word for word in known if word not in self.homes]

    def at_hand(self, fields: Mapping[str, str]) -> list[str]:
        """Those of some fields that are there and have the type that is given for each."""
        return [name for name, kind in fields.items() if name in self.homes and self.field(name).type == kind]

    def field(self, name: str) -> Field:
        """A field of the table or its companion."""
        return self.tables.schema(self.homes[name]).field(name)

    def meant(self, word: str) -> str:
        """The field that a word names, itself or by another name; empty when it names none."""
        return word if word in self.homes else SYNONYMS.get(word, "") if word in self.words() else ""

    def step(self, path: str) -> tuple[str, str, str, str] | None:
        """A path as its key, the table and field to which that leads, and the path from there; none when it is none.

        Raises:
            EventpackError: The first field of the path leads nowhere.
        """
        head, dot, rest = path.partition(".")
        if not dot or path in self.homes:
            return None
        field = self.meant(head)
        if not field:
            raise self.unknown(head)
        if (target := next(self.tables.leads_to(self.homes[field], field), None)) is None:
            leading = [name for name in self.homes if any(self.tables.leads_to(self.homes[name], name))]
            fix = f"fields that lead to a table: {', '.join(leading)}" if leading else f"no field of `{self.name}` does"
            raise EventpackError(f"`{head}` leads to no other table, so `{path}` means nothing", fix)
        return field, *target, rest

    def column(self, frame: pl.DataFrame, path: str) -> tuple[Field, pl.Series]:
        """The field that a path names, and its values for the rows of a frame of the table, one by one.

        Raises:
            EventpackError: There is no such field.
        """
        if (step := self.step(path)) is None:
            if not (name := self.meant(path)):
                raise self.unknown(path)
            return self.field(name), self.widen(frame, {name})[name].alias(path)
        own, target, key, rest = step
        other = self.tables.frame(target)
        field, values = Reach.of(self.tables, target).column(other, rest)
        known = pl.DataFrame({"key": other[key].cast(pl.String), path: values}).unique("key", keep="first")
        ids = self.widen(frame, {own}).select(pl.col(own).cast(pl.String).alias("key"))
        return field, ids.join(known, on="key", how="left", maintain_order="left")[path]

    def widen(self, frame: pl.DataFrame, fields: set[str]) -> pl.DataFrame:
        """The frame with those fields that only the companion has, row by row."""
        missing = sorted(field for field in fields if self.homes[field] != self.name)
        if not missing:
            return frame
        key = self.tables.schema(self.name).primary_key
        other = self.tables.frame(self.companion).unique(key, keep="first")
        return frame.join(other.select(*key, *missing), on=key, how="left", maintain_order="left")

    def unknown(self, word: str) -> EventpackError:
        """The error for a word that cannot be asked of the table."""
        if word in WORDS and word not in self.words():
            needs = WORDS[word].needs
            fields = f"the field{'s' if len(needs) > 1 else ''} {' and '.join(f'`{field}`' for field in needs)}"
            asked = f"`{self.name}`" + (f" or `{self.companion}`" if self.companion else "")
            return EventpackError(f"`{word}` needs {fields} in {asked}", self._allowed())
        known = [*self.homes, *self.words()]
        return EventpackError(f"`{word}` cannot be asked of `{self.name}`{near_miss(word, known)}", self._allowed())

    def _allowed(self) -> str:
        words = f"; words: {', '.join(self.words())}" if self.words() else ""
        return f"fields: {', '.join(self.homes)}{words}"
