# mypy: ignore-errors
"""The exported SQLite database, as Datasette serves it: `read_datasette.py EXPORTS`; and that its search finds rows."""

import asyncio
import json
import sqlite3
import sys
from pathlib import Path

from datasette import __version__
from datasette.app import Datasette

NAMES = {"TEXT": "string", "BIGINT": "integer", "NUMERIC": "number", "DATE": "date", "BOOLEAN": "boolean"}


async def read(path):
    """All tables with their rows, page by page."""
    served = Datasette([str(path)])
    with sqlite3.connect(path) as base:
        names = [
            name
            for (name,) in base.execute("select name from sqlite_master where type = 'table'")
            if "_fts" not in name
        ]
        kinds = {name: base.execute(f'pragma table_info("{name}")').fetchall() for name in names}
    tables = {}
    for name in names:
        types = {column[1]: NAMES[column[2]] for column in kinds[name]}
        address, rows = f"/{path.stem}/{name}.json?_shape=arrays&_size=max", []
        while address:
            answer = (await served.client.get(address)).json()
            rows += answer["rows"]
            address = answer.get("next_url")
        truth = [at for at, kind in enumerate(types.values()) if kind == "boolean"]
        rows = [[cell == "true" if at in truth and cell else cell for at, cell in enumerate(row)] for row in rows]
        tables[name] = {"types": types, "rows": rows}
    found = (await served.client.get(f"/{path.stem}/events.json?_search=phone&_shape=array")).json()
    return tables, [] if found else ["the search finds nothing"]


(path,) = Path(sys.argv[1], "sqlite").glob("*.sqlite")
tables, errors = asyncio.run(read(path))
json.dump({"version": __version__, "tables": tables, "errors": errors}, sys.stdout)
