"""`eventpack agreement`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer


def agreement(
    first: Annotated[Path, typer.Argument(metavar="A", help="The folder of one coder's records.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="The folder of another coder's records.")],
    adjudication: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Table of decisions: disagreements that it lacks are added, none is lost."),
    ] = None,
    form: Annotated[Literal["text", "json", "markdown"], typer.Option("--format", help="How it is printed.")] = "text",
) -> None:
    """Compare two codings of the same texts.

    Claims are paired by passage, words and numbers; events by the claims that they share. For each field it prints how
    many pairs are equal and Krippendorff's alpha, then every disagreement side by side. The schemas are those of the
    package above A.

    Exit codes: 0 when the codings agree or each disagreement is decided, 1 when some are open, 2 for misuse.

    \b
    Examples:
        $ eventpack agreement data/records/events data/second-coding/records/events
        $ eventpack agreement mine theirs --adjudication decisions.csv --format markdown
    """
    import json

    from eventpack.agreement.adjudication import adjudicate, read_decisions, undecided, write_decisions
    from eventpack.agreement.comparing import compare_codings
    from eventpack.agreement.showing import to_json, to_markdown, to_text

    comparison = compare_codings(first, second)
    decided = read_decisions(adjudication) if adjudication else []
    rows = adjudicate(comparison, decided)
    if adjudication and rows != decided:
        write_decisions(adjudication, rows)
    if form == "json":
        typer.echo(json.dumps(to_json(comparison, rows), indent=2, ensure_ascii=False))
    else:
        typer.echo((to_text if form == "text" else to_markdown)(comparison, rows))
    left = undecided(comparison, rows)
    noun = "disagreement" if len(rows) == 1 else "disagreements"
    verdict = f"{len(rows)} {noun}, {left} open" if rows else "no disagreement"
    typer.echo(verdict, err=form != "text")
    raise typer.Exit(1 if left else 0)
