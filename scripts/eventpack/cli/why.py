"""`eventpack why`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer


def why(
    event_id: Annotated[str, typer.Argument(help="The id of the event.")],
    measure: Annotated[str, typer.Argument(help="A measure of it; without one, all.")] = "",
    path: Annotated[
        Path,
        typer.Option(
            "--path", metavar="DIR", help="A folder, descriptor or packaged zip; default: here.", show_default=False
        ),
    ] = Path(),
    format: Annotated[Literal["text", "json"], typer.Option("--format", help="How it is printed.")] = "text",
) -> None:
    """Tell why an event has its support and its estimates.

    For the support: which claims support or contest the event, through which sources and relays, which of them count
    as independent, and on what the others lean. For each measure: which claims are counted or left out, the words and
    rules behind their numbers, and what each rule selects.

    Exit codes: 0 when it is told, 2 when there is no such event or measure, or the package cannot be read.

    \b
    Examples:
        $ eventpack why EV-4k2m7q
        $ eventpack why EV-4k2m7q workers-on-strike
        $ eventpack why EV-4k2m7q --path dist/strikes-0.1.0.zip --format json
    """  # fmt: skip
    from eventpack.reasons import why as run

    reasons = run(event_id, measure, path)
    if format == "json":
        from eventpack.reasons.json import as_json

        typer.echo(as_json(reasons).encode("utf-8", "backslashreplace"))  # machines read UTF-8, whatever the terminal
        return
    from eventpack.cli.reporting import colour, is_coloured
    from eventpack.reasons.text import as_text, plain

    typer.echo(as_text(reasons, colour if is_coloured() else plain))
