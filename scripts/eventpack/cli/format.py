"""`eventpack format`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def format_files(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Record files or hand-edited tables; default: all here.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail when a file is not in form.")] = False,
) -> None:
    """Bring records and tables into canonical form.

    Fields and rows are put in order, long text is folded, quotes stand only where they are needed; comments survive. A
    table gets the columns that its schema has and it lacks, where they may be empty. Files that are in form are not
    touched. A folder among FILES means the package in it.

    Exit codes: 0 when all is in form, 1 when --check finds a file that is not or a file cannot be read, 2 for misuse or
    a disk that refuses.

    \b
    Examples:
        $ eventpack format
        $ eventpack format --check
        $ eventpack format data/records/events/EV-4k2m.yaml data/actors.csv
    """
    from eventpack.curate.format import format_files as run

    done = run(files or [], check=check)
    for finding in done.findings:
        typer.echo(
            f"{finding.where}: {finding.code} {finding.what}" + (f"\n    fix: {finding.fix}" if finding.fix else "")
        )
    verb = "not in form" if check else "formatted"
    unreadable = len(done.findings) - (len(done.changed) if check else 0)
    parts = [f"{len(done.changed)} {verb}", f"{done.unchanged} unchanged"]
    typer.echo(", ".join(parts + ([f"{unreadable} unreadable"] if unreadable else [])))
    raise typer.Exit(1 if done.findings else 0)
