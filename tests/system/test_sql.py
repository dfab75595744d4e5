"""`schemas/derived/tables.sql` in the real PostgreSQL and in SQLite's own program."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import pytest

from eventpack.derive.sql import SQL, table_order
from eventpack.opening import open_package
from tests.sqlpack import BROKEN, FIRST, GOOD, MISFORMED, as_csv, constraints_sql

pytestmark = pytest.mark.system
ROOT = Path(__file__).parents[2]
GROUPS = "code,select\ng1,one\n"


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL that listens only in its folder, where files to load are put as well."""

    folder: Path
    programs: Path

    def run(self, *words: str, text: str = "") -> subprocess.CompletedProcess[str]:
        """A program of PostgreSQL; it refuses to be run by root, so root runs it as Debian's user for it."""
        user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        command = [*user, str(self.programs / words[0]), *words[1:]]
        environment = os.environ | {"PGCLIENTENCODING": "UTF8", "LC_ALL": "C", "PGUSER": "tester"}
        return subprocess.run(
            command, cwd=self.folder, env=environment, input=text, capture_output=True, encoding="utf-8", check=False
        )

    def psql(self, database: str, script: str) -> subprocess.CompletedProcess[str]:
        """A script in a database, stopped at its first error; output is bare values."""
        words = ("-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder), "-d", database)
        return self.run("psql", *words, text=script)

    def new_database(self, name: str, sql: str) -> str:
        """A database with tables; returns its name."""
        for result in (self.psql("postgres", f'CREATE DATABASE "{name}"'), self.psql(name, sql)):
            assert (result.returncode, result.stderr) == (0, "")
        return name

    def put(self, name: str, text: str) -> None:
        """A file that the server's user can read."""
        (self.folder / name).write_text(text, "utf-8")
        (self.folder / name).chmod(0o644)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """PostgreSQL in a new folder whose path is short enough for a socket."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    assert found, "no PostgreSQL; run tests/system/install"
    folder = Path(mkdtemp(prefix="pg-", dir="/tmp"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    server = Server(folder, found[-1].parent)
    made = server.run("initdb", "-D", "data", "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    assert made.returncode == 0, made.stderr
    try:
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        started = server.run("pg_ctl", "-D", "data", "-o", options, "-l", "log", "-w", "start")
        assert started.returncode == 0, started.stdout + (folder / "log").read_text("utf-8")
        yield server
    finally:
        server.run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


def copies(*tables: str) -> str:
    """The script that loads tables from CSV files of their names in one transaction."""
    lines = [f"\\copy \"{name}\" FROM '{name}.csv' WITH (FORMAT csv, HEADER, NULL '')" for name in tables]
    return "\n".join(["BEGIN;", *lines, "COMMIT;"])


def test_postgresql_loads_the_dataset(server: Server) -> None:
    """The committed file makes the tables, and every row of every CSV file goes in."""
    package = open_package(ROOT)
    tables = table_order(package)
    for name in tables:
        server.put(f"{name}.csv", (ROOT / package.resource(name).path).read_text("utf-8"))
    database = server.new_database("dataset", (ROOT / SQL).read_text("utf-8"))
    loaded = server.psql(database, copies(*reversed(tables)))  # keys wait for the end of the transaction
    assert (loaded.returncode, loaded.stderr) == (0, "")
    counted = server.psql(database, "".join(f'SELECT count(*) FROM "{name}";' for name in tables))
    assert counted.stdout.split() == [str(validated_rows(package.resource(name).path)) for name in tables]


def validated_rows(path: str) -> int:
    """The rows of one of the dataset's CSV files; no cell of them holds a line end."""
    return len((ROOT / path).read_text("utf-8").splitlines()) - 1


@pytest.fixture(scope="module")
def orders(server: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with every constraint, one group and one order."""
    database = server.new_database("orders", constraints_sql(tmp_path_factory.mktemp("pack") / "pack"))
    server.put("group.csv", GROUPS)
    server.put("order.csv", as_csv([FIRST]))
    assert server.psql(database, copies("group", "order")).stderr == ""
    return database


def test_postgresql_takes_a_row_that_keeps_everything(server: Server, orders: str) -> None:
    """Days, numbers and booleans arrive as such."""
    server.put("order.csv", as_csv([GOOD]))
    script = copies("order").replace("COMMIT", 'SELECT "day" + 1, "best" * 2, NOT "sure" FROM "order"; ROLLBACK')
    assert server.psql(orders, script).stdout.splitlines() == ["||", "2026-03-02|3.0|f"]


@pytest.mark.parametrize(("change", "named"), BROKEN, ids=str)
def test_postgresql_refuses_a_broken_row_by_name(
    server: Server, orders: str, change: dict[str, str], named: str
) -> None:
    """What SQLite refuses, PostgreSQL refuses too, and names the same constraint."""
    server.put("order.csv", as_csv([GOOD | change]))
    result = server.psql(orders, copies("order"))
    assert result.returncode != 0
    assert named.lower() in result.stderr.lower()


@pytest.mark.parametrize("change", MISFORMED, ids=str)
def test_postgresql_refuses_text_of_another_type(server: Server, orders: str, change: dict[str, str]) -> None:
    """By its own types, and a year that has five digits by the check."""
    server.put("order.csv", as_csv([GOOD | change]))
    assert server.psql(orders, copies("order")).returncode != 0


def test_the_program_of_sqlite_takes_the_file(tmp_path: Path) -> None:
    """Typed in as a script; the key between tables holds there, too."""
    script = constraints_sql(tmp_path / "pack") + "PRAGMA foreign_keys = ON;\n.tables\n"
    wrong = """INSERT INTO "order" ("id", "group", "kind", "low") VALUES ('o1', 'g9', 'it''s', 1);\n"""
    result = subprocess.run(
        ["sqlite3", "-bail", str(tmp_path / "orders.db")], input=script + wrong, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert result.stdout.split() == ["group", "order"]
    assert result.returncode == 1
    assert "FOREIGN KEY constraint failed" in result.stderr
