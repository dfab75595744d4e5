"""No check: DuckDB reads `events.csv` with its types and counts the cells that are there. The unit of the benchmark.

Rows with a cell that is no value of its type are left out and counted as errors; nothing else is looked at.
"""

from __future__ import annotations

import duckdb
from benchmarks.tools.found import Found, main
from benchmarks.tools.sql_duckdb import TYPES
from benchmarks.tools.tables import Table


def check(tables: list[Table], found: Found) -> None:
    """Scan one table."""
    duckdb.execute("SET enable_progress_bar = false")
    table = next((one for one in tables if one.name == "events"), tables[-1])
    columns = {field.name: TYPES[field.type] for field in table.fields}
    reader = "read_csv(?, header = true, columns = ?, store_rejects = true)"
    duckdb.execute(f"SELECT count(COLUMNS(*)) FROM {reader}", [str(table.path), columns]).fetchall()
    places = duckdb.execute("SELECT DISTINCT line FROM reject_errors").fetchall()
    found.count += len(places)


if __name__ == "__main__":
    main(check)
