"""Filters in the codebook's words: `events(realis="occurred", between=("2026-03-01", "2026-03-05"))`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from eventpack.errors import EventpackError
from eventpack.finding import near_miss
from eventpack.loading.eventwords import COMPANIONS, SYNONYMS, WORDS
from eventpack.loading.masks import field_mask
from eventpack.loading.tables import Tables
from eventpack.schema import Field


@dataclass(frozen=True, slots=True)
class _Reach:
    """A table with the one whose fields can be asked of it, too, and which of both has each field."""

    tables: Tables
    name: str
    companion: str
    homes: Mapping[str, str]

    @classmethod
    def of(cls, tables: Tables, name: str) -> _Reach:
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


def narrow(tables: Tables, name: str, frame: pl.DataFrame, words: Mapping[str, object]) -> pl.DataFrame:
    """The rows of a frame of the table that keep every word; order and columns stay.

    Raises:
        EventpackError: A word, or its value, cannot be meant.
    """
    reach = _Reach.of(tables, name)
    masks = list(_masks(reach, words))
    if not masks:
        return frame
    wide = _widen(reach, frame, {name for _, fields in masks for name in fields})
    return wide.filter(*(mask for mask, _ in masks)).select(frame.columns)


def _masks(reach: _Reach, words: Mapping[str, object]) -> Iterator[tuple[pl.Expr, list[str]]]:
    """Per word its mask and the fields that it looks at; a field goes before a word of the same name."""
    allowed = reach.words()
    for word, wanted in words.items():
        field = word if word in reach.homes else SYNONYMS.get(word, "") if word in allowed else ""
        if field:
            yield field_mask(reach.tables, reach.homes[field], reach.field(field), wanted), [field]
        elif word in allowed:
            fields = reach.at_hand({**WORDS[word].needs, **WORDS[word].uses})
            yield WORDS[word].mask(wanted, fields), fields
        else:
            raise reach.unknown(word)


def _widen(reach: _Reach, frame: pl.DataFrame, fields: set[str]) -> pl.DataFrame:
    """The frame with those fields that only the companion has, row by row."""
    missing = sorted(field for field in fields if reach.homes[field] != reach.name)
    if not missing:
        return frame
    key = reach.tables.schema(reach.name).primary_key
    other = reach.tables.frame(reach.companion).unique(key, keep="first")
    return frame.join(other.select(*key, *missing), on=key, how="left", maintain_order="left")
