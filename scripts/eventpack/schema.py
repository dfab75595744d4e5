"""Table Schema as models: fields, constraints, keys and the rules that Table Schema cannot say.

Only what is written here is understood; `eventpack.document` reports what else a schema holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, Literal

from eventpack import limits
from eventpack.model import NAME_V1, Model, as_list, in_form, not_empty, not_negative, prop
from eventpack.values import Json, Options, Scalar, ValueType, text_of, type_of

MatchMode = Literal["exact", "equal", "subset", "superset", "partial"]


def told_apart(entries: list[Any]) -> str:
    """The check of values that may have labels: all have that form or none, and no value or label stands twice."""
    written = {isinstance(entry, (MissingValue, Category)) for entry in entries}
    if len(written) > 1:
        return "must hold values, or objects with values and labels, not both"
    values = [entry.value for entry in entries if isinstance(entry, (MissingValue, Category))]
    labels = [entry.label for entry in entries if isinstance(entry, (MissingValue, Category)) and entry.label]
    twice = len(set(values)) < len(values) or len(set(labels)) < len(labels)
    return "must not hold a value or a label twice" if twice else ""


def not_too_many(fields: list[Any]) -> str:
    """The check of fields: there are some, and not so many that nobody can mean it."""
    return not_empty(fields) or (f"must not hold more than {limits.FIELDS:,}" if len(fields) > limits.FIELDS else "")


def one_mode(modes: list[Any]) -> str:
    """The check of `fieldsMatch`, which the standard writes as a list of one."""
    return "" if len(modes) == 1 else "must be one mode"


RuleKind = Literal["order", "requires", "excludes", "at-least-one", "expect"]


class Constraints(Model):
    """What a cell must keep beside its type; bounds and enum stand as text or as JSON values."""

    closed: ClassVar[bool] = True
    unsupported: ClassVar[frozenset[str]] = frozenset({"jsonSchema"})
    required: bool = False
    unique: bool = False
    pattern: str | None = None
    enum: list[Json] | None = None
    minimum: Scalar | None = None
    maximum: Scalar | None = None
    exclusive_minimum: Scalar | None = prop(default=None, name="exclusiveMinimum")
    exclusive_maximum: Scalar | None = prop(default=None, name="exclusiveMaximum")
    min_length: int | None = prop(default=None, name="minLength", check=not_negative)
    max_length: int | None = prop(default=None, name="maxLength", check=not_negative)


class Code(Model):
    """The meaning of one code of an enum."""

    definition: str = prop(check=not_empty)


class MissingValue(Model):
    """A text that says that a value is missing, with its reason."""

    value: str
    label: str = ""


class Category(Model):
    """A value that a field can have, with what it is called."""

    value: str | int
    label: str = ""


Missing = list[str | MissingValue]


class Field(Model):
    """One column."""

    unsupported: ClassVar[frozenset[str]] = frozenset({"arrayItem"})
    ignored: ClassVar[frozenset[str]] = frozenset({"floatNumber"})
    name: str = prop(
        check=in_form(r"(?s:\S(?:.*\S)?)", "text without white space around it")
    )  # readers strip the cells of a header
    type: str = "string"
    format: str = "default"
    title: str = ""
    description: str = ""
    rdf_type: str = prop(default="", name="rdfType")
    example: Scalar | None = None
    constraints: Constraints = Constraints()
    missing_values: Missing | None = prop(default=None, name="missingValues", check=told_apart)
    categories: list[str | int | Category] | None = prop(default=None, check=told_apart)
    categories_ordered: bool = prop(default=False, name="categoriesOrdered")
    decimal_char: str = prop(default=".", name="decimalChar")
    group_char: str = prop(default="", name="groupChar")
    bare_number: bool = prop(default=True, name="bareNumber")
    true_values: list[str] | None = prop(default=None, name="trueValues")
    false_values: list[str] | None = prop(default=None, name="falseValues")
    item_type: str = prop(default="string", name="itemType")
    delimiter: str = ","
    unit: str = prop(default="", name="eventpack:unit")
    codes: dict[str, Code] | None = prop(default=None, name="eventpack:codes")

    @cached_property
    def options(self) -> Options:
        """How its texts are written."""
        return Options(
            self.decimal_char, self.group_char, self.bare_number,
            None if self.true_values is None else tuple(self.true_values),
            None if self.false_values is None else tuple(self.false_values),
            self.item_type, self.delimiter,
        )  # fmt: skip

    @cached_property
    def value_type(self) -> ValueType | None:
        """How its text becomes a value; none when type, format or options are not supported."""
        return type_of(self.type, "default" if self.says_any else self.format, self.options)

    @property
    def says_any(self) -> bool:
        """Whether it asks for `any` format of a type that has none of that name; then the default is meant."""
        return self.format == "any" and type_of(self.type, "any") is None

    @property
    def is_plain(self) -> bool:
        """Whether a field says nothing of how its texts are written, and its bounds are canonical texts."""
        own_form = self.type in ("date", "time", "datetime") and self.format != "default"
        if own_form or self.options != Options() or self.categories is not None:
            return False
        limits, kind = self.constraints, self.value_type
        bounds = (limits.minimum, limits.maximum, limits.exclusive_minimum, limits.exclusive_maximum)
        try:
            for bound in bounds if kind else ():
                if bound is not None and kind is not None:
                    kind.parse(text_of(bound))
        except ValueError:
            return False
        return True

    @property
    def category_values(self) -> list[str | int] | None:
        """The values of its categories, without what they are called."""
        if self.categories is None:
            return None
        return [one.value if isinstance(one, Category) else one for one in self.categories]


class Reference(Model):
    """Where a foreign key leads; an empty resource is the table itself."""

    resource: str = ""
    fields: list[str] = prop(check=not_empty, adapt=as_list)


class ForeignKey(Model):
    """Fields whose values must occur in the fields of another table."""

    fields: list[str] = prop(check=not_empty, adapt=as_list)
    reference: Reference


class Rule(Model):
    """One of `eventpack:rules`; which members count depends on `kind` (`docs/codebook.md` shows them as sentences)."""

    closed: ClassVar[bool] = True
    name: str = prop(check=not_empty)
    kind: RuleKind
    say: str = prop(check=not_empty)
    fields: list[str] = prop(default=[])
    if_: str | None = prop(default=None, name="if")
    is_: str | None = prop(default=None, name="is")
    then: list[str] = prop(default=[])
    table: str | None = None
    field: str | None = None
    least: float | None = None
    most: float | None = None
    because: str = ""


class Schema(Model):
    """The fields, keys and rules of one table, and the table inside whose records its rows are written, if any."""

    ignored: ClassVar[frozenset[str]] = frozenset({"$schema"})
    elsewhere: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("eventpack:records", "eventpack:derivation"), "move it to the table's resource in the descriptor"
    )
    fields: list[Field] = prop(check=not_too_many)
    name: str = prop(default="", check=in_form(NAME_V1.pattern, "lower case letters, digits and . _ - /"))
    title: str = ""
    description: str = ""
    missing_values: Missing = prop(default=[""], name="missingValues", check=told_apart)
    primary_key: list[str] = prop(default=[], name="primaryKey", adapt=as_list)
    unique_keys: list[list[str]] = prop(default=[], name="uniqueKeys")
    foreign_keys: list[ForeignKey] = prop(default=[], name="foreignKeys")
    fields_match: list[MatchMode] = prop(default=[], name="fieldsMatch", check=one_mode, adapt=as_list)
    rules: list[Rule] = prop(default=[], name="eventpack:rules")
    inside: str | None = prop(default=None, name="eventpack:inside")

    @property
    def names(self) -> list[str]:
        """The field names in order."""
        return [field.name for field in self.fields]

    @property
    def match_mode(self) -> MatchMode:
        """How the columns of a file match the fields; the standard writes it as a list of one."""
        return self.fields_match[0] if self.fields_match else "exact"

    def field(self, name: str) -> Field:
        """The field of that name; raises KeyError."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> Mapping[str, Field]:
        return {field.name: field for field in self.fields}

    def demands(self, name: str) -> bool:
        """Whether a field must be filled in every row: it is required, or part of the primary key."""
        return name in self.primary_key or self.field(name).constraints.required

    def foreign_keys_to(self, table: str | None) -> list[ForeignKey]:
        """The foreign keys that lead to a table, in order."""
        return [key for key in self.foreign_keys if key.reference.resource == table]
