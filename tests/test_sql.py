"""The SQL of the tables: SQLite takes it, loads the dataset, and refuses what the schemas refuse."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventpack.building import build
from eventpack.derive.sql import SQL, table_order
from eventpack.judge import compile_judge
from eventpack.opening import open_package
from eventpack.validation import validate
from eventpack.values import TYPES
from tests.casepack import copy_base
from tests.sqlpack import BROKEN, FIRST, GOOD, MISFORMED, constraints_sql, sql_of, write_package
from tests.test_validation import edit

ROOT = Path(__file__).parent.parent
TEXT = {"type": "string"}


def database(sql: str) -> sqlite3.Connection:
    """An empty database in memory with the tables, that keeps keys between tables."""
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.executescript(sql)
    return connection


def load(connection: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, str]]) -> None:
    """Insert rows as they stand in a CSV file; missing cells become NULL."""
    for row in rows:
        names = ", ".join('"' + name.replace('"', '""') + '"' for name in row)
        marks = ", ".join("?" * len(row))
        connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', [text or None for text in row.values()])


def orders(tmp_path: Path) -> sqlite3.Connection:
    """The package with every constraint, with one group and one order in it."""
    connection = database(constraints_sql(tmp_path / "pack"))
    load(connection, "group", [{"code": "g1", "select": "one"}])
    load(connection, "order", [FIRST])
    connection.commit()
    return connection


def test_sqlite_loads_the_dataset_with_foreign_keys_on() -> None:
    """The committed file makes all tables; every row of every CSV file goes in, and no key leads nowhere."""
    connection = database((ROOT / SQL).read_text("utf-8"))
    rows = {}
    for resource in open_package(ROOT).tables:
        rows[resource.name] = list(csv.DictReader(io.StringIO((ROOT / resource.path).read_text("utf-8"))))
        load(connection, resource.name, rows[resource.name])
    connection.commit()
    counts = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in rows}
    assert counts == {name: len(held) for name, held in rows.items()}
    assert counts["claims"] > 0
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_row_that_keeps_everything_is_taken(tmp_path: Path) -> None:
    """So what is refused below is refused for the one thing that was changed."""
    connection = orders(tmp_path)
    load(connection, "order", [GOOD])
    connection.commit()
    assert connection.execute('SELECT count(*) FROM "order"').fetchone() == (2,)


@pytest.mark.parametrize(("change", "named"), BROKEN, ids=str)
def test_a_broken_row_is_refused_by_name(tmp_path: Path, change: dict[str, str], named: str) -> None:
    """One change for each kind of constraint; the engine says which one is broken."""
    connection = orders(tmp_path)
    with pytest.raises(sqlite3.IntegrityError, match=named):
        load(connection, "order", [GOOD | change])
        connection.commit()


@pytest.mark.parametrize("change", [*MISFORMED, {"day": "2026-3-1"}, {"sure": "yes"}, {"low": "1e400"}], ids=str)
def test_text_that_is_no_value_of_its_type_is_refused(tmp_path: Path, change: dict[str, str]) -> None:
    """Columns of SQLite take anything; the checks do not."""
    with pytest.raises(sqlite3.IntegrityError, match=rf"order_{next(iter(change))}_form"):
        load(orders(tmp_path), "order", [GOOD | change])


def test_an_empty_text_is_not_a_missing_value(tmp_path: Path) -> None:
    """Who forgets to turn empty cells into NULL is told at the first row."""
    with pytest.raises(sqlite3.IntegrityError, match="order_why_form"):
        orders(tmp_path).execute("""INSERT INTO "order" ("id", "kind", "low", "why") VALUES ('o2', 'so', 1, '')""")


def test_what_sql_cannot_say_stands_as_a_comment(tmp_path: Path) -> None:
    """Patterns, formats, and rules over several rows are named, so that nobody takes them for kept."""
    field = {"name": "id", "format": "uri", "constraints": {"pattern": "https://.*"}}
    rules = [{"name": "filled", "kind": "at-least-one", "table": "row", "say": "Each has rows."}]
    child = {
        "fields": [{"name": "row_id"}, {"name": "id"}], "primaryKey": "row_id",
        "foreignKeys": [{"fields": "id", "reference": {"resource": "whole", "fields": "id"}}],
    }  # fmt: skip
    whole = {"fields": [field], "primaryKey": "id", "eventpack:rules": rules}
    text = sql_of(write_package(tmp_path / "pack", {"whole": whole, "row": child})) + constraints_sql(
        tmp_path / "other"
    )
    assert re.findall(r"-- (not checked: .*)", text) == [
        "not checked: must be a web address with its scheme, like https://example.org/report",
        "not checked: of the form https://.*",
        "not checked: Each has rows. (`filled`: at least one row of `row` belongs to each row)",
        "not checked: of the form [a-z ]+",
        "not checked: Some rows. (`many`: the number of rows is at least 1, because there are some)",
    ]


def test_tables_that_lead_to_each_other_are_broken_apart(tmp_path: Path) -> None:
    """A key to a table that comes later is left out, and the file says which."""

    def leading(target: str) -> dict[str, Any]:
        key = {"fields": ["next"], "reference": {"resource": target, "fields": ["id"]}}
        return {"fields": [{"name": "id"}, {"name": "next"}], "primaryKey": ["id"], "foreignKeys": [key]}

    folder = write_package(tmp_path / "pack", {"c": leading("a"), "a": leading("b"), "b": leading("a")})
    text = sql_of(folder)
    assert table_order(open_package(folder)) == ["a", "c", "b"]
    assert text.count("FOREIGN KEY") - text.count("not checked: FOREIGN KEY") == 2
    assert 'not checked: FOREIGN KEY ("next") REFERENCES "b" ("id"), because the tables lead' in text
    database(text)


@pytest.mark.parametrize(
    ("own", "other", "reason"),
    [
        ({"name": "label"}, "label", '("label") is not said to be unique there'),
        ({"name": "number", "type": "integer"}, "code", "the types differ"),
    ],
)
def test_a_key_that_a_database_cannot_keep_is_left_out(
    tmp_path: Path, own: dict[str, str], other: str, reason: str
) -> None:
    """Both engines want a unique target, and PostgreSQL the same type; valid data must not be refused for that."""
    group = {"fields": [{"name": "code"}, {"name": "label"}], "primaryKey": ["code"]}
    key = {"fields": [own["name"]], "reference": {"resource": "group", "fields": [other]}}
    text = sql_of(write_package(tmp_path / "pack", {"one": {"fields": [own], "foreignKeys": [key]}, "group": group}))
    assert f'-- not checked: FOREIGN KEY ("{own["name"]}") REFERENCES "group" ("{other}"), because {reason}' in text
    database(text)


def test_names_of_constraints_fit_and_differ(tmp_path: Path) -> None:
    """PostgreSQL keeps 63 bytes of a name; what is equal so far gets a number, whichever table it is in."""
    long = "ü" * 40
    schemas: dict[str, object] = {
        "a": {"fields": [{"name": long + "1"}, {"name": long + "2"}]},
        "a_b": {"fields": [{"name": "c"}]},
    }
    schemas |= {"a_b_c": {"fields": [{"name": "d"}], "primaryKey": ["d"]}}
    text = sql_of(write_package(tmp_path / "pack", {**schemas, "a_b_c_key": {"fields": [{"name": "e"}]}}))
    names = re.findall(r'CONSTRAINT "(.*?)"', text)
    assert len(set(names)) == len(names) == 6
    assert max(len(name.encode("utf-8")) for name in names) <= 63
    assert '"a_b_c_key_2" PRIMARY KEY' in text


def test_text_of_the_schemas_cannot_leave_its_comment(tmp_path: Path) -> None:
    """A title with a line end and a statement is one comment; the tables are those of the package."""
    connection = orders(tmp_path)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    assert names == [("group",), ("order",)]


def test_codes_that_no_cell_can_hold(tmp_path: Path) -> None:
    """An enum without codes, and one with a NUL, still make a file that is read to its end."""
    fields = [{"name": "a", "constraints": {"enum": []}}, {"name": "b", "constraints": {"enum": ["\0", "\\"]}}]
    connection = database(sql_of(write_package(tmp_path / "pack", {"one": {"fields": fields}})))
    load(connection, "one", [{"a": "", "b": "\\"}])
    with pytest.raises(sqlite3.IntegrityError, match="one_a_enum"):
        load(connection, "one", [{"a": "x"}])


def test_the_file_is_built_and_proved_fresh(tmp_path: Path) -> None:
    """A build writes it, the same twice; a changed schema makes it stale."""
    folder = copy_base(tmp_path / "pack")
    held = (folder / SQL).read_bytes()
    (folder / SQL).unlink()
    build(folder)
    assert (folder / SQL).read_bytes() == held
    (folder / SQL).write_bytes(held.replace(b"BIGINT", b"INTEGER", 1))
    assert [(f.code, f.where.path) for f in validate(folder).findings] == [("build/stale", SQL)]


def test_the_file_takes_the_place_of_no_other(tmp_path: Path) -> None:
    """A table at its path is a collision."""
    folder = copy_base(tmp_path / "pack")
    (folder / SQL).unlink()
    (folder / "data/places.csv").rename(folder / SQL)
    edit(folder / "datapackage.json", '"data/places.csv"', f'"{SQL}"')
    assert "build/collision" in {finding.code for finding in validate(folder).findings}


# What may stand in a cell, by type; numbers within the fifteen digits that SQLite keeps.
_VALUES = {
    "string": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
    "integer": st.integers(-(10**9), 10**9) | st.integers(-5, 5),
    "number": st.decimals(-1000, 1000, places=3) | st.integers(-5, 5),
    "boolean": st.booleans(),
    "date": st.dates(),
    "year": st.integers(0, 9999),
}
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def as_text(kind: str, value: Any) -> str:
    """A value in its canonical form."""
    if kind == "number":
        return f"{value:f}"
    return value if kind == "string" else TYPES[kind, "default"].format(value)


@st.composite
def fields_and_cells(draw: st.DrawFn) -> tuple[dict[str, Any], list[str]]:
    """A field with some constraints, and cells of which some keep them."""
    kind = draw(st.sampled_from(sorted(_VALUES)))
    texts = _VALUES[kind].map(lambda value: as_text(kind, value))
    limits: dict[str, Any] = {}
    if draw(st.booleans()):
        limits = {"enum": draw(st.lists(texts.filter(bool), min_size=1, max_size=3, unique=True))}
    elif kind == "string":
        limits = draw(st.fixed_dictionaries({}, optional=dict.fromkeys(("minLength", "maxLength"), st.integers(0, 6))))
    elif TYPES[kind, "default"].ordered:
        limits = draw(st.fixed_dictionaries({}, optional=dict.fromkeys(_BOUNDS, texts)))
    near = [*limits.get("enum", []), *(limits[name] for name in _BOUNDS if name in limits)]
    cells = draw(st.lists(st.sampled_from([*near, ""]) | texts, min_size=1, max_size=6))
    required = {"required": draw(st.booleans())}
    return {"name": "cell", "type": kind, "constraints": {**required, **limits}}, cells


@given(fields_and_cells())
def test_sqlite_judges_cells_as_the_schema_does(case: tuple[dict[str, Any], list[str]]) -> None:
    """Enum, bounds, lengths and required: what the judge accepts goes in, what it refuses for them does not."""
    described, cells = case
    with TemporaryDirectory() as folder:
        pack = write_package(Path(folder), {"one": {"fields": [described]}})
        package = open_package(pack)
        if "one" not in package.schemas:
            return  # two texts of one value in an enum
        connection, judge = database(sql_of(pack)), compile_judge(package.schemas["one"].fields[0])
    for text in cells:
        problem = judge(text)
        try:
            load(connection, "one", [{"cell": text}])
            taken = True
        except sqlite3.IntegrityError:
            taken = False
        if problem is None or problem.code not in ("cell/space", "cell/type"):
            assert (text, taken) == (text, problem is None)
