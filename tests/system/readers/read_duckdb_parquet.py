# mypy: ignore-errors
"""The exported Parquet files, as DuckDB reads them: `read_duckdb_parquet.py EXPORTS`."""

import json
import sys
from pathlib import Path

import duckdb

NAMES = {"VARCHAR": "string", "DOUBLE": "number", "BOOLEAN": "boolean", "DATE": "date"}

tables = {}
for path in Path(sys.argv[1], "parquet").glob("*.parquet"):
    found = duckdb.execute(f"from '{path.as_posix()}'")
    kinds = {column[0]: str(column[1]) for column in found.description}
    rows = [[value.isoformat() if hasattr(value, "isoformat") else value for value in row] for row in found.fetchall()]
    types = {
        name: "integer" if "INT" in kind else NAMES.get(kind, "string" if "ENUM" in kind else kind)
        for name, kind in kinds.items()
    }
    tables[path.stem] = {"types": types, "rows": rows}
json.dump({"version": duckdb.__version__, "tables": tables}, sys.stdout)
