"""JSON Lines: each record with everything that is written inside it, one on a line; all other tables row by row."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eventpack.errors import EventpackError
from eventpack.exporting.points import finite
from eventpack.material import Material

Row = dict[str, Any]


def write_jsonl(material: Material, folder: Path) -> list[str]:
    """Write `<table>.jsonl` for each table whose rows stand alone.

    Rows that are written inside the records of another table, such as the claims of an event, are a list there, under
    the name of their table and without the id of the record. Every object has all fields; what is missing is null, and
    days are text.

    Raises:
        EventpackError: A row belongs to a record that is not there.
    """
    for name in material.names:
        if not material.package.inside(material.package.resource(name)):
            with (folder / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(_line(row) for row in _rows(material, name))
    return []


def _rows(material: Material, name: str) -> Iterator[Row]:
    """The rows of a table with those inside them."""
    table, children = material.table(name), _inside(material, name)
    if twice := next((child for child in children if child in table.frame.columns), ""):
        what = f"`{name}` has a field `{twice}`, and rows of the table `{twice}` inside it"
        raise EventpackError(f"JSON Lines cannot hold both: {what}", "rename one of the two, or choose another format")
    for row in table.frame.iter_rows():
        values = dict(zip(table.frame.columns, finite(row), strict=True))
        yield values | {child: held.pop(values[table.key], []) for child, held in children.items()}
    for child, held in children.items():
        if lost := next(iter(held), None):
            what = f"rows of {child} belong to {lost}, which is not in {name}"
            raise EventpackError(f"`{child}` cannot be exported: {what}", "run `eventpack validate`")


def _inside(material: Material, name: str) -> dict[str, dict[Any, list[Row]]]:
    """The rows of the tables inside one by the id of their record, without that id."""
    found: dict[str, dict[Any, list[Row]]] = {}
    for child in material.package.children(name):
        key, held = material.package.nesting_key(child), defaultdict(list)
        for row in _rows(material, child.name):
            held[row.pop(key)].append(row)
        found[child.name] = held
    return found


def _line(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=str) + "\n"
