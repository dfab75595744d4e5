# mypy: ignore-errors
"""All tables of a packaged folder, as polars reads them by the schemas: `read_polars.py FOLDER`."""

import json
import sys
from pathlib import Path

import polars as pl

TYPES = {"string": pl.String, "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date}
NAMES = {kind: name for name, kind in TYPES.items()}


def read(folder, resource):
    """One table as a frame, typed as its schema says."""
    schema = {field["name"]: TYPES[field["type"]] for field in resource["schema"]["fields"]}
    return pl.read_csv(folder / resource["path"], schema=schema)


def astray(frames, name, key):
    """The rows of a table whose key leads to no row."""
    fields, reference = key["fields"], key["reference"]
    there = frames[reference["resource"] or name]
    return frames[name].drop_nulls(fields).join(there, left_on=fields, right_on=reference["fields"], how="anti").height


folder = Path(sys.argv[1])
resources = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
resources = [resource for resource in resources if "schema" in resource]
frames = {resource["name"]: read(folder, resource) for resource in resources}
keys = [(resource["name"], key) for resource in resources for key in resource["schema"].get("foreignKeys", [])]
tables = {}
for name, frame in frames.items():
    tables[name] = {
        "types": {name: NAMES[kind] for name, kind in frame.schema.items()},
        "rows": [
            [value.isoformat() if hasattr(value, "isoformat") else value for value in row] for row in frame.rows()
        ],
    }
json.dump(
    {"version": pl.__version__, "tables": tables, "astray": sum(astray(frames, *key) for key in keys)}, sys.stdout
)
