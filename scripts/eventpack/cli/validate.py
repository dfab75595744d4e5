"""`eventpack validate`."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How the report is written."""

    text = "text"
    json = "json"
    github = "github"


def validate(
    path: Annotated[Path, typer.Argument(help="A folder, descriptor, record file or packaged zip.")] = Path(),
    texts: Annotated[
        Path | None, typer.Option(envvar="EVENTPACK_TEXTS", help="Folder with the sources' texts, to verify passages.")
    ] = None,
    referee: Annotated[
        bool, typer.Option("--referee", help="Add what frictionless finds, as a second opinion.")
    ] = False,
    format: Annotated[Format, typer.Option("--format", help="How the report is written.")] = Format.text,
    select: Annotated[list[str] | None, typer.Option(help="Report only this code or family; repeatable.")] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(metavar="CODE=REASON", help="Leave a code out and say why; repeatable.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")] = False,
) -> None:
    """Check a package: descriptor, records, cells, keys, rules, evidence, and whether built files are fresh.

    Exit codes: 0 without errors, 1 with errors, 2 for misuse or a disk that refuses.

    \b
    Examples:
        $ eventpack validate
        $ eventpack validate data/records/events/EV-4k2m.yaml
        $ eventpack validate --texts ../texts --referee
        $ eventpack validate --format json --select key --exclude cell/space="cleaned in the next round"
    """
    from eventpack.codes import require_codes
    from eventpack.formats import FORMATS
    from eventpack.formats.text import as_text
    from eventpack.report import narrow
    from eventpack.validation import validate as run

    reasons = _reasons(exclude or [])
    require_codes([*(select or []), *reasons])
    report = narrow(run(path, texts=texts, referee=referee), select or [], reasons, strict)
    if format is Format.text and sys.stdout.isatty() and "NO_COLOR" not in os.environ:
        typer.echo(as_text(report, _colour))
    else:
        text = FORMATS[format](report)
        typer.echo(text.encode("utf-8") if format is Format.json else text)  # JSON is UTF-8 whatever the terminal is
    raise typer.Exit(0 if report.ok else 1)


def _reasons(exclusions: list[str]) -> dict[str, str]:
    reasons = {}
    for exclusion in exclusions:
        code, _, reason = exclusion.partition("=")
        if not reason.strip():
            raise typer.BadParameter(f"`{exclusion}` gives no reason; write CODE=REASON", param_hint="--exclude")
        reasons[code] = reason.strip()
    return reasons


def _colour(text: str, colour: str) -> str:
    return typer.style(text, bold=True) if colour == "bold" else typer.style(text, fg=colour)
