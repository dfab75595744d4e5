"""What every type of value is: one row of the table that turns text into values and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from eventpack.frozen import Frozen


class SqlType(Frozen):
    """How a type stands in SQL that SQLite and PostgreSQL both take.

    `name` is the type of the column. `form` is a condition, with `{}` for the quoted column, that every value keeps:
    columns of SQLite take any text. `quoted` says whether a value is written as a text literal or as it is,
    `compares` whether SQL orders, and measures, its columns as the values are.
    """

    name: str
    form: str
    quoted: bool = True
    compares: bool = True

    def literal(self, text: str) -> str:
        """A value, given as its canonical text."""
        return "'" + text.replace("'", "''") + "'" if self.quoted else text


# Values that SQL keeps as their text, for types it does not know; missing is NULL, never the empty text.
TEXT_IN_SQL = SqlType("TEXT", "{0} <> ''", compares=False)


class ValueType(Frozen):
    """A type of Table Schema, with one of its formats and its options.

    `parse` takes canonical text and raises `ValueError` for anything else; `format` gives a canonical text of a value.
    `loose` takes the other forms as well in which the standard and frictionless read a value; none when there are none.
    Values can be compared and hashed. `say` completes "must be …"; `json_schema` describes the value in an editor,
    `sql` in a database. `ordered` says whether `minimum` and `maximum` have a meaning, `sized` whether lengths have,
    `text` that a value is its text. `grammar` is a pattern of exactly the canonical texts, where there is one; empty
    when all texts are.
    """

    name: str
    say: str
    parse: Callable[[str], Any]
    format: Callable[[Any], str]
    json_schema: Mapping[str, Any]
    sql: SqlType
    ordered: bool = False
    text: bool = False
    sized: bool = False
    enumerable: bool = True
    loose: Callable[[str], Any] | None = None
    grammar: str | None = None

    def read(self, text: str) -> Any:
        """The value of a text in any form that is understood; raises `ValueError` for others."""
        if self.loose is None:
            return self.parse(text)
        try:
            return self.parse(text)
        except ValueError:
            return self.loose(text)
