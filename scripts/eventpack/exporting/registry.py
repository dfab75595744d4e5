"""The formats of exports. A new one is a function here: from the material to files in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from eventpack.exporting.geojson import write_geojson
from eventpack.exporting.geopackage import write_geopackage
from eventpack.exporting.geoparquet import write_geoparquet
from eventpack.exporting.gexf import write_gexf
from eventpack.exporting.jsonl import write_jsonl
from eventpack.exporting.parquet import write_parquet
from eventpack.exporting.sqlite import write_sqlite
from eventpack.exporting.stata import write_stata
from eventpack.exporting.xlsx import write_xlsx
from eventpack.interchange.exports import write_acled, write_ged, write_plover, write_polecat
from eventpack.material import Material

Write = Callable[[Material, Path], list[str]]
"""Writes the files of one format into an empty folder, and returns what a user must be told: what was left out, say.

An `OSError` or the error of a library that the disk is full may pass through; what is there of the folder is removed.
"""


@dataclass(frozen=True, slots=True)
class Format:
    """One format; `libraries` are those on whose version its bytes depend: names of packages of pip, or `sqlite`."""

    say: str
    write: Write
    libraries: tuple[str, ...] = ()


FORMATS: Mapping[str, Format] = {
    "parquet": Format("every table, typed and described", write_parquet, ("polars",)),
    "geoparquet": Format("tables with points, for GIS and geopandas", write_geoparquet, ("polars",)),
    "geojson": Format("tables with points, for maps on the web", write_geojson),
    "gpkg": Format("all tables in one GeoPackage, those with points as layers", write_geopackage, ("sqlite",)),
    "sqlite": Format("all tables in one database, with keys and full-text search", write_sqlite, ("sqlite",)),
    "xlsx": Format("a workbook with a sheet per table and the codebook; no formulas", write_xlsx, ("xlsxwriter",)),
    "jsonl": Format("records with all that is written inside them, one a line", write_jsonl),
    "gexf": Format("who did what to whom: actors as nodes, events as edges", write_gexf),
    "stata": Format("every table as .dta, with labels of variables and values", write_stata, ("pandas",)),
    "ged": Format("events as UCDP GED has them, with what is lost", write_ged),
    "acled": Format("events shaped like ACLED, with what is lost", write_acled),
    "polecat": Format("events in POLECAT's tab-separated columns, with what is lost", write_polecat),
    "plover": Format("events as PLOVER's JSON records, with what is lost", write_plover),
}
