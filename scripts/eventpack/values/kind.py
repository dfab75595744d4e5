"""What every type of value is: one row of the table that turns text into values and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SqlType:
    """How a type stands in SQL that SQLite and PostgreSQL both take.

    `name` is the type of the column. `form` is a condition, with `{}` for the quoted column, that every value keeps:
    columns of SQLite take any text. `quoted` says whether a value is written as a text literal or as it is.
    """

    name: str
    form: str
    quoted: bool = True

    def literal(self, text: str) -> str:
        """A value, given as its canonical text."""
        return "'" + text.replace("'", "''") + "'" if self.quoted else text


@dataclass(frozen=True, slots=True)
class ValueType:
    """A type of Table Schema, with one of its formats.

    `parse` takes canonical text and raises `ValueError` for anything else; `format` is its inverse.
    `say` completes "must be …"; `json_schema` describes the value in an editor, `sql` in a database.
    `grammar` is the pattern of exactly the texts that `parse` takes, by which large tables are filtered; none when no
    pattern says it, empty when every text is taken.
    `ordered` says whether `minimum` and `maximum` have a meaning, `text` whether lengths and patterns have.
    """

    name: str
    say: str
    parse: Callable[[str], Any]
    format: Callable[[Any], str]
    json_schema: Mapping[str, Any]
    sql: SqlType
    grammar: str | None = None
    ordered: bool = False
    text: bool = False
