"""A packaged release opened with other tools: what each of them sees, held against what the schemas say.

`python -m tests.system.opened` writes the page docs/interop.md. The programs in `readers/` print what a tool reads as
JSON: its version, and per table the types of the columns and the rows; those that check keys also tell what they find.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eventpack.exporting import export
from eventpack.loading.dataset import load
from eventpack.packaging import package

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ENVIRONMENTS = ROOT / ".venv-interop"
WRONG = "EV-zzzzzz"  # an id that no event has

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Reader:
    """A tool: the program that runs it, whether it gives values or texts, and how keys are checked with it.

    `export` names the format that it reads instead of the package; `types` says what is special about them.
    """

    title: str
    words: tuple[str, ...]
    by: str
    typed: bool = True
    keys: str = ""
    export: str = ""
    types: str = "as in the schemas"


def _python(name: str, program: str = "") -> tuple[str, ...]:
    return (str(ENVIRONMENTS / name / "bin/python"), str(HERE / f"readers/read_{program or name}.py"))


def _node(name: str) -> tuple[str, ...]:
    return ("node", str(HERE / f"readers/read_{name}.cjs"), str(HERE / "node_modules"))


READERS = (
    Reader("frictionless", _python("frictionless"), "`datapackage.json`", keys="its validation"),
    Reader("datapackage-js", _node("datapackage"), "`datapackage.json`", keys="`checkRelations`"),
    Reader("frictionless.js", _node("frictionlessjs"), "`datapackage.json`", typed=False, types="text"),
    Reader("mlcroissant", _python("mlcroissant"), "`croissant.json`"),
    Reader("pandas", _python("pandas"), "the CSV files, by the schemas", keys="a join"),
    Reader("polars", _python("polars"), "the CSV files, by the schemas", keys="a join"),
    Reader("DuckDB", _python("duckdb"), "the CSV files, by the schemas", keys="a join"),
    Reader("R", ("Rscript", str(HERE / "readers/read_r.R")), "the CSV files, by the schemas", keys="`%in%`"),
    Reader("GDAL", (sys.executable, str(HERE / "readers/read_gdal.py")), "the CSV files", typed=False, types="text"),
    Reader("pandas", _python("pandas", "pandas_parquet"), "the Parquet files", export="parquet"),
    Reader("polars", _python("polars", "polars_parquet"), "the Parquet files", export="parquet"),
    Reader("DuckDB", _python("duckdb", "duckdb_parquet"), "the Parquet files", export="parquet"),
    Reader(
        "geopandas", _python("geopandas"), "the GeoParquet files", export="geoparquet",
        types="as in the schemas; integers with gaps are floats",
    ),
    Reader("GDAL", (sys.executable, str(HERE / "readers/read_gdal_geopackage.py")), "the GeoPackage", export="gpkg"),
    Reader("Datasette", _python("datasette"), "the SQLite database", export="sqlite"),
    Reader("R", ("Rscript", str(HERE / "readers/read_sqlite.R")), "the SQLite database", export="sqlite"),
)  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A table: the types of its columns, and its rows as JSON values."""

    types: Mapping[str, str]
    rows: Rows


@dataclass(frozen=True)
class Seen:
    """What a tool read: its version, the tables, and how many keys lead nowhere, or what errors it told."""

    version: str
    tables: Mapping[str, Table]
    astray: int | None
    errors: tuple[str, ...]


def release(folder: Path) -> Path:
    """This repository's dataset, packaged as of a fixed time."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "1772712000"
    try:
        return package(ROOT, folder).folder
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH")
        os.environ.update({"SOURCE_DATE_EPOCH": before} if before else {})


def exports(folder: Path) -> Path:
    """The formats that are read here, beside the package."""
    return export(folder, sorted({reader.export for reader in READERS if reader.export})).folder


def broken(folder: Path, target: Path) -> Path:
    """A copy in which one key leads nowhere; its size and digest are no longer claimed."""
    copy = Path(shutil.copytree(folder, target))
    path = copy / "data/participants.csv"
    header, first, *rest = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([header, WRONG + first[first.index(",") :], *rest]), "utf-8")
    descriptor = json.loads((copy / "datapackage.json").read_text("utf-8"))
    for resource in descriptor["resources"]:
        if resource["name"] == "participants":
            del resource["hash"], resource["bytes"]
    (copy / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return copy


def expected(reader: Reader, folder: Path) -> dict[str, Table]:
    """What a tool should see: values by the schemas, or the texts of the cells; a missing value is none."""
    if not reader.typed:
        return dict(_texts(folder))
    dataset = load(folder)
    names = ("places", "events_flat") if reader.export == "geoparquet" else dataset.tables
    tables = {}
    for name in names:
        rows = [[_plain(value) for value in row] for row in dataset[name].rows()]
        types = {field.name: field.type for field in dataset.schema[name].fields}
        if reader.title == "geopandas":  # numpy has no missing integer
            gaps = [column for column, cells in zip(types, zip(*rows, strict=True), strict=True) if None in cells]
            types |= {column: "number" for column in gaps if types[column] == "integer"}
        tables[name] = Table(types, rows)
    return tables


def _texts(folder: Path) -> Iterator[tuple[str, Table]]:
    for resource in json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]:
        if "schema" in resource:
            with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
                header, *rows = csv.reader(file)
            cells = [[cell or None for cell in row] for row in rows]
            yield resource["name"], Table(dict.fromkeys(header, "string"), cells)


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def seen(reader: Reader, folder: Path) -> Seen:
    """What a tool reads from a packaged folder, or from the exports beside it; a tool that fails fails here."""
    place = folder.with_name(f"{folder.name}.exports") if reader.export else folder
    surroundings = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run([*reader.words, str(place)], env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{reader.title}: {done.stderr}"
    told: Any = json.loads(done.stdout)
    tables = {name: Table(table["types"], table["rows"]) for name, table in told["tables"].items()}
    return Seen(told["version"], tables, told.get("astray"), tuple(told.get("errors", ())))


def differences(there: Mapping[str, Table], found: Mapping[str, Table]) -> list[str]:
    """Where a tool sees something else: tables, numbers of rows, types, cells. Empty texts count as missing."""
    told = [f"{name}: only on one side" for name in sorted(there.keys() ^ found.keys())]
    for name in there.keys() & found.keys():
        told += (f"{name}{what}" for what in _between(there[name], found[name]))
    return told


def _between(one: Table, other: Table) -> Iterator[str]:
    if len(one.rows) != len(other.rows):
        yield f": {len(one.rows)} rows, not {len(other.rows)}"
    for column, kind in one.types.items():
        if other.types.get(column) != kind:
            yield f".{column}: {kind}, not {other.types.get(column)}"
    for at, (row, again) in enumerate(zip(one.rows, other.rows, strict=False)):
        for column, cell, read in zip(one.types, row, again, strict=True):
            if cell != (None if read == "" else read):
                yield f"[{at}].{column}: {cell!r}, not {read!r}"


def found_broken(reader: Reader, folder: Path) -> int:
    """How many broken keys a tool finds."""
    what = seen(reader, folder)
    return len(what.errors) if what.astray is None else what.astray


def page() -> str:
    """The page: one row per tool."""
    with TemporaryDirectory() as place:
        folder = release(Path(place) / "dist")
        other = broken(folder, Path(place) / "broken")
        exports(folder)
        lines = [_row(reader, folder, other) for reader in READERS]
        tables = expected(READERS[0], folder)
    rows = sum(len(table.rows) for table in tables.values())
    cells = [cell for table in tables.values() for row in table.rows for cell in row]
    columns = sum(len(table.types) for table in tables.values())
    return f"""# Opened with other tools

Written by `make interop`; `make test-all` opens the release again and compares.

This repository's dataset, packaged: {len(tables)} tables with {rows} rows, {columns} columns of five types, and
{len(cells)} cells, {cells.count(None)} of which are missing values. Each tool runs in an environment of its own,
without eventpack, and every cell that it gives is compared with the value that the schemas say, points with their
coordinates. Keys are tried on a copy in which one key leads nowhere. Parquet and the rest are what `eventpack export`
makes of the same package.

| tool | version | opened | tables | rows | types | cells that differ | broken keys found |
| --- | --- | --- | --- | --- | --- | --- | --- |
{chr(10).join(lines)}
"""


def _row(reader: Reader, folder: Path, other: Path) -> str:
    what = seen(reader, folder)
    told = differences(expected(reader, folder), what.tables)
    assert not what.errors, f"{reader.title}: {what.errors[:3]}"
    rows = sum(len(table.rows) for table in what.tables.values())
    cells = (
        reader.title, what.version, reader.by, len(what.tables), rows, reader.types, len(told),
        f"{found_broken(reader, other)} of 1, by {reader.keys}" if reader.keys else "not tried",
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    sys.stdout.write(page())
