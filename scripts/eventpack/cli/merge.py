"""`eventpack merge`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eventpack.cli.revise import By, DryRun, Note, Place, Reason, Table, say


def merge(
    kept: Annotated[str, typer.Argument(help="The id of the record that stays.", metavar="A")],
    gone: Annotated[str, typer.Argument(help="The id of the record that goes on as A.", metavar="B")],
    reason: Reason = "merge",
    note: Note = "",
    by: By = "",
    table: Table = "",
    dry_run: DryRun = False,
    path: Place = Path(),
) -> None:
    """Make one record of two: what B was goes on as A, and the id of B leads to A.

    The claims and other rows of B move to A with their comments, and whatever refers to B refers to A from now on. Rows
    that then stand twice go, and links of A with itself. The fields of A stay as they are; what B said otherwise is
    told, so that it can be carried over with `eventpack revise`.

    Exit codes: 0 when it is written, 2 when something is not allowed or the disk refuses; then nothing is written.

    \b
    Examples:
        $ eventpack merge EV-4k2m7q EV-q81z0c --note "Both records told of the same meeting."
        $ eventpack merge ACT-7p1xw4 ACT-1fkb7w --dry-run
    """
    from eventpack.curate.merging import merge as run
    from eventpack.curate.settling import Why

    say(run(kept, gone, Why(reason, note, by), path, table=table, dry_run=dry_run))
