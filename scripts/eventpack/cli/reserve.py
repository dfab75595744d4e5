"""`eventpack reserve-doi`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def reserve_doi(
    target: Annotated[str, typer.Argument(help="zenodo: or zenodo-sandbox:, with the number of a record to follow.")],
    path: Annotated[
        Path,
        typer.Option("--path", metavar="DIR", help="A folder or descriptor of a source tree.", show_default="here"),
    ] = Path(),
    yes: Annotated[bool, typer.Option("--yes", help="Reserve it; without it only the plan is shown.")] = False,
) -> None:
    """Reserve a DOI for the version that is released next, and write it into the descriptor.

    Begins a draft at Zenodo, reserves its DOI, and writes it as `id` into datapackage.json, so that the release that
    is made then carries it. After a version that is public already, a new version of its record is begun. A DOI that is
    reserved stays; a run that broke off is finished by the next. The token is taken from ZENODO_TOKEN or
    ZENODO_SANDBOX_TOKEN, else from the keyring.

    Exit codes: 0 when reserved or planned, 1 when the package cannot be built, 2 for misuse, another DOI in the
    descriptor, or a network or service that refuses.

    \b
    Examples:
        $ eventpack reserve-doi zenodo:
        $ eventpack reserve-doi zenodo: --yes
        $ eventpack reserve-doi zenodo-sandbox: --yes
    """
    from eventpack.building import NotClean
    from eventpack.formats.text import as_text
    from eventpack.publishing import reserve_doi as run

    try:
        done = run(target, path, yes=yes)
    except NotClean as error:
        typer.echo(as_text(error.report))
        typer.echo(f"not built: {error.what}", err=True)
        raise typer.Exit(1) from None
    if not done.steps:
        typer.echo(f"already reserved: {done.doi} for {done.name}, {done.url}")
        return
    for step in done.steps:
        typer.echo(step)
    if done.done:
        typer.echo(f"reserved {done.doi} for {done.name}, {done.url}")
        typer.echo(f"written: {', '.join(done.files)}; commit it before you release")
    else:
        typer.echo(f"would reserve a DOI for {done.name}")
        typer.echo("nothing was written; add --yes to reserve it", err=True)
