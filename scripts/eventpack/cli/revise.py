"""`eventpack revise`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from eventpack.curate.settling import Revised

Id = Annotated[str, typer.Argument(help="The id of the record, or the parts of its key joined by |.", metavar="ID")]
Reason = Annotated[str, typer.Option(metavar="CODE", help="Why: a code of `reason` in revisions.")]
Note = Annotated[str, typer.Option(metavar="TEXT", help="What else explains it, in one sentence.")]
By = Annotated[
    str,
    typer.Option(metavar="HANDLE", envvar="EVENTPACK_REVISER", help="Who makes the change; default: git's user.name."),
]
Table = Annotated[str, typer.Option(metavar="NAME", help="The table, when the id stands in several.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print what would change, and write nothing.")]
Place = Annotated[
    Path, typer.Option("--path", metavar="DIR", help="The folder of the package; default: here.", show_default=False)
]


def revise(
    record: Id,
    fields: Annotated[
        list[str] | None, typer.Option("--field", metavar="F", help="The field to change; repeatable, each with --to.")
    ] = None,
    values: Annotated[
        list[str] | None, typer.Option("--to", metavar="VALUE", help="Its new value; empty text empties the cell.")
    ] = None,
    reason: Reason = "",
    note: Note = "",
    by: By = "",
    table: Table = "",
    dry_run: DryRun = False,
    path: Place = Path(),
) -> None:
    """Change cells of a record, in its file, and say why.

    Works for every table that people edit: events, claims, actors, places, sources, links. The record's file keeps its
    comments and form; data/revisions.csv gets a row for each changed cell, with the version `next`; what is built
    from it is built again. A change after which `eventpack validate` would find something new is refused.

    Exit codes: 0 when it is written, 2 when something is not allowed or the disk refuses; then nothing is written.

    \b
    Examples:
        $ eventpack revise EV-4k2m7q --field date_latest --to 2026-03-02 --reason source-corrected
        $ eventpack revise CL-9ab3 --field low --to 40 --field best --to 40 --reason coding-error --note "Misread."
        $ eventpack revise "EV-4k2m7q|ACT-7p1xw4|partner" --field role --to host --reason coding-error --dry-run
    """
    from eventpack.curate.revising import revise as run
    from eventpack.curate.settling import Why

    say(run(record, _cells(fields or [], values or []), Why(reason, note, by), path, table=table, dry_run=dry_run))


def _cells(fields: list[str], values: list[str]) -> dict[str, str]:
    if not fields or len(fields) != len(values):
        raise typer.BadParameter("give each --field its --to", param_hint="--field")
    if twice := next((name for name in fields if fields.count(name) > 1), ""):
        raise typer.BadParameter(f"`{twice}` is given twice", param_hint="--field")
    return dict(zip(fields, values, strict=True))


def say(done: Revised) -> None:
    """Print what was changed, and on standard error the files and what is to do."""
    for line in (*done.changes, *done.redirects):
        typer.echo(line)
    for remark in done.remarks:
        typer.echo(f"note: {remark}", err=True)
    if done.unverified:
        count = f"{len(done.unverified)} claim{'s' if len(done.unverified) > 1 else ''}"
        again = "`eventpack verify --texts DIR` verifies again"
        typer.echo(
            f"note: the passage of {count} counts as unverified now: {', '.join(done.unverified)}; {again}", err=True
        )
    verb = "changed" if done.written else "would change"
    typer.echo(f"{verb}: {', '.join(done.files)}", err=True)
