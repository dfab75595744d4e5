"""`eventpack revise`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eventpack.cli.completion import reasons

if TYPE_CHECKING:
    from eventpack.curate.settling import Revised, Why
    from eventpack.revisions.rows import Change

Id = Annotated[str, typer.Argument(help="The id of the record, or the parts of its key joined by |.", metavar="ID")]
Reason = Annotated[
    str, typer.Option(metavar="CODE", help="Why: a code of `reason` in revisions.", autocompletion=reasons)
]
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

_SHOWN = 20  # files


def revise(
    record: Annotated[
        str,
        typer.Argument(
            metavar="[ID]", help="The id of the record, or the parts of its key joined by |.", show_default=False
        ),
    ] = "",
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
    after: Annotated[
        bool, typer.Option("--explain", help="Say why values were changed by hand; nothing else is changed.")
    ] = False,
    since: Annotated[
        str, typer.Option(metavar="REV", help="With --explain, as long as nothing is released: since which commit.")
    ] = "",
    dry_run: DryRun = False,
    path: Place = Path(),
) -> None:
    """Change cells of a record, in its file, and say why.

    Works for every table that people edit: events, claims, actors, places, sources, links. The record's file keeps its
    comments and form; data/revisions.csv gets a row for each changed cell, with the version `next`; what is built
    from it is built again. A change after which `eventpack validate` would find something new is refused.

    With --explain the values are there already, changed by hand. Each one that differs from the last release and that
    no revision explains is asked for on a terminal; elsewhere --reason counts for all of them, or for those of the
    record and the fields that are named, and without --reason they are listed. As long as nothing is released, the
    data are compared with a commit.

    Exit codes: 0 when it is written, 1 when --explain leaves something unexplained, 2 when something is not allowed
    or the disk refuses; then nothing is written.

    \b
    Examples:
        $ eventpack revise EV-4k2m7q --field date_latest --to 2026-03-02 --reason source-corrected
        $ eventpack revise CL-9ab3 --field low --to 40 --field best --to 40 --reason coding-error --note "Misread."
        $ eventpack revise "EV-4k2m7q|ACT-7p1xw4|partner" --field role --to host --reason coding-error --dry-run
        $ eventpack revise --explain
        $ eventpack revise --explain EV-4k2m7q --field title --reason editorial
    """
    from eventpack.curate.revising import revise as run
    from eventpack.curate.settling import Why

    if after:
        if values:
            raise typer.BadParameter("with --explain the value is there already", param_hint="--to")
        raise typer.Exit(_explain(record, fields or [], table, Why(reason, note, by), since, dry_run, path))
    if not record or since:
        hint = "--since" if record else "RECORD"
        raise typer.BadParameter("it goes with --explain only" if record else "name the record", param_hint=hint)
    say(run(record, _cells(fields or [], values or []), Why(reason, note, by), path, table=table, dry_run=dry_run))


def _explain(record: str, fields: list[str], table: str, why: Why, since: str, dry_run: bool, path: Path) -> int:
    from eventpack.curate.explaining import Chosen, explain_edits

    asked = not why.reason and sys.stdin.isatty()
    chosen = Chosen(record, fields, table)
    done = explain_edits(_asker(why) if asked else lambda _: why if why.reason else None, path, chosen,
                         since=since, dry_run=dry_run)  # fmt: skip
    if done.done:
        say(done.done)
    for change in done.left:
        typer.echo(change)
    if done.left:
        count = f"{len(done.left)} change{'s' if len(done.left) > 1 else ''}"
        fix = "give --reason CODE, for all of them or for the record and fields that you name"
        typer.echo(f"{count} since {done.since} without a reason\n    fix: {fix}", err=True)
    elif not done.done:
        typer.echo(f"every change since {done.since} is explained", err=True)
    return 1 if done.left else 0


def _asker(given: Why) -> Callable[[Change], Why | None]:
    """Ask for the reason of each change on the terminal; the one given last is offered again."""
    from eventpack.curate.settling import Why

    last = ["", given.note]

    def ask(change: Change) -> Why | None:
        typer.echo(change, err=True)
        reason = typer.prompt("  reason (a code; - for later)", default=last[0] or None, err=True)
        if reason == "-":
            return None
        note = typer.prompt("  note", default=last[1], err=True, show_default=bool(last[1]))
        last[:] = [reason, note]
        return Why(reason, note, given.by)

    return ask


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
    more = f" and {len(done.files) - _SHOWN:,} more" if len(done.files) > _SHOWN else ""
    typer.echo(f"{verb}: {', '.join(done.files[:_SHOWN])}{more}", err=True)
