"""`eventpack sql`: any question to the tables of a dataset, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import eventpack
from eventpack.querying import ask_sql
from tests.diffpack import eventpack as run
from tests.test_load import ALL_TYPES, MILLS, ROWS, refusal
from tests.typedpack import fields, write_typed

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vocabulary, a table that leads to it, and a table of all types."""
    return write_typed(tmp_path_factory.mktemp("mixed"), {**MILLS, "all": (ALL_TYPES, ROWS)})


def rows(folder: Path, statement: str) -> list[tuple[object, ...]]:
    """What a question finds."""
    return ask_sql(folder, statement).frame.rows()


def test_tables_are_there_with_their_types(mixed: Path) -> None:
    """Joined, counted, described; a name in quotes is a name."""
    joined = "SELECT s.label, count(*) FROM mills m JOIN sorts s ON m.sort = s.code GROUP BY 1 ORDER BY 1"
    assert rows(mixed, joined) == [
        ("Grain", 1), ("Rye", 1),
    ]  # fmt: skip
    assert rows(mixed, "SELECT count + 1 FROM \"all\" WHERE day > DATE '2000-01-01'") == [(13,)]
    assert rows(mixed, "SELECT column_name, column_type FROM (DESCRIBE sorts) ORDER BY 1")[1][0] == "code"
    assert {row[0] for row in rows(mixed, "SHOW TABLES")} == {"sorts", "mills", "all"}
    assert rows(mixed, "SELECT table_name FROM information_schema.tables ORDER BY 1")[0] == ("all",)


def test_only_the_tables_that_are_asked_are_read(mixed: Path, tmp_path: Path) -> None:
    """One that cannot be read does not keep others from answering."""
    folder = write_typed(tmp_path, {"good": (fields(id="string"), "id\na\n"), "bad": (fields(n="integer"), "n\nx\n")})
    assert rows(folder, "SELECT id FROM GOOD") == [("a",)]
    assert refusal(lambda: rows(folder, "SELECT * FROM bad"))[0].startswith("the table `bad` cannot be read:")


def test_answers_of_every_type_can_be_written(mixed: Path) -> None:
    """Sums are whole numbers, odd types text, lists and structures JSON; two columns of one name are told apart."""
    question = """SELECT sum(count) AS total, 1.50 AS price, [1, 2] AS list, {'a': 1} AS pair, INTERVAL 2 DAY AS span,
        TIMESTAMP '2026-03-01 10:00' AS moment, TIME '10:00' AS time, 'ab'::BLOB AS bytes, 'nan'::DOUBLE AS nothing,
        MAP {'k': 1} AS map, 12345678901234567890123::HUGEINT AS huge, NULL AS none, 1 AS id, 2 AS ID FROM "all" """
    result = run(mixed, "sql", ".", question, "--format", "csv")
    assert result.stdout == (
        "total,price,list,pair,span,moment,time,bytes,nothing,map,huge,none,id,ID_1\n"
        '9,1.50,"[1, 2]","{""a"": 1}",2 days,2026-03-01T10:00:00,10:00:00,6162,NaN,{k=1},12345678901234567890123,,1,2\n'
    )
    (found,) = json.loads(run(mixed, "sql", ".", question, "--format", "json").stdout)
    assert (found["total"], found["price"], found["list"], found["pair"], found["nothing"], found["none"]) == (
        9, 1.5, [1, 2], {"a": 1}, "NaN", None,
    )  # fmt: skip


def test_parquet_says_what_was_asked(mixed: Path, tmp_path: Path) -> None:
    """The statement and the version stand in the file."""
    import polars as pl

    out = tmp_path / "found.parquet"
    assert run(mixed, "sql", ".", "SELECT * FROM sorts", "--out", str(out)).returncode == 0
    about = json.loads(pl.read_parquet_metadata(out)["eventpack"])
    assert (about["sql"], about["dataset"], pl.read_parquet(out).height) == ("SELECT * FROM sorts", "typed", 3)


def test_a_question_is_read_from_standard_input(mixed: Path) -> None:
    """For those that do not fit on a line."""
    command = [sys.executable, "-m", "eventpack", "sql", ".", "-", "--format", "csv"]
    result = subprocess.run(
        command,
        cwd=mixed,
        input="SELECT code\nFROM sorts\nORDER BY code -- all\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "code\ngrain\nrye\nwheat\n", "3 rows\n")


REFUSED = {
    "SELECT * FROM mils": 'Catalog Error: Table with name mils does not exist! Did you mean "mills"?',
    "SELECT lable FROM sorts": 'Binder Error: Referenced column "lable" not found in FROM clause! '
    'Candidate bindings: "label", "above"',
    "SELEC 1": 'the SQL cannot be read: Parser Error: syntax error at or near "SELEC"',
    "": "the SQL is empty",
    "-- nothing": "the SQL is empty",
    "SELECT 1; SELECT 2": "the SQL holds 2 statements",
    "PIVOT sorts ON code": "the SQL stands for several statements",
    "DROP TABLE sorts": "the SQL is no question but DROP",
    "INSERT INTO sorts VALUES ('a', NULL, 'b')": "the SQL is no question but INSERT",
    "UPDATE sorts SET label = 'x'": "the SQL is no question but UPDATE",
    "CREATE TABLE t AS SELECT 1": "the SQL is no question but CREATE",
    "EXPLAIN ANALYZE DELETE FROM sorts": "the SQL is no question but EXPLAIN",
    "SELECT $1": "",
}  # fmt: skip


@pytest.mark.parametrize(
    "value",
    ["DATE '5000000-01-01'", "TIMESTAMP '294247-01-01'", "TIMESTAMP 'infinity'", "TIMESTAMPTZ '200000-01-01'",
     "DATE '0001-01-01' - 1", "TIMESTAMP_MS '10000-01-01'"],
)  # fmt: skip
def test_days_beyond_the_calendar_are_refused_by_name(mixed: Path, value: str) -> None:
    """Nothing of Python holds them; as text they can be asked for."""
    what, fix = refusal(lambda: ask_sql(mixed, f"SELECT {value} AS far"))
    assert what == "the question cannot be answered: `far` holds a day outside of the years 1 to 9999"
    assert fix == "ask for it as text, `CAST(… AS VARCHAR)`"
    assert rows(mixed, f"SELECT CAST({value} AS VARCHAR) IS NULL AS far") == [(False,)]


def test_the_first_and_the_last_day_are_days(mixed: Path) -> None:
    """The ends of the calendar can be asked for."""
    found = rows(mixed, "SELECT CAST(DATE '0001-01-01' AS DATE), TIMESTAMP '9999-12-31 23:59:59.999999', NULL::DATE")
    assert [str(value) for value in found[0]] == ["0001-01-01", "9999-12-31 23:59:59.999999", "None"]


def test_a_question_that_is_not_utf_8_is_refused(mixed: Path) -> None:
    """Bytes of standard input that are no text end in an error, not in a traceback."""
    assert refusal(lambda: ask_sql(mixed, "SELECT '\udcff'")) == ("the SQL is not UTF-8", "write it in UTF-8")


@pytest.mark.parametrize(("statement", "says"), REFUSED.items())
def test_what_is_no_question_is_refused(mixed: Path, statement: str, says: str) -> None:
    """In DuckDB's words where it knows better, with the next thing to do."""
    what, fix = refusal(lambda: rows(mixed, statement))
    assert says in what
    assert fix


# What a hostile question would try; `{}` is a file with a secret, or a path to write.
ATTACKS = [
    "SELECT * FROM read_csv('{}')", "SELECT * FROM '{}'", "SELECT * FROM read_text('{}')", "FROM read_blob('{}')",
    "SELECT * FROM glob('{}')", "SELECT * FROM sniff_csv('{}')", "SELECT * FROM read_json('{}')",
    "SELECT * FROM parquet_metadata('{}')", "SELECT * FROM read_duckdb('{}')", "COPY sorts TO '{}'",
    "COPY sorts FROM '{}'", "EXPORT DATABASE '{}'", "IMPORT DATABASE '{}'", "ATTACH '{}' AS other", "INSTALL httpfs",
    "LOAD '{}'", "SET enable_external_access = true", "RESET lock_configuration", "PRAGMA enable_external_access",
    "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')", "SELECT * FROM secret_frame", "SELECT getenv('HOME')",
    "CREATE SECRET s (TYPE s3)", "SELECT * FROM duckdb_secrets()", "CALL read_csv('{}')", "VACUUM", "CHECKPOINT",
    "EXPLAIN ANALYZE COPY sorts TO '{}'", "SELECT * FROM query('COPY sorts TO ''{}''')",
    "SELECT * FROM query_table('{}')", "SELECT 1; COPY sorts TO '{}'", "WITH a AS (FROM '{}') FROM a",
    "SELECT (SELECT content FROM read_text('{}'))", "DESCRIBE SELECT * FROM '{}'", "SUMMARIZE '{}'",
]  # fmt: skip


@pytest.mark.parametrize("statement", ATTACKS)
def test_nothing_outside_is_read_or_written(mixed: Path, tmp_path: Path, statement: str) -> None:
    """Each way that DuckDB has to the outside is refused, and leaves no file behind."""
    secret_frame = eventpack.load(mixed).sorts
    secret = tmp_path / "secret.csv"
    secret.write_text("word\nopen sesame\n", "utf-8")
    for target in (secret, tmp_path / "new.csv"):
        what, _ = refusal(lambda target=target: rows(mixed, statement.replace("{}", str(target))))  # type: ignore[misc]
        assert "sesame" not in what
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]
    assert (secret.read_text("utf-8"), secret_frame.height) == ("word\nopen sesame\n", 3)


def test_the_working_folder_stays_as_it_is(mixed: Path, tmp_path: Path) -> None:
    """No temporary folder is left there, also after a question that sorts much."""
    command = [sys.executable, "-m", "eventpack", "sql", str(mixed), "SELECT count(*) FROM range(3000000) ORDER BY 1"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ("3000000" in result.stdout, list(tmp_path.iterdir())) == (True, [])


@pytest.mark.posix
def test_an_endless_question_can_be_stopped(mixed: Path) -> None:
    """By Ctrl-C, without a traceback, as every command."""
    endless = "SELECT sum(hash(range)) FROM range(1000000000000)"
    program = f"""
import os, signal, sys, threading
import eventpack.cli
sys.argv = ["eventpack", "sql", {str(mixed)!r}, {endless!r}]
threading.Timer(3, os.kill, (os.getpid(), signal.SIGINT)).start()
eventpack.cli.main()
"""
    command = [sys.executable, "-c", program]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (result.returncode, "Traceback" in result.stderr, result.stdout) == (130, False, "")


def test_without_duckdb_the_extra_is_named(mixed: Path) -> None:
    """And nothing is read before that."""
    program = "import sys; sys.modules['duckdb'] = None; sys.argv[0] = 'eventpack'; import eventpack.cli as c; c.main()"
    command = [sys.executable, "-c", program, "sql", str(mixed), "SELECT 1"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (2, "")
    assert (
        result.stderr == 'eventpack: duckdb is not installed\n    fix: run `pip install ".[duckdb]"` in the checkout\n'
    )


def test_the_dataset_of_this_repository_answers() -> None:
    """The same as the frames say."""
    data = eventpack.load(ROOT)
    found = rows(ROOT, "SELECT realis, count(*) FROM events GROUP BY ALL ORDER BY ALL")
    assert found == data.events.group_by("realis").len().sort("realis").rows()
