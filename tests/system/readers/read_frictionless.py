# mypy: ignore-errors
"""All tables of a packaged folder, as frictionless reads them: `read_frictionless.py FOLDER`; and what it finds."""

import datetime
import decimal
import json
import sys

import frictionless


def plain(value):
    """A cell as JSON."""
    if isinstance(value, decimal.Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else value


package = frictionless.Package(f"{sys.argv[1]}/datapackage.json")
report = package.validate()
tables = {
    resource.name: {
        "types": {field.name: field.type for field in resource.schema.fields},
        "rows": [[plain(row[name]) for name in resource.schema.field_names] for row in resource.read_rows()],
    }
    for resource in package.resources
    if resource.schema
}
errors = [error[0] for error in report.flatten(["type"])]
json.dump({"version": frictionless.__version__, "tables": tables, "errors": errors}, sys.stdout)
