# mypy: ignore-errors
"""The exported Parquet files, as polars reads them: `read_polars_parquet.py EXPORTS`."""

import json
import sys
from pathlib import Path

import polars as pl

NAMES = {pl.String: "string", pl.Enum: "string", pl.Boolean: "boolean", pl.Date: "date"}


def name_of(kind):
    """A type in the schema's words."""
    return "integer" if kind.is_integer() else "number" if kind.is_float() else NAMES[kind.base_type()]


tables = {}
for path in Path(sys.argv[1], "parquet").glob("*.parquet"):
    frame = pl.read_parquet(path)
    rows = [[value.isoformat() if hasattr(value, "isoformat") else value for value in row] for row in frame.rows()]
    tables[path.stem] = {"types": {name: name_of(kind) for name, kind in frame.schema.items()}, "rows": rows}
json.dump({"version": pl.__version__, "tables": tables}, sys.stdout)
