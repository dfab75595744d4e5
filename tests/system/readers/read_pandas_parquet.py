# mypy: ignore-errors
"""The exported Parquet files, as pandas reads them with pyarrow: `read_pandas_parquet.py EXPORTS`."""

import json
import sys
from pathlib import Path

import pandas as pd
import pyarrow

NAMES = {
    "string": "string",
    "str": "string",
    "category": "string",
    "Int64": "integer",
    "Float64": "number",
    "boolean": "boolean",
}


def plain(value):
    """A cell as JSON."""
    if pd.isna(value):
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


tables = {}
for path in Path(sys.argv[1], "parquet").glob("*.parquet"):
    frame = pd.read_parquet(path, dtype_backend="numpy_nullable")
    tables[path.stem] = {
        "types": {name: NAMES.get(str(kind), "date") for name, kind in frame.dtypes.items()},
        "rows": [[plain(value) for value in row] for row in frame.itertuples(index=False)],
    }
json.dump({"version": f"{pd.__version__}, pyarrow {pyarrow.__version__}", "tables": tables}, sys.stdout)
