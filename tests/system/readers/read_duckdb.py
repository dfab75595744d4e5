# mypy: ignore-errors
"""All tables of a packaged folder, as DuckDB reads them by the schemas: `read_duckdb.py FOLDER`."""

import json
import sys
from pathlib import Path

import duckdb

TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
NAMES = {kind: name for name, kind in TYPES.items()}

folder = Path(sys.argv[1])
resources = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
resources = [resource for resource in resources if "schema" in resource]
base = duckdb.connect()
tables = {}
for resource in resources:
    name, path = resource["name"], (folder / resource["path"]).as_posix()
    columns = {field["name"]: TYPES[field["type"]] for field in resource["schema"]["fields"]}
    base.execute(
        f"create table \"{name}\" as from read_csv('{path}', columns = {columns}, header = true, auto_detect = false)"
    )
    found = base.execute(f'from "{name}"')
    kinds = {column[0]: NAMES[str(column[1])] for column in found.description}
    rows = [[value.isoformat() if hasattr(value, "isoformat") else value for value in row] for row in found.fetchall()]
    tables[name] = {"types": kinds, "rows": rows}

astray = 0
for resource in resources:
    for key in resource["schema"].get("foreignKeys", []):
        fields, reference = key["fields"], key["reference"]
        there = reference["resource"] or resource["name"]
        pairs = " and ".join(f'h."{a}" = t."{b}"' for a, b in zip(fields, reference["fields"], strict=True))
        filled = " and ".join(f'h."{a}" is not null' for a in fields)
        sql = f'select count(*) from "{resource["name"]}" h anti join "{there}" t on {pairs} where {filled}'
        astray += base.execute(sql).fetchone()[0]
json.dump({"version": duckdb.__version__, "tables": tables, "astray": astray}, sys.stdout)
