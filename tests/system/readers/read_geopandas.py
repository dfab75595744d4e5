# mypy: ignore-errors
"""The exported GeoParquet files, as geopandas reads them: `read_geopandas.py EXPORTS`; points are as columns say."""

import json
import sys
from pathlib import Path

import geopandas
import pandas as pd

NAMES = {
    "str": "string",
    "category": "string",
    "float64": "number",
    "int64": "integer",
    "bool": "boolean",
    "object": "date",
}


def plain(value):
    """A cell as JSON."""
    if pd.isna(value):
        return None
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


tables, errors = {}, []
for path in Path(sys.argv[1], "geoparquet").glob("*.parquet"):
    frame = geopandas.read_parquet(path)
    if frame.crs.to_authority() != ("OGC", "CRS84"):
        errors.append(f"{path.name}: {frame.crs}")
    for point, latitude, longitude in zip(frame.geometry, frame["latitude"], frame["longitude"], strict=True):
        given = None if pd.isna(latitude) else (longitude, latitude)
        if given != (None if point is None else (point.x, point.y)):
            errors.append(f"{path.name}: {point} at {given}")
    cells = frame.drop(columns="geometry")
    tables[path.stem] = {
        "types": {name: NAMES[str(kind)] for name, kind in cells.dtypes.items()},
        "rows": [[plain(value) for value in row] for row in cells.itertuples(index=False)],
    }
json.dump({"version": geopandas.__version__, "tables": tables, "errors": errors}, sys.stdout)
