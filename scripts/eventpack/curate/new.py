"""New events, sources, actors and places, each with a fresh id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from eventpack.curate.rows import add_row, text_cells
from eventpack.curate.skeleton import add_record
from eventpack.curate.source import open_source, read_tables
from eventpack.errors import EventpackError


def new_event(cells: Mapping[str, str], path: str | Path = ".") -> tuple[str, str]:
    """Write the skeleton of a new event; return its id and the file's path. Raises as `add_record`."""
    return add_record(cells, path)


def new_source(cells: Mapping[str, str], path: str | Path = ".", text: str | Path | None = None) -> tuple[str, str]:
    """Add a source; with the file of its text, digest and length are filled in. Returns its id and the table's path.

    Raises:
        EventpackError: As `add_row`, or a source with the same text is there already.
    """
    if text is not None:
        cells = {**cells, **text_cells(text)}
        sources = read_tables(open_source(path), "sources").tables["sources"]
        for source, sha256 in sources.rows(("source_id", "text_sha256")):
            if sha256 == cells["text_sha256"]:
                raise EventpackError(f"the text of {text} is that of {source} already", f"use {source}")
    return add_row("sources", cells, path)


def new_actor(cells: Mapping[str, str], path: str | Path = ".") -> tuple[str, str]:
    """Add an actor; return its id and the table's path. Raises as `add_row`."""
    return add_row("actors", cells, path)


def new_place(cells: Mapping[str, str], path: str | Path = ".") -> tuple[str, str]:
    """Add a place; return its id and the table's path. Raises as `add_row`."""
    return add_row("places", cells, path)


def read_settings(settings: Iterable[str]) -> dict[str, str]:
    """Texts FIELD=VALUE as cells; raises `EventpackError` for one without `=` or a field given twice."""
    cells: dict[str, str] = {}
    for setting in settings:
        name, sign, text = setting.partition("=")
        if not sign or not name:
            raise EventpackError(f"`{setting}` is not FIELD=VALUE", "write --set country=IRQ")
        if name in cells:
            raise EventpackError(f"`{name}` is set twice", "give it once")
        cells[name] = text
    return cells
