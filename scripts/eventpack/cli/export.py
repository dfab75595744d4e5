"""`eventpack export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from eventpack.exporting import Exported


def export(
    ref: Annotated[str, typer.Argument(help="A package, source tree, address, or name in the cache, as for `load`.")],
    formats: Annotated[str, typer.Option("--as", metavar="FORMATS", help="Formats, with commas between them.")],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Put <name>-<version>.exports/ there.", show_default="beside a package, else dist"
        ),
    ] = None,
    version: Annotated[
        str, typer.Option(metavar="V", help='latest, an exact version like 1.2.0, or a range like "~1.2" (1.2.x).')
    ] = "latest",
    offline: Annotated[bool, typer.Option("--offline", help="Ask no server; use only what is in the cache.")] = False,
) -> None:
    """Write a dataset in the formats of other tools.

    Formats: parquet (every table, typed and described), geoparquet and geojson (the tables with points), gpkg (all
    tables in one GeoPackage, those with points as layers), sqlite (all tables in one database, with keys and full-text
    search; Datasette shows it), xlsx (a workbook with codebook, extra `xlsx`), jsonl (events with their claims and all
    else inside them), gexf (the network of actors, for Gephi), stata (.dta with labels, extra `stata`); and ged (events
    as UCDP GED has them), acled (shaped like ACLED), polecat and plover (as POLECAT and PLOVER have them; each of the
    four with a report of what is lost).

    All are made from the same tables, typed by their schemas. exports.json lists every file with its SHA-256, the
    digest of the data that it was made from, and the versions of the libraries that wrote it. Formats of the same data
    that are there already stay; those of other data are removed.

    Exit codes: 0 when written, 1 when the package is damaged, 2 for misuse, a table that cannot be read, or a network
    or disk that refuses.

    \b
    Examples:
        $ eventpack export dist/us-kurdish-talks-2026-0.1.0 --as parquet,geojson
        $ eventpack export us-kurdish-talks-2026 --as geoparquet --out ../maps
    """
    from eventpack.exporting import export as run

    done = run(ref, [name.strip() for name in formats.split(",") if name.strip()], out=out, version=version,
               offline=offline)  # fmt: skip
    show_exports(done)


def show_exports(done: Exported) -> None:
    """What was written: a line for each format on standard output, what is to be told on the other one."""
    from eventpack.cli.amounts import size

    for name in done.formats:
        files = found.files if (found := done.exports.format(name)) else []
        plural = "s" if len(files) > 1 else ""
        total = size(sum(file.bytes for file in files))
        typer.echo(f"{done.folder.as_posix()}/{name}/  {len(files)} file{plural}, {total}")
    for note in done.notes:
        typer.echo(note, err=True)
