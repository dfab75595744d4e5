"""A loaded dataset: its tables as frames, its schemas, and how to cite it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, overload

from eventpack.descriptor import Package
from eventpack.errors import EventpackError
from eventpack.loading.refs import local_path
from eventpack.loading.tables import Tables
from eventpack.opening import find_target, read_sound
from eventpack.schema import Schema
from eventpack.versions import LATEST, choose

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl

    from eventpack.loading.frame import Frame
    from eventpack.loading.update import Update


class Schemas(Mapping[str, Schema]):
    """The schemas of the tables by name."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def __getitem__(self, name: str) -> Schema:
        return self._tables.schema(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables.names)

    def __len__(self) -> int:
        return len(self._tables.names)

    def __repr__(self) -> str:
        return f"schemas of {', '.join(self)}"


class Dataset:
    """The tables of one version of a dataset.

    Each is an attribute (`dataset.events`) and an item (`dataset["events"]`), read when first asked for. A table whose
    name is also that of something else here, such as `name`, is an item only.
    """

    def __init__(self, package: Package) -> None:
        self._tables = Tables(package)

    @property
    def package(self) -> Package:
        """The opened package: files, descriptor and schemas."""
        return self._tables.package

    @property
    def name(self) -> str:
        """The name of the dataset."""
        return self.package.descriptor.name

    @property
    def version(self) -> str:
        """The version of the dataset; empty when its descriptor has none."""
        return self.package.descriptor.version

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables, in the descriptor's order."""
        return self._tables.names

    @property
    def schema(self) -> Schemas:
        """The schema of each table by name, with the meaning of every field and code."""
        return Schemas(self._tables)

    def cite(self) -> str:
        """This version of the dataset as one line of a list of references."""
        from eventpack.derive.citation import citation_text  # few who load cite at once

        return citation_text(self.package.descriptor, self.version, self.package.descriptor.created)

    @overload
    def to_pandas(self) -> dict[str, pd.DataFrame]: ...
    @overload
    def to_pandas(self, table: str) -> pd.DataFrame: ...
    def to_pandas(self, table: str | None = None) -> pd.DataFrame | dict[str, pd.DataFrame]:
        """One table as a pandas frame, or all of them by name: codes are categories, what is missing is missing.

        Raises:
            EventpackError: pandas is not installed, or a table cannot be read.
        """
        from eventpack.loading.as_pandas import pandas_frame

        if table is not None:
            return pandas_frame(self._tables.frame(table))
        return {name: pandas_frame(self._tables.frame(name)) for name in self.tables}

    def to_duckdb(self, path: str | Path | None = None) -> duckdb.DuckDBPyConnection:
        """A connection to a new database with all tables, typed, described and with primary keys.

        It is in memory, or in a new file at `path`.

        Raises:
            EventpackError: duckdb is not installed, a table cannot be read, or there is something at `path`.
        """
        from eventpack.loading.as_duckdb import duckdb_connection

        return duckdb_connection(self._tables, path)

    def update(
        self,
        old: Dataset | pl.DataFrame | pd.DataFrame | str | Path,
        *,
        table: str = "",
        where: Mapping[str, object] | Sequence[str] | None = None,
    ) -> Update:
        """What was kept of an older version, as it is in this one; the result tells what became of each record.

        `old` is a dataset, a frame (of polars or pandas), or a CSV or Parquet file, filtered as its owner pleased and
        with columns of their own, which stay. It must hold the key of the table, whose name is guessed where nobody
        gives it. Ids that were merged or split are followed. `where` is the filter that chose the rows, as words or
        conditions: what fits it now is added, what does not is left out. Frames of a dataset and Parquet files of
        `eventpack query` know it themselves.

        Raises:
            EventpackError: It is no extract of this dataset, its rows cannot be told apart, or its filter cannot be
                meant.
        """
        from eventpack.loading.updating import update_dataset, update_extract  # polars: 110 ms

        if isinstance(old, Dataset):
            if where is not None:
                raise EventpackError("a whole dataset has no filter", "give a frame of it, or leave `where` out")
            return update_dataset(self._tables, old._tables, table)
        return update_extract(self._tables, old, table, where)

    def __getitem__(self, name: str) -> Frame:
        from eventpack.loading.frame import Frame, Making  # polars: 110 ms

        return Frame(self._tables.frame(name), Making(self._tables, name))

    def __getattr__(self, name: str) -> Frame:
        if name.startswith("_"):  # Python and notebooks look for such names
            raise AttributeError(f"a dataset has no attribute {name!r}")
        return self[name]

    def __contains__(self, name: object) -> bool:
        return name in self.tables

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *(name for name in self.tables if name.isidentifier())})

    def _ipython_key_completions_(self) -> list[str]:
        return list(self.tables)

    def __reduce__(self) -> tuple[type[Dataset], tuple[Package]]:
        return Dataset, (self.package,)  # another process reads the tables itself

    def __repr__(self) -> str:
        from eventpack.loading.overview import text_overview

        return text_overview(self._tables)

    def _repr_html_(self) -> str:
        from eventpack.loading.overview import html_overview

        return html_overview(self._tables)


def load(
    ref: str | Path, *, version: str = LATEST, as_of: str = "", offline: bool = False, key: str | Path | None = None
) -> Dataset:
    """The dataset at a path, at an address, or of a name in the cache.

    A path is a folder (packaged, published or the source tree, whose tables are as `build` wrote them), a descriptor or
    a packaged zip. An address is that of a published dataset, `https://…/<name>`; it is downloaded into the shared
    cache and verified. `version` is exact, `latest`, or like `~1.2`; `as_of` is a day: the version that was the latest
    one at its end, of a source tree with releases or of what is published. `offline` uses only what the cache holds.
    `key` is the file of a public key that the place must be signed by; it goes with `version`, not with `as_of`.

    Raises:
        NotAPackage: The path holds no package.
        EventpackError: There is no such dataset or version, or the tool would misread it.
        NetworkError: The server or the network refuses.
        DamagedError: What arrived is not what was published.
    """
    if as_of and key:
        raise EventpackError("a key goes with a version, not with a day", "give version=… instead of as_of")
    path = _as_of(ref, version, as_of, offline) if as_of else local_path(ref, version, offline, key)
    target = find_target(path)
    if target.record:
        raise EventpackError(f"{path} is a record, not a dataset", "name the folder that holds its datapackage.json")
    package, findings = read_sound(target)
    # An unsound table is refused when it is asked for; these concern what is read otherwise.
    doubts = [f for f in findings if package is None or (f.code.endswith("/unsupported") and not f.where.table)]
    if package is None or doubts:
        finding = doubts[0]
        raise EventpackError(f"cannot load {path}: {finding.where}: {finding.what}", f"run `eventpack validate {path}`")
    if version != LATEST:
        choose(version, [package.descriptor.version])  # a path holds the one version that it holds
    return Dataset(package)


def _as_of(ref: str | Path, version: str, date: str, offline: bool) -> Path:
    """The package that was the latest version at the end of a day."""
    from eventpack.lives.states import state_at, states_of

    return state_at(states_of(ref, offline=offline), version="" if version == LATEST else version, date=date).find()
