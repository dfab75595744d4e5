"""`to_pandas` and `to_duckdb`: the same values under the same types, in other hands."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

import eventpack
from eventpack.errors import DiskError
from tests.test_load import ALL_TYPES, MILLS, ROWS, refusal
from tests.typedpack import fields, write_typed

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def dataset() -> eventpack.Dataset:
    """The dataset of this repository."""
    return eventpack.load(ROOT)


def texts_of(data: eventpack.Dataset, name: str) -> list[dict[str, str]]:
    """The rows of a table as its CSV file has them."""
    with (ROOT / data.package.resource(name).path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same(kind: str, text: str, value: object) -> bool:
    """Whether a value, written as text by somebody else's library, is that of a cell."""
    if text == "" or value is None:
        return text == "" and value is None
    return float(text) == float(str(value)) if kind == "number" else text == str(value)


def all_types(folder: Path) -> eventpack.Dataset:
    """A table with every type, and one with a vocabulary."""
    return eventpack.load(write_typed(folder, {**MILLS, "all": (ALL_TYPES, ROWS)}))


def test_pandas_has_a_fitting_type_for_every_column(tmp_path: Path) -> None:
    """Codes are categories in the schema's order, and each type can be missing."""
    frame = all_types(tmp_path).to_pandas("all")
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        "id": "string", "page": "string", "level": "category", "count": "Int64", "share": "Float64",
        "open": "boolean", "day": "datetime64[s]", "founded": "Int16",
    }  # fmt: skip
    assert frame["level"].cat.categories.to_list() == ["low", "middle", "high"]
    assert frame["day"].iloc[1] == pd.Timestamp("0001-01-01").as_unit("s")
    assert frame.iloc[2].isna().to_list() == [False, *[True] * 7]


def test_pandas_gets_every_cell_of_the_dataset(dataset: eventpack.Dataset) -> None:
    """Read back as text, all tables are what the CSV files say."""
    frames = dataset.to_pandas()
    assert tuple(frames) == dataset.tables
    for name, frame in frames.items():
        texts = texts_of(dataset, name)
        assert (frame.shape, list(frame.columns)) == (
            (len(texts), len(dataset.schema[name].fields)),
            dataset.schema[name].names,
        )
        for field in dataset.schema[name].fields:
            column = frame[field.name]
            if field.type == "date":
                column = column.dt.strftime("%Y-%m-%d")
            if field.type == "boolean":
                column = column.map({True: "true", False: "false"})
            for row, value in zip(texts, column, strict=True):
                assert same(field.type, row[field.name], None if pd.isna(value) else value), (name, field.name, row)


def test_duckdb_has_a_fitting_type_for_every_column(tmp_path: Path) -> None:
    """Enums carry the codes, and the first of all fields is the key."""
    connection = all_types(tmp_path).to_duckdb()
    described = connection.execute('DESCRIBE "all"').fetchall()
    assert [(name, kind, key) for name, kind, _, key, *_ in described] == [
        ("id", "VARCHAR", "PRI"), ("page", "VARCHAR", None), ("level", "ENUM('low', 'middle', 'high')", None),
        ("count", "BIGINT", None), ("share", "DOUBLE", None), ("open", "BOOLEAN", None), ("day", "DATE", None),
        ("founded", "SMALLINT", None),
    ]  # fmt: skip
    joined = "SELECT mill_id, label FROM mills JOIN sorts ON sort = code ORDER BY 1"
    assert connection.execute(joined).fetchall() == [("m1", "Rye"), ("m3", "Grain")]


def test_duckdb_gets_every_cell_of_the_dataset(dataset: eventpack.Dataset) -> None:
    """Read back as text, all tables are what the CSV files say, in their order."""
    connection = dataset.to_duckdb()
    for name in dataset.tables:
        kinds = [field.type for field in dataset.schema[name].fields]
        rows = connection.execute(f'SELECT CAST(COLUMNS(*) AS VARCHAR) FROM "{name}"').fetchall()
        texts = [list(row.values()) for row in texts_of(dataset, name)]
        assert len(rows) == len(texts)
        for row, cells in zip(rows, texts, strict=True):
            assert all(map(same, kinds, cells, row)), (name, row, cells)


def test_duckdb_knows_what_tables_and_fields_mean(tmp_path: Path) -> None:
    """Descriptions of the schema are comments, quotes in them or not; so are names and codes."""
    names: dict[str, Mapping[str, Any]] = {
        'the "id"': {"type": "string", "description": "Nobody's id."},
        "code": {"type": "string", "constraints": {"enum": ["it's", "b"]}},
    }
    schema = fields(**names)
    tables = {"odd-name": ({**schema, "description": "It's odd."}, '"the ""id""",code\nx,it\'s\n')}
    connection = eventpack.load(write_typed(tmp_path, tables)).to_duckdb()
    assert connection.execute('SELECT * FROM "odd-name"').fetchall() == [("x", "it's")]
    comments = (
        "SELECT comment FROM duckdb_tables() UNION ALL SELECT comment FROM duckdb_columns() WHERE comment NOT NULL"
    )
    assert connection.execute(comments).fetchall() == [("It's odd.",), ("Nobody's id.",)]


def test_a_database_file_is_written_as_a_whole(tmp_path: Path) -> None:
    """What is returned is open on it; nothing else is left, and an existing file is never touched."""
    data = all_types(tmp_path / "package")
    target = tmp_path / "made" / "mills.duckdb"
    target.parent.mkdir()
    data.to_duckdb(target).close()
    assert [path.name for path in target.parent.iterdir()] == ["mills.duckdb"]
    before = target.read_bytes()
    assert refusal(lambda: data.to_duckdb(target)) == (
        f"{target} is there already", "name a new file, or remove the old one",
    )  # fmt: skip
    assert target.read_bytes() == before
    with duckdb.connect(target, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM mills").fetchall() == [(3,)]


def test_a_database_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    """A missing folder is the disk's refusal; a key that stands twice is the data's, named like a bad cell."""
    data = all_types(tmp_path / "package")
    with pytest.raises(DiskError, match="cannot write"):
        data.to_duckdb(tmp_path / "nowhere" / "mills.duckdb")
    twice = eventpack.load(write_typed(tmp_path / "twice", {"t": (fields(id="string"), "id\na\na\n")}))
    what, fix = refusal(lambda: twice.to_duckdb(tmp_path / "twice.duckdb"))
    assert what.startswith("the table `t` cannot be read: its primary key does not hold (Constraint Error: ")
    assert fix == f"run `eventpack validate {(tmp_path / 'twice').as_posix()}`"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["package", "twice"]


@pytest.mark.parametrize("library", ["pandas", "duckdb"])
def test_a_library_that_is_not_installed_is_named_with_its_remedy(tmp_path: Path, library: str) -> None:
    """A Python that cannot import it says what to install."""
    program = f"""
import sys, eventpack
sys.modules[{library!r}] = None
try:
    eventpack.load({str(write_typed(tmp_path, MILLS))!r}).to_{library}()
except eventpack.EventpackError as error:
    print(error.what, error.fix, sep="; ")
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout == f'{library} is not installed; run `pip install ".[{library}]"` in the checkout\n'


def test_pandas_and_duckdb_need_no_pyarrow(tmp_path: Path) -> None:
    """Frames travel without a third library."""
    program = f"""
import sys, eventpack
sys.modules["pyarrow"] = None
data = eventpack.load({str(write_typed(tmp_path, {"all": (ALL_TYPES, ROWS)}))!r})
print(len(data.to_pandas("all")), data.to_duckdb().execute('SELECT count(*) FROM "all"').fetchone()[0])
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (result.stdout, result.stderr) == ("3 3\n", "")
