# mypy: ignore-errors
"""The exported GeoPackage, as GDAL reads it: `read_gdal_geopackage.py EXPORTS`. Points must be those of the columns."""

import json
import re
import subprocess
import sys
from pathlib import Path

NAMES = {"String": "string", "Date": "date", "Real": "number", "Integer64": "integer", "Integer": "integer"}


def said(*words):
    """What a program of GDAL prints."""
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


(path,) = map(str, Path(sys.argv[1], "gpkg").glob("*.gpkg"))
tables, errors = {}, []
for layer in re.findall(r"^\d+: (\w+)", said("ogrinfo", "-q", path), re.M):
    told = said("ogrinfo", "-so", path, layer).partition("FID Column")[2]
    fields = re.findall(r"^(\w+): (\w+)(\(Boolean\))? \(", told, re.M)
    types = {name: "boolean" if boolean else NAMES[kind] for name, kind, boolean in fields}
    rows = []
    for line in said("ogr2ogr", "-f", "GeoJSONSeq", "/vsistdout/", path, layer).splitlines():
        feature = json.loads(line)
        cells, point = feature["properties"], feature["geometry"]
        rows.append([cells[name] for name in types])
        if point and point["coordinates"] != [cells["longitude"], cells["latitude"]]:
            errors.append(f"{layer}: {point} is not at {cells}")
    tables[layer] = {"types": types, "rows": rows}
version = re.search(r"GDAL ([\d.]+)", said("ogr2ogr", "--version"))[1]
json.dump({"version": version, "tables": tables, "errors": errors}, sys.stdout)
