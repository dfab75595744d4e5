"""What `datapackage.json` says of each table, in the few words that the tools need."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TYPES = ("string", "integer", "number", "boolean", "date", "datetime")
CONSTRAINTS = ("required", "unique", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength")


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its type and constraints."""

    name: str
    type: str
    constraints: Mapping[str, Any]

    @property
    def bounds(self) -> tuple[Any, Any]:
        """Minimum and maximum."""
        return self.constraints.get("minimum"), self.constraints.get("maximum")

    @property
    def lengths(self) -> tuple[int | None, int | None]:
        """The fewest and the most characters."""
        return self.constraints.get("minLength"), self.constraints.get("maxLength")

    @property
    def pattern(self) -> str | None:
        """The pattern, anchored: the whole text must match."""
        found = self.constraints.get("pattern")
        return None if found is None else f"^(?:{found})$"


@dataclass(frozen=True, slots=True)
class Leads:
    """A foreign key of one field."""

    field: str
    table: str
    there: str


@dataclass(frozen=True, slots=True)
class Order:
    """Neighbours among the fields of a row do not decrease."""

    name: str
    fields: tuple[str, ...]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Each two neighbours."""
        return list(zip(self.fields, self.fields[1:], strict=False))


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file with its schema."""

    name: str
    path: Path
    fields: tuple[Field, ...]
    primary: tuple[str, ...]
    leads: tuple[Leads, ...]
    orders: tuple[Order, ...]

    @property
    def unique(self) -> list[tuple[str, ...]]:
        """The keys that must not repeat; each once, although a primary key is often marked as unique as well."""
        single: list[tuple[str, ...]] = [(field.name,) for field in self.fields if field.constraints.get("unique")]
        return list(dict.fromkeys(([self.primary] if self.primary else []) + single))

    def required(self, field: Field) -> bool:
        """Whether a cell must not be empty."""
        return bool(field.constraints.get("required")) or field.name in self.primary


def read_tables(folder: Path) -> list[Table]:
    """The tables of a package.

    Raises:
        SystemExit: The schema holds something that the benchmark does not know; leaving it out would be unfair.
    """
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return [_table(folder, resource) for resource in descriptor["resources"]]


def _table(folder: Path, resource: dict[str, Any]) -> Table:
    name, schema = resource["name"], resource["schema"]
    fields = [Field(one["name"], one.get("type", "string"), one.get("constraints", {})) for one in schema["fields"]]
    for field in fields:
        unknown = [] if field.type in TYPES else [field.type]
        unknown += [word for word in field.constraints if word not in CONSTRAINTS]
        if unknown:
            sys.exit(f"{name}.{field.name}: the benchmark does not know {', '.join(unknown)}")
    rules = schema.get("eventpack:rules", [])
    for rule in rules:
        if rule["kind"] != "order":
            sys.exit(f"{name}: the benchmark does not know rules of the kind {rule['kind']}")
    return Table(
        name=name,
        path=folder / resource["path"],
        fields=tuple(fields),
        primary=tuple(_names(schema.get("primaryKey", []))),
        leads=tuple(_leads(name, key) for key in schema.get("foreignKeys", [])),
        orders=tuple(Order(rule["name"], tuple(rule["fields"])) for rule in rules),
    )


def _leads(name: str, key: dict[str, Any]) -> Leads:
    here, there = _names(key["fields"]), _names(key["reference"]["fields"])
    if len(here) != 1:
        sys.exit(f"{name}: the benchmark knows foreign keys of one field only")
    return Leads(here[0], key["reference"].get("resource") or name, there[0])


def _names(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
