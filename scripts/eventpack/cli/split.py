"""`eventpack split`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eventpack.cli.revise import By, DryRun, Id, Note, Place, Reason, Table, say

Keys = list[str] | None


def split(
    record: Id,
    move: Annotated[
        Keys, typer.Option("--move", metavar="KEY", help="A claim or other row that goes to the second; repeatable.")
    ] = None,
    copy: Annotated[
        Keys, typer.Option("--copy", metavar="KEY", help="A row without id that both have; repeatable.")
    ] = None,
    second: Annotated[
        Keys, typer.Option("--set", metavar="FIELD=VALUE", help="A field of the second record; repeatable.")
    ] = None,
    first: Annotated[
        Keys, typer.Option("--set-first", metavar="FIELD=VALUE", help="A field of the first record; repeatable.")
    ] = None,
    reason: Reason = "split",
    note: Note = "",
    by: By = "",
    table: Table = "",
    dry_run: DryRun = False,
    path: Place = Path(),
) -> None:
    """Make two records of one; both have new ids, to which the old one leads.

    Both begin with the fields of the old record. Whatever refers to it, such as its claims, goes to the first, unless
    it is named with --move; what refers to a claim that moves goes with it. A row may be named without the id that is
    split: `ACT-7p1xw4|partner`.

    Exit codes: 0 when it is written, 2 when something is not allowed or the disk refuses; then nothing is written.

    \b
    Examples:
        $ eventpack split EV-4k2m7q --move CL-9ab3 --set title="Second call" --set-first title="First call"
        $ eventpack split EV-4k2m7q --move CL-9ab3 --copy "ACT-7p1xw4|partner" --set title="Second call" --dry-run
    """
    from eventpack.curate.new import read_settings
    from eventpack.curate.settling import Why
    from eventpack.curate.splitting import Division
    from eventpack.curate.splitting import split as run

    division = Division(move or (), copy or (), read_settings(first or ()), read_settings(second or ()))
    say(run(record, division, Why(reason, note, by), path, table=table, dry_run=dry_run))
