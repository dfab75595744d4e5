# mypy: ignore-errors
"""All tables of a packaged folder, as GDAL's ogr2ogr reads their CSV files, as texts: `read_gdal.py FOLDER`."""

import json
import re
import subprocess
import sys
from pathlib import Path

folder = Path(sys.argv[1])
said = subprocess.run(["ogr2ogr", "--version"], capture_output=True, text=True, check=True).stdout
version = re.search(r"GDAL ([\d.]+)", said)[1]
tables = {}
for resource in json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]:
    if "schema" not in resource:
        continue
    words = ["ogr2ogr", "-f", "GeoJSONSeq", "/vsistdout/", str(folder / resource["path"])]
    done = subprocess.run([*words, "-oo", "EMPTY_STRING_AS_NULL=YES"], capture_output=True, text=True, check=True)
    names = [field["name"] for field in resource["schema"]["fields"]]
    features = [json.loads(line)["properties"] for line in done.stdout.splitlines()]
    rows = [[feature[name] for name in names] for feature in features]
    tables[resource["name"]] = {"types": dict.fromkeys(names, "string"), "rows": rows}
json.dump({"version": version, "tables": tables}, sys.stdout)
