"""Table Schema as models: fields, constraints, keys and the rules that Table Schema cannot say.

Only what is written here is understood; `eventpack.document` reports what else a schema holds.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field as Property
from pydantic import field_validator

from eventpack.document import Model
from eventpack.values import TYPES, ValueType

Scalar = str | int | float | bool
RuleKind = Literal["order", "requires", "excludes", "at-least-one", "expect"]


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
    exclusive_minimum: Scalar | None = Property(None, alias="exclusiveMinimum")
    exclusive_maximum: Scalar | None = Property(None, alias="exclusiveMaximum")
    min_length: int | None = Property(None, alias="minLength", ge=0)
    max_length: int | None = Property(None, alias="maxLength", ge=0)


class Code(Model):
    """The meaning of one code of an enum."""

    definition: str = Property(min_length=1)


class Field(Model):
    """One column."""

    unsupported: ClassVar[frozenset[str]] = frozenset(
        "trueValues falseValues decimalChar groupChar bareNumber missingValues categories categoriesOrdered".split()
    )
    ignored: ClassVar[frozenset[str]] = frozenset({"rdfType"})
    name: str = Property(min_length=1)
    type: str = "string"
    format: str = "default"
    title: str = ""
    description: str = ""
    example: Scalar | None = None
    constraints: Constraints = Constraints()
    unit: str = Property("", alias="eventpack:unit")
    codes: dict[str, Code] | None = Property(None, alias="eventpack:codes")

    @property
    def value_type(self) -> ValueType | None:
        """How its text becomes a value; none when type or format are not supported."""
        return TYPES.get((self.type, self.format))


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Reference(Model):
    """Where a foreign key leads; an empty resource is the table itself."""

    resource: str = ""
    fields: list[str] = Property(min_length=1)
    _fields = field_validator("fields", mode="before")(_as_list)


class ForeignKey(Model):
    """Fields whose values must occur in the fields of another table."""

    fields: list[str] = Property(min_length=1)
    reference: Reference
    _fields = field_validator("fields", mode="before")(_as_list)


class Rule(Model):
    """One of `eventpack:rules`; which members count depends on `kind` (`docs/codebook.md` shows them as sentences)."""

    closed: ClassVar[bool] = True
    name: str = Property(min_length=1)
    kind: RuleKind
    say: str = Property(min_length=1)
    fields: list[str] = []
    if_: str | None = Property(None, alias="if")
    is_: str | None = Property(None, alias="is")
    then: list[str] = []
    table: str | None = None
    field: str | None = None
    least: float | None = None
    most: float | None = None
    because: str = ""


class Schema(Model):
    """The fields, keys and rules of one table."""

    unsupported: ClassVar[frozenset[str]] = frozenset({"fieldsMatch"})
    ignored: ClassVar[frozenset[str]] = frozenset({"$schema", "name"})
    fields: list[Field] = Property(min_length=1)
    title: str = ""
    description: str = ""
    missing_values: list[str] = Property([""], alias="missingValues")
    primary_key: list[str] = Property([], alias="primaryKey")
    unique_keys: list[list[str]] = Property([], alias="uniqueKeys")
    foreign_keys: list[ForeignKey] = Property([], alias="foreignKeys")
    rules: list[Rule] = Property([], alias="eventpack:rules")
    _primary_key = field_validator("primary_key", mode="before")(_as_list)

    @property
    def names(self) -> list[str]:
        """The field names in order."""
        return [field.name for field in self.fields]

    def field(self, name: str) -> Field:
        """The field of that name; raises KeyError."""
        return {field.name: field for field in self.fields}[name]
