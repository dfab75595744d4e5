"""`eventpack validate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eventpack.cli.completion import exclusions, finding_codes, report_formats
from eventpack.formats import Format


def validate(
    path: Annotated[Path, typer.Argument(help="A folder, descriptor, record file or packaged zip.")] = Path(),
    texts: Annotated[
        Path | None, typer.Option(envvar="EVENTPACK_TEXTS", help="Folder with the sources' texts, to verify passages.")
    ] = None,
    referee: Annotated[
        bool, typer.Option("--referee", help="Add what frictionless finds, as a second opinion.")
    ] = False,
    remote: Annotated[
        bool, typer.Option("--remote", help="Fetch data, schemas and dialects that are named by a web address.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="REV", help="Report only what changed since a branch or commit, and what follows from it."
        ),
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="How the report is printed.")] = "text",
    report: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT=FILE", help="Write the report to a file, too; repeatable.", autocompletion=report_formats
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(help="Report only this code or family; repeatable.", autocompletion=finding_codes),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE=REASON", help="Leave a code out and say why; repeatable.", autocompletion=exclusions
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")] = False,
) -> None:
    """Check a package: descriptor, records, cells, keys, rules, evidence, and whether built files are fresh.

    Exit codes: 0 without errors, 1 with errors, 2 for misuse or when disk or network refuse.

    \b
    Examples:
        $ eventpack validate
        $ eventpack validate data/records/events/EV-4k2m.yaml
        $ eventpack validate --texts ../texts --referee
        $ eventpack validate --since origin/main
        $ eventpack validate --remote downloads/co2
        $ eventpack validate --format json --select key --exclude cell/space="cleaned in the next round"
        $ eventpack validate --report sarif=eventpack.sarif --report junit=eventpack.xml
    """
    from eventpack.cli.reporting import name_unreadable, put_report, report_files
    from eventpack.cli.watching import watching
    from eventpack.interrupts import leave_on_termination
    from eventpack.report import narrow
    from eventpack.validation import validate as run

    reasons = _reasons(exclude or [])
    if select or reasons:
        from eventpack.codes import require_codes

        require_codes([*(select or []), *reasons])
    files = report_files(report or [])
    leave_on_termination()
    with watching() as watch:
        outcome = run(path, texts=texts, referee=referee, since=since, remote=remote, watch=watch)
    found = narrow(outcome, select or [], reasons, strict)
    name_unreadable(found.unreadable)
    put_report(found, format, files)
    raise typer.Exit(0 if found.ok else 1)


def _reasons(exclusions: list[str]) -> dict[str, str]:
    reasons = {}
    for exclusion in exclusions:
        code, _, reason = exclusion.partition("=")
        if not reason.strip():
            raise typer.BadParameter(f"`{exclusion}` gives no reason; write CODE=REASON", param_hint="--exclude")
        reasons[code] = reason.strip()
    return reasons
