"""The tables of one package, read when they are first asked for, and kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from eventpack.descriptor import Package
from eventpack.errors import EventpackError
from eventpack.finding import near_miss
from eventpack.loading.kept import KeptTables, kept_tables_of
from eventpack.schema import Field, Schema
from eventpack.tables import Table
from eventpack.values import text_of
from eventpack.vocabularies import broader_field, vocabularies

if TYPE_CHECKING:
    import polars as pl


class NoSuchTable(EventpackError, AttributeError, KeyError):
    """The dataset has no such table, or none that can be read; also what `hasattr` and mappings expect."""

    def __str__(self) -> str:
        return self.what  # KeyError would show the repr


class Tables:
    """The tables of a package as frames, with the codes that their fields can hold."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.names = tuple(resource.name for resource in package.tables)
        self._vocabularies = {resource.name for resource in vocabularies(package)}
        self._frames: dict[str, pl.DataFrame] = {}
        self._texts: dict[str, Table] = {}  # of vocabularies, which several tables need
        self._codes: dict[str, tuple[str, ...]] = {}

    def schema(self, name: str) -> Schema:
        """The schema of a table; raises `NoSuchTable`."""
        if name in self.package.schemas:
            return self.package.schemas[name]
        label = self.package.descriptor.name
        if name in self.package.unsound:
            from eventpack.loading.texts import path_of

            what = f"the table `{name}` of {label} cannot be read as it is described"
            raise NoSuchTable(what, f"run `eventpack validate {path_of(self.package)}`")
        what = f"{label} has no table `{name}`{near_miss(name, self.names)}"
        raise NoSuchTable(what, f"one of: {', '.join(self.names)}")

    def frame(self, name: str) -> pl.DataFrame:
        """A table, typed by its schema; whoever changes it, changes it for all.

        Raises:
            NoSuchTable: There is no such table.
            EventpackError: The file is missing, is no CSV, or holds a cell that does not fit its field.
        """
        if name not in self._frames:
            self.schema(name)  # or there is no such table
            held = self._held(name, self._kept) if self._kept else None
            self._frames[name] = self._typed(name) if held is None else held
            if held is None and self._kept:
                self._kept.keep(name, self._frames[name])
        return self._frames[name]

    def _held(self, name: str, kept: KeptTables) -> pl.DataFrame | None:
        """A table in Parquet, kept or exported, with the types that it has here."""
        if (held := kept.frame(name)) is not None:
            return held
        if (held := kept.exported(name)) is None:
            return None
        from eventpack.loading.columns import dtype_of  # polars: 110 ms

        types = {field.name: dtype_of(field, self.codes(name, field)) for field in self.schema(name).fields}
        return held if dict(held.schema) == types else None

    def _typed(self, name: str) -> pl.DataFrame:
        from eventpack.loading.bulk import bulk_frame  # what was kept needs none of these

        schema = self.schema(name)
        codes = {field.name: codes for field in schema.fields if (codes := self.codes(name, field)) is not None}
        if (frame := bulk_frame(self.package, name, codes)) is not None:
            return frame
        from eventpack.loading.columns import Misfit, frame_of  # polars: 110 ms
        from eventpack.loading.texts import refuse_cell

        table = self._text(name)
        try:
            return frame_of(table, schema, codes, self.package.descriptor.profile_version is not None)
        except Misfit as error:
            raise refuse_cell(self.package, table, error.row, error.field, error.what) from None

    @cached_property
    def _kept(self) -> KeptTables | None:
        return kept_tables_of(self.package)

    def size(self, name: str) -> int:
        """How many rows a table has; raises as `frame` does, but does not look into cells."""
        if name in self._frames:
            return self._frames[name].height
        noted = self._kept.rows(name) if self._kept and name in self.package.schemas else None
        return self._text(name).size if noted is None else noted

    def codes(self, name: str, field: Field) -> tuple[str, ...] | None:
        """The codes that a text field of a table can hold, in their order; none when it is open.

        They stand in the field's `enum`, or in the vocabulary that it is the key of or leads to.
        """
        if field.value_type is None or not field.value_type.text:
            return None
        if field.constraints.enum is not None:
            return tuple(text_of(code) for code in field.constraints.enum)
        vocabulary = self.vocabulary(name, field.name)
        return self._codes_of(vocabulary) if vocabulary else None

    def vocabulary(self, name: str, field: str) -> str:
        """The vocabulary whose codes a field holds, or nothing."""
        if name in self._vocabularies and self.schema(name).primary_key == [field]:
            return name
        targets = self.leads_to(name, field)
        return next((t for t, key in targets if t in self._vocabularies and self.schema(t).primary_key == [key]), "")

    def leads_to(self, name: str, field: str) -> Iterator[tuple[str, str]]:
        """The readable tables, with the field there, to which a field leads by a foreign key of its own."""
        for key in self.schema(name).foreign_keys:
            target = key.reference.resource or name
            if key.fields == [field] and target in self.package.schemas:
                yield target, key.reference.fields[0]

    def narrower(self, vocabulary: str, codes: Sequence[str]) -> set[str]:
        """Codes of a vocabulary together with all that lie under them."""
        schema, found, ahead = self.schema(vocabulary), set[str](), list(codes)
        children: Mapping[str, list[str]] = defaultdict(list)
        if parent := broader_field(schema):
            for code, broader in self._text(vocabulary).rows([schema.primary_key[0], parent]):
                children[broader].append(code)
        while ahead:
            code = ahead.pop()
            if code not in found:  # a circle is a fault that `validate` reports
                found.add(code)
                ahead += children.get(code, ())
        return found

    def _codes_of(self, vocabulary: str) -> tuple[str, ...]:
        if vocabulary not in self._codes:
            column = self._text(vocabulary).column(self.schema(vocabulary).primary_key[0])
            self._codes[vocabulary] = tuple(dict.fromkeys(code for code in column if code))
        return self._codes[vocabulary]

    def _text(self, name: str) -> Table:
        if name in self._texts:
            return self._texts[name]
        self.schema(name)  # or there is no such table
        from eventpack.loading.texts import read_text

        table = read_text(self.package, name)
        if name in self._vocabularies:
            self._texts[name] = table
        return table
