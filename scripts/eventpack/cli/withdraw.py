"""`eventpack withdraw`."""

from __future__ import annotations

from pathlib import Path

from eventpack.cli.revise import By, DryRun, Id, Note, Place, Reason, Table, say


def withdraw(
    record: Id,
    reason: Reason = "withdrawal",
    note: Note = "",
    by: By = "",
    table: Table = "",
    dry_run: DryRun = False,
    path: Place = Path(),
) -> None:
    """Take a record out of the data for good, and say why.

    Its id stays in data/redirects.csv and is never given again. What is written inside the record goes with it, and so
    do links to it, its names and its ids elsewhere; a claim that goes leaves its id there, too. Whatever else refers
    to it must be revised before. A row without an id of its own, such as a participant, is removed.

    Exit codes: 0 when it is written, 2 when something is not allowed or the disk refuses; then nothing is written.

    \b
    Examples:
        $ eventpack withdraw EV-4k2m7q --note "The outlet took the report back."
        $ eventpack withdraw CL-9ab3 --reason coding-error --note "The sentence speaks of another day." --dry-run
        $ eventpack withdraw "EV-4k2m7q|ACT-7p1xw4|partner" --reason coding-error
    """
    from eventpack.curate.settling import Why
    from eventpack.curate.withdrawing import withdraw as run

    say(run(record, Why(reason, note, by), path, table=table, dry_run=dry_run))
