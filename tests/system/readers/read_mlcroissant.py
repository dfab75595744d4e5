# mypy: ignore-errors
"""All record sets of a packaged folder, as mlcroissant reads them: `read_mlcroissant.py FOLDER`; and its complaints."""

import json
import logging
import sys
from importlib.metadata import version

import mlcroissant
import pandas

said = []


class Said(logging.Handler):
    """What the library logs."""

    def emit(self, record):
        """Keep a message."""
        said.append(record.getMessage())


logging.getLogger().addHandler(Said())
logging.getLogger("absl").addHandler(Said())


def plain(value):
    """A cell as JSON: texts come as bytes, days as time stamps."""
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, pandas.Timestamp):
        return value.date().isoformat()
    return None if pandas.isna(value) else value


dataset = mlcroissant.Dataset(f"{sys.argv[1]}/croissant.json")
names = {"Integer": "integer", "Float": "number", "Boolean": "boolean", "Date": "date"}
tables = {}
for records in dataset.metadata.record_sets:
    types = {field.name: str(field.data_types[0]).rpartition("/")[2] for field in records.fields}
    tables[records.uuid] = {
        "types": {name: names.get(kind, "string") for name, kind in types.items()},
        "rows": [[plain(row[f"{records.uuid}/{name}"]) for name in types] for row in dataset.records(records.uuid)],
    }
issues = dataset.metadata.ctx.issues
errors = [*map(str, issues.errors), *map(str, issues.warnings), *said]
json.dump({"version": version("mlcroissant"), "tables": tables, "errors": errors}, sys.stdout)
