"""What every export is made from: tables typed once by their schemas, with the meaning of each column and code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from eventpack.descriptor import Package
from eventpack.loading.dataset import Dataset
from eventpack.loading.tables import Tables
from eventpack.schema import Field, Schema
from eventpack.values import text_of

if TYPE_CHECKING:
    import polars as pl

_LABELS = ("label", "wording", "definition")  # fields of a vocabulary, the shortest first


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its field, and the labels of its codes in the codes' order; no labels when any text may stand there.

    A label is that of the vocabulary, or of the field's `categories`, else the code itself. `definitions` says of codes
    what they mean, where the codebook does.
    """

    field: Field
    labels: Mapping[str, str] | None
    definitions: Mapping[str, str]

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.field.name

    @property
    def title(self) -> str:
        """What the column is called, for people."""
        return self.field.title or self.field.name

    @property
    def description(self) -> str:
        """What the column means, with its unit, as one text."""
        unit = f"Unit: {self.field.unit}." if self.field.unit else ""
        return " ".join(text for text in (self.field.description, unit) if text)

    @property
    def kind(self) -> str:
        """The name of its type in Table Schema: string, integer, number, boolean, date, year, list …"""
        assert self.field.value_type is not None  # other fields make a table unsound
        return self.field.value_type.name


@dataclass(frozen=True)
class TypedTable:
    """One table: its frame has the schema's fields in the schema's order, and nothing else."""

    name: str
    title: str
    description: str
    schema: Schema
    frame: pl.DataFrame
    columns: tuple[Column, ...]

    @property
    def key(self) -> str:
        """The field that alone is the primary key; empty when there is none, or several fields are."""
        return self.schema.primary_key[0] if len(self.schema.primary_key) == 1 else ""


class Material:
    """A dataset to be exported; `core` is the SHA-256 of the list of checksums of its files.

    Tables are read when they are first asked for, and kept.
    """

    def __init__(self, dataset: Dataset, core: str) -> None:
        self.package: Package = dataset.package
        self.core = core
        self._tables = Tables(dataset.package)
        self._made: dict[str, TypedTable] = {}

    @property
    def name(self) -> str:
        """The name of the dataset."""
        return self.package.descriptor.name

    @property
    def label(self) -> str:
        """A name for files."""
        return re.sub(r"[^A-Za-z0-9._-]+", "-", self.name).strip("-.") or "data"

    @property
    def version(self) -> str:
        """The version of the dataset; empty when its descriptor has none."""
        return self.package.descriptor.version

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the tables, in the descriptor's order."""
        return self._tables.names

    def __iter__(self) -> Iterator[TypedTable]:
        return (self.table(name) for name in self.names)

    def table(self, name: str) -> TypedTable:
        """One table.

        Raises:
            NoSuchTable: There is no such table.
            EventpackError: Its file is missing, is no CSV, or holds a cell that does not fit its field.
        """
        if name not in self._made:
            schema, resource = self._tables.schema(name), self.package.resource(name)
            columns = tuple(self._column(name, field) for field in schema.fields)
            self._made[name] = TypedTable(
                name, schema.title or resource.title or name, schema.description or resource.description, schema,
                self._tables.frame(name), columns,
            )  # fmt: skip
        return self._made[name]

    def _column(self, table: str, field: Field) -> Column:
        codes = self._tables.codes(table, field)
        if codes is None:
            return Column(field, None, {})
        found = self._vocabulary(table, field) or {}
        labels = {**{code: found.get(code, "") for code in codes}, **_categories(field)}
        definitions = {code: meaning.definition for code, meaning in (field.codes or {}).items()}
        if vocabulary := self._tables.vocabulary(table, field.name):
            definitions = self._texts(vocabulary, ("definition",)) | definitions
        return Column(field, {code: labels[code] or code for code in codes}, definitions)

    def _vocabulary(self, table: str, field: Field) -> Mapping[str, str]:
        vocabulary = self._tables.vocabulary(table, field.name)
        return self._texts(vocabulary, _LABELS) if vocabulary else {}

    def _texts(self, vocabulary: str, names: tuple[str, ...]) -> dict[str, str]:
        """Texts of the codes of a vocabulary from the first of some fields that it has."""
        schema = self._tables.schema(vocabulary)
        name = next((name for name in names if name in schema.names), "")
        if not name:
            return {}
        rows = self._tables.frame(vocabulary).select(schema.primary_key[0], name).iter_rows()
        return {code: str(text) for code, text in rows if code is not None and text is not None}


def _categories(field: Field) -> dict[str, str]:
    """The labels that the field itself gives to its codes."""
    given = (entry for entry in field.categories or () if not isinstance(entry, (str, int)))
    return {text_of(entry.value): entry.label for entry in given if entry.label}
