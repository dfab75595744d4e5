"""`eventpack package`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def package(
    path: Annotated[Path, typer.Argument(help="A folder or descriptor of a source tree.")] = Path(),
    out: Annotated[Path, typer.Option(help="Folder for the packages; made when missing.")] = Path("dist"),
) -> None:
    """Package the data as a folder and a zip.

    Both hold the same files, with all schemas inside. Refuses unless validation and frictionless find no error. The
    same commit gives the same bytes on every machine; a tree with changes is marked `+dirty` in the version, one
    outside git by a digest of its content. The formats that `eventpack:exports` in the descriptor names are written
    beside them, into <name>-<version>.exports/; no byte of the package depends on those.

    Exit codes: 0 when packaged, 1 when the data has errors, 2 for misuse or a disk that refuses.

    \b
    Examples:
        $ eventpack package
        $ eventpack package --out ../candidates
    """
    from eventpack.building import NotClean
    from eventpack.cli.amounts import size
    from eventpack.formats.text import as_text
    from eventpack.packaging import package as run

    try:
        packaged = run(path, out)
    except NotClean as error:
        typer.echo(as_text(error.report))
        typer.echo(f"nothing packaged: {error.what}", err=True)
        raise typer.Exit(1) from None
    manifest = packaged.manifest
    sizes = [file.stat().st_size for file in packaged.folder.rglob("*") if file.is_file()]
    typer.echo(f"{packaged.folder.as_posix()}/  {len(sizes)} files, {size(sum(sizes))}")
    typer.echo(f"{packaged.archive.as_posix()}  {size(packaged.archive.stat().st_size)}")
    if packaged.released_otherwise:
        says = f"note: {manifest.edition.version} is released with other data than this candidate has"
        typer.echo(says, err=True)
    rows = sum(manifest.counts.values())
    from eventpack.cli.export import show_exports
    from eventpack.exporting import export_named

    if (exported := export_named(packaged.folder)) is not None:
        show_exports(exported)
    typer.echo(f"packaged {manifest.name} {manifest.edition.version}: {len(manifest.counts)} tables, {rows} rows")
