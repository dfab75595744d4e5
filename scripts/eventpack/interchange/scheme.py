"""What another format wants: its columns, where each comes from, and what of ours it has no room for.

All of it stands in `schemes/*.toml`, one file per format; code only knows the names used there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from eventpack.errors import EventpackError
from eventpack.finding import near_miss

FOLDER = Path(__file__).parent / "schemes"
SCHEMES = ("ged", "acled", "polecat", "plover")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a format: the value that fills it, or why it stays empty.

    `names` are all headers under which files have it, the one that we write first.
    """

    names: tuple[str, ...]
    take: str = ""
    empty: str = ""

    @property
    def name(self) -> str:
        """The header that we write."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One format of others.

    `needs` are the tests that an event must pass, in their order; `realis`, `sides` and `types` say what codes become;
    `lost` says of each of our fields that no column holds why it is dropped, `kept` names the columns of the others;
    `more` holds what only this format has.
    """

    name: str
    title: str
    form: str
    suffix: str
    missing: str
    columns: tuple[Column, ...]
    needs: tuple[str, ...]
    realis: Mapping[str, str]
    lost: Mapping[str, Mapping[str, str]]
    kept: Mapping[str, Mapping[str, str]]
    more: Mapping[str, Any]

    @property
    def header(self) -> list[str]:
        """The names of the columns as we write them."""
        return [column.name for column in self.columns]


@cache
def scheme_of(name: str) -> Scheme:
    """A format by its name.

    Raises:
        EventpackError: There is none of that name.
    """
    if name not in SCHEMES:
        raise EventpackError(f"there is no format `{name}`{near_miss(name, SCHEMES)}", f"one of: {', '.join(SCHEMES)}")
    told = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    fields: Mapping[str, Mapping[str, Mapping[str, str]]] = told.pop("fields")
    return Scheme(
        name=name,
        title=told.pop("title"),
        form=told.pop("form"),
        suffix=told.pop("suffix"),
        missing=told.pop("missing", ""),
        columns=tuple(_column(label, entry) for label, entry in told.pop("columns").items()),
        needs=tuple(told.pop("needs")),
        realis=told.pop("realis"),
        lost=_with(fields, "lost"),
        kept=_with(fields, "in"),
        more=told,
    )  # fmt: skip


def _with(fields: Mapping[str, Mapping[str, Mapping[str, str]]], word: str) -> Mapping[str, Mapping[str, str]]:
    """Per table the fields of which a word is said, with what is said."""
    return {table: {name: row[word] for name, row in rows.items() if word in row} for table, rows in fields.items()}


def _column(label: str, entry: Mapping[str, Any]) -> Column:
    return Column((label, *entry.get("also", ())), entry.get("take", ""), entry.get("empty", ""))


@cache
def reasons() -> Mapping[str, str]:
    """Why something is lost, in words, by the reason's code."""
    told: dict[str, str] = tomllib.loads((FOLDER / "reasons.toml").read_text("utf-8"))
    return told


@cache
def parties() -> Mapping[str, Mapping[str, str]]:
    """How an actor is party to violence, by its sector and by its kind."""
    told: dict[str, dict[str, str]] = tomllib.loads((FOLDER / "parties.toml").read_text("utf-8"))
    return told


@cache
def counted_as() -> Mapping[str, Mapping[str, list[str]]]:
    """What measures count, by their codes and by their equivalents in other schemes."""
    told: dict[str, dict[str, list[str]]] = tomllib.loads((FOLDER / "measures.toml").read_text("utf-8"))
    return told
