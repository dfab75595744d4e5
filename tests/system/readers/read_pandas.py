# mypy: ignore-errors
"""All tables of a packaged folder, as pandas reads them by the schemas: `read_pandas.py FOLDER`."""

import json
import sys
from pathlib import Path

import pandas as pd

TYPES = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
NAMES = {str(pd.Series([], dtype=kind).dtype): name for name, kind in TYPES.items()}


def read(folder, resource):
    """One table as a frame, typed as its schema says."""
    fields = resource["schema"]["fields"]
    kinds = {field["name"]: TYPES[field["type"]] for field in fields if field["type"] in TYPES}
    days = [field["name"] for field in fields if field["type"] == "date"]
    return pd.read_csv(folder / resource["path"], dtype=kinds, parse_dates=days, keep_default_na=False, na_values=[""])


def plain(value):
    """A cell as JSON."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value.item() if hasattr(value, "item") else value


def astray(frames, name, key):
    """The rows of a table whose key leads to no row."""
    fields, reference = key["fields"], key["reference"]
    there = frames[reference["resource"] or name][reference["fields"]].drop_duplicates()
    here = frames[name][fields].dropna()
    return (
        here.merge(there, "left", left_on=fields, right_on=reference["fields"], indicator="in")["in"] == "left_only"
    ).sum()


folder = Path(sys.argv[1])
resources = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
resources = [resource for resource in resources if "schema" in resource]
frames = {resource["name"]: read(folder, resource) for resource in resources}
keys = [(resource["name"], key) for resource in resources for key in resource["schema"].get("foreignKeys", [])]
tables = {}
for name, frame in frames.items():
    tables[name] = {
        "types": {name: NAMES.get(str(kind), "date") for name, kind in frame.dtypes.items()},
        "rows": [[plain(value) for value in row] for row in frame.itertuples(index=False)],
    }
json.dump(
    {"version": pd.__version__, "tables": tables, "astray": int(sum(astray(frames, *key) for key in keys))}, sys.stdout
)
