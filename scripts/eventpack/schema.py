"""Table Schema as models: fields, constraints, keys and the rules that Table Schema cannot say.

Only what is written here is understood; `eventpack.document` reports what else a schema holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from eventpack.model import Model, as_list, in_form, not_empty, not_negative, prop
from eventpack.values import TYPES, Scalar, ValueType

RuleKind = Literal["order", "requires", "excludes", "at-least-one", "expect"]


@dataclass(frozen=True, kw_only=True)
class Constraints(Model):
    """What a cell must keep beside its type; bounds and enum stand as text or as JSON values."""

    closed: ClassVar[bool] = True
    unsupported: ClassVar[frozenset[str]] = frozenset({"jsonSchema"})
    required: bool = False
    unique: bool = False
    pattern: str | None = None
    enum: list[Scalar] | None = None
    minimum: Scalar | None = None
    maximum: Scalar | None = None
    exclusive_minimum: Scalar | None = prop(None, name="exclusiveMinimum")
    exclusive_maximum: Scalar | None = prop(None, name="exclusiveMaximum")
    min_length: int | None = prop(None, name="minLength", check=not_negative)
    max_length: int | None = prop(None, name="maxLength", check=not_negative)


@dataclass(frozen=True, kw_only=True)
class Code(Model):
    """The meaning of one code of an enum."""

    definition: str = prop(check=not_empty)


@dataclass(frozen=True, kw_only=True)
class Field(Model):
    """One column."""

    unsupported: ClassVar[frozenset[str]] = frozenset(
        "trueValues falseValues decimalChar groupChar bareNumber missingValues categories categoriesOrdered".split()
    )
    ignored: ClassVar[frozenset[str]] = frozenset({"rdfType"})
    name: str = prop(
        check=in_form(r"\S(?:.*\S)?", "text without white space around it")
    )  # readers strip the cells of a header
    type: str = "string"
    format: str = "default"
    title: str = ""
    description: str = ""
    example: Scalar | None = None
    constraints: Constraints = Constraints()
    unit: str = prop("", name="eventpack:unit")
    codes: dict[str, Code] | None = prop(None, name="eventpack:codes")

    @property
    def value_type(self) -> ValueType | None:
        """How its text becomes a value; none when type or format are not supported."""
        return TYPES.get((self.type, self.format))


@dataclass(frozen=True, kw_only=True)
class Reference(Model):
    """Where a foreign key leads; an empty resource is the table itself."""

    resource: str = ""
    fields: list[str] = prop(check=not_empty, adapt=as_list)


@dataclass(frozen=True, kw_only=True)
class ForeignKey(Model):
    """Fields whose values must occur in the fields of another table."""

    fields: list[str] = prop(check=not_empty, adapt=as_list)
    reference: Reference


@dataclass(frozen=True, kw_only=True)
class Rule(Model):
    """One of `eventpack:rules`; which members count depends on `kind` (`docs/codebook.md` shows them as sentences)."""

    closed: ClassVar[bool] = True
    name: str = prop(check=not_empty)
    kind: RuleKind
    say: str = prop(check=not_empty)
    fields: list[str] = prop([])
    if_: str | None = prop(None, name="if")
    is_: str | None = prop(None, name="is")
    then: list[str] = prop([])
    table: str | None = None
    field: str | None = None
    least: float | None = None
    most: float | None = None
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Schema(Model):
    """The fields, keys and rules of one table, and the table inside whose records its rows are written, if any."""

    unsupported: ClassVar[frozenset[str]] = frozenset({"fieldsMatch"})
    ignored: ClassVar[frozenset[str]] = frozenset({"$schema", "name"})
    elsewhere: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("eventpack:records", "eventpack:derivation"), "move it to the table's resource in the descriptor"
    )
    fields: list[Field] = prop(check=not_empty)
    title: str = ""
    description: str = ""
    missing_values: list[str] = prop([""], name="missingValues")
    primary_key: list[str] = prop([], name="primaryKey", adapt=as_list)
    unique_keys: list[list[str]] = prop([], name="uniqueKeys")
    foreign_keys: list[ForeignKey] = prop([], name="foreignKeys")
    rules: list[Rule] = prop([], name="eventpack:rules")
    inside: str | None = prop(None, name="eventpack:inside")

    @property
    def names(self) -> list[str]:
        """The field names in order."""
        return [field.name for field in self.fields]

    def field(self, name: str) -> Field:
        """The field of that name; raises KeyError."""
        return {field.name: field for field in self.fields}[name]

    def demands(self, name: str) -> bool:
        """Whether a field must be filled in every row: it is required, or part of the primary key."""
        return name in self.primary_key or self.field(name).constraints.required

    def foreign_keys_to(self, table: str | None) -> list[ForeignKey]:
        """The foreign keys that lead to a table, in order."""
        return [key for key in self.foreign_keys if key.reference.resource == table]
