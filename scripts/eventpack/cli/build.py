"""`eventpack build`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def build(
    path: Annotated[Path, typer.Argument(help="A folder or descriptor of a source tree.")] = Path(),
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; name the files that are not up to date.")
    ] = False,
) -> None:
    """Build tables, codebook, citation, editor schema and SQL.

    They are written from the record files, the hand-edited tables and the schemas. Only files whose content changes
    are written, each at once or not at all. Nothing is built from data that cannot be read.

    Exit codes: 0 when all is up to date, 1 when --check finds stale files or the data cannot be read, 2 for misuse or
    a disk that refuses.

    \b
    Examples:
        $ eventpack build
        $ eventpack build --check
    """
    from eventpack.building import NotClean
    from eventpack.building import build as run
    from eventpack.formats.text import as_text

    try:
        built = run(path, check=check)
    except NotClean as error:
        typer.echo(as_text(error.report))
        typer.echo(f"nothing built: {error.what}", err=True)
        raise typer.Exit(1) from None
    for warning in built.warnings:
        typer.echo(f"warning: {warning.where}: {warning.code} {warning.what}", err=True)
    for name in (*built.written, *built.stale):
        typer.echo(f"{'stale' if check else 'wrote'} {name}")
    if check:
        typer.echo(f"{_files(len(built.stale))} stale, {len(built.unchanged)} up to date")
        raise typer.Exit(1 if built.stale else 0)
    typer.echo(f"wrote {_files(len(built.written))}, {len(built.unchanged)} unchanged")


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"
