"""`eventpack publish`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def publish(
    release: Annotated[Path, typer.Argument(help="A packaged folder or zip, as `eventpack package` made it.")],
    folder: Annotated[str, typer.Argument(help="The folder to publish to; it holds one folder per dataset.")],
    changes: Annotated[
        str, typer.Option(help="One paragraph on what is new; else the section of CHANGES.md for this version.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Publish; without it only the plan is shown.")] = False,
) -> None:
    """Publish a packaged version to a folder that any static web server can serve.

    Writes FOLDER/<name>/<version>/ with all files and the zip, and brings versions.json and latest.json up to date.
    A published version never changes: the same bytes again are fine, others are refused. A run that was killed leaves
    what was there, and the next one finishes it.

    Exit codes: 0 when published or planned, 1 when the release has errors or is damaged, 2 for misuse, other bytes
    under a published version, or a disk that refuses.

    \b
    Examples:
        $ eventpack publish dist/us-kurdish-talks-2026-0.1.0 ../site
        $ eventpack publish dist/us-kurdish-talks-2026-0.1.0 ../site --yes
        $ eventpack publish dist/us-kurdish-talks-2026-0.1.0.zip ../site --changes "Corrects two dates." --yes
    """
    from eventpack.building import NotClean
    from eventpack.cli.amounts import size
    from eventpack.formats.text import as_text
    from eventpack.publishing import publish as run

    try:
        plan = run(release, folder, changes=changes, yes=yes)
    except NotClean as error:
        typer.echo(as_text(error.report))
        typer.echo(f"nothing published: {error.what}", err=True)
        raise typer.Exit(1) from None
    which = f"{plan.name} {plan.version}"
    latest = f"latest is {plan.latest}" if plan.latest else "no version is latest: only pre-releases are published"
    if plan.already:
        typer.echo(f"already published: {which}; {latest}")
        if changes and " ".join(changes.split()) != plan.changes:
            typer.echo("what was told about its changes stays as it was published", err=True)
        return
    for step in plan.steps:
        amount = [f"{step.files} files"] * bool(step.files) + ([] if step.size is None else [size(step.size)])
        typer.echo(f"{step.what}  {', '.join(amount)}".rstrip())
    typer.echo(f"changes: {plan.changes or 'none told (give --changes, or a section of CHANGES.md)'}")
    if plan.done:
        typer.echo(f"published {which}; {latest}")
    else:
        typer.echo(f"would publish {which}; latest: {plan.before or 'none'} → {plan.latest or 'none'}")
        typer.echo("nothing was written; add --yes to publish", err=True)
