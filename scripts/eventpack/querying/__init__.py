"""Questions to a dataset, answered as a table: conditions in the codebook's words, or SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from eventpack.versions import LATEST

if TYPE_CHECKING:
    import polars as pl

    from eventpack.descriptor import Package
    from eventpack.loading.dataset import Dataset
    from eventpack.schema import Field

__all__ = ["Answer", "ask_sql", "query"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: a frame, with the field behind each column that is one of the dataset's.

    `found` is how many rows there are, `frame` holds as many of them as were wanted. `of` is how many rows the
    table has that was asked, `table` its name; an answer to SQL has neither. `about` says what was asked of which
    version, for forms that can carry it.
    """

    frame: pl.DataFrame
    found: int
    package: Package
    fields: Mapping[str, Field] = field(default_factory=dict)
    table: str = ""
    of: int = 0
    about: Mapping[str, object] = field(default_factory=dict)


def query(
    ref: str | Path,
    *,
    table: str = "",
    where: Sequence[str] = (),
    columns: Sequence[str] = (),
    sort: Sequence[str] = (),
    limit: int | None = None,
    version: str = LATEST,
    as_of: str = "",
    offline: bool = False,
) -> Answer:
    """The rows of a table that keep all conditions, such as `realis=occurred`.

    Without `table` the events are meant, or the only table. `limit` is how many rows are wanted; the others are
    counted. `ref`, `version`, `as_of` and `offline` are those of `load`, which raises what else can be wrong.

    Raises:
        EventpackError: A condition, table or column cannot be meant; what probably was is named.
    """
    from eventpack.loading.conditions import read_conditions  # polars: 110 ms
    from eventpack.loading.dataset import load
    from eventpack.loading.selecting import select

    conditions = list(read_conditions(where))
    dataset = load(ref, version=version, as_of=as_of, offline=offline)
    found = select(dataset._tables, table, conditions, columns, sort, limit)
    asked: dict[str, object] = {"table": found.table, "where": list(where)}
    asked |= {"columns": list(columns)} if columns else {}
    asked |= {"limit": limit} if limit is not None and limit < found.found else {}
    return Answer(
        found.frame, found.found, dataset.package, found.fields, found.table, found.size, _about(dataset) | asked
    )


def ask_sql(
    ref: str | Path,
    statement: str,
    *,
    limit: int | None = None,
    version: str = LATEST,
    as_of: str = "",
    offline: bool = False,
) -> Answer:
    """What a SELECT of DuckDB finds in the tables of a dataset; it can read nothing else, and change nothing.

    Raises:
        EventpackError: duckdb is not installed, the statement is no question, or it cannot be answered.
    """
    from eventpack.loading.dataset import load
    from eventpack.querying.sql import answer

    dataset = load(ref, version=version, as_of=as_of, offline=offline)
    frame, found = answer(dataset._tables, statement, limit)
    return Answer(frame, found, dataset.package, about=_about(dataset) | {"sql": statement})


def _about(dataset: Dataset) -> dict[str, object]:
    from eventpack import __version__

    return {
        "dataset": dataset.name, "version": dataset.version, "citation": dataset.cite(), "eventpack": __version__,
    }  # fmt: skip
