"""What records are called: the text beside an id that says to a reader what it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from eventpack.comparing.difference import Row
from eventpack.descriptor import Package
from eventpack.schema import Schema
from eventpack.subject import Subject

_LONGEST = 80
_NO_LETTER = re.compile(r"[\W_]+")


def label_field(schema: Schema) -> str:
    """The field that says what a record is: the first required one of free text that is no key; empty when none is."""
    leading = {name for key in schema.foreign_keys for name in key.fields} | set(schema.primary_key)
    for field in schema.fields:
        limits = field.constraints
        free = field.type == "string" and field.format == "default" and limits.enum is None and limits.pattern is None
        if free and limits.required and field.name not in leading:
            return field.name
    return ""


class Names:
    """Labels of the records of one state, looked up in its tables."""

    def __init__(self, subject: Subject) -> None:
        self._subject, self._held = subject, dict[str, Mapping[str, str]]()
        self._fields = dict[str, str]()  # the label fields by table

    @property
    def _package(self) -> Package:
        return self._subject.package

    def of_row(self, table: str, row: Row) -> str:
        """What a record is called."""
        if table not in self._fields:
            schema = self._package.schemas.get(table)
            self._fields[table] = label_field(schema) if schema else ""
        text = row.get(self._fields[table], "")
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"

    def of_id(self, table: str, id: str) -> str:
        """What the record of an id is called."""
        if table not in self._held:
            self._held[table] = self._labels(table)
        return self._held[table].get(id, "")

    def of_cell(self, table: str, field: str, text: str) -> str:
        """What the record is called that a foreign key leads to."""
        target = self.leads(table, field) if text else ""
        return self.of_id(target, text) if target else ""

    def of_leads(self, table: str, row: Row) -> dict[str, str]:
        """What the records are called that a row's foreign keys lead to, by field; not the one around it."""
        around = self._package.nesting_key(self._package.resource(table)) if self.parent(table, row) else ""
        leads = self._leads.get(table, {})
        labels = {field: self.of_cell(table, field, row.get(field, "")) for field in leads if field != around}
        return {field: label for field, label in labels.items() if label}

    def parent(self, table: str, row: Row) -> tuple[str, str] | None:
        """The table and id of the record inside which a row is written; none for a record of its own."""
        if table not in self._package.schemas:
            return None
        resource = self._package.resource(table)
        above = self._package.inside(resource)
        return (above, row.get(self._package.nesting_key(resource), "")) if above else None

    def leads(self, table: str, field: str) -> str:
        """The table that a field alone leads to; empty when it leads nowhere."""
        return self._leads.get(table, {}).get(field, "")

    def is_referenced(self, table: str) -> bool:
        """Whether a key of another table leads to one."""
        return any(
            key.reference.resource == table and name != table
            for name, schema in self._package.schemas.items()
            for key in schema.foreign_keys
        )

    def title(self, table: str, field: str) -> str:
        """What a field is called; empty when that is its name, but for case and punctuation."""
        schema = self._package.schemas.get(table)
        given = schema.field(field).given.get("title", "") if schema and field in schema.names else ""
        words = [_NO_LETTER.sub("", text.casefold()) for text in (field, str(given))]
        return str(given) if words[0] != words[1] else ""

    @cached_property
    def _leads(self) -> Mapping[str, Mapping[str, str]]:
        """The tables that fields alone lead to, by table and field."""
        return {
            name: {key.fields[0]: key.reference.resource or name for key in schema.foreign_keys if len(key.fields) == 1}
            for name, schema in self._package.schemas.items()
        }

    def _labels(self, table: str) -> Mapping[str, str]:
        held, schema = self._subject.tables.get(table), self._package.schemas.get(table)
        if held is None or schema is None or len(schema.primary_key) != 1 or not (name := label_field(schema)):
            return {}
        return dict(held.rows([schema.primary_key[0], name]))  # type: ignore[arg-type]  # pairs
