"""`eventpack compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer


def compare(
    ref: Annotated[str, typer.Argument(help="A package, source tree, address, or name in the cache, as for `load`.")],
    file: Annotated[Path, typer.Argument(help="Their file on this machine: csv, tsv or jsonl, plain, xz, gz or zip.")],
    form: Annotated[Literal["ged", "acled", "polecat", "plover"], typer.Option("--as", help="The format of the file.")],
    km: Annotated[float, typer.Option(min=0, help="How far apart places may lie beyond what is unsure of them.")] = 50,
    days: Annotated[int, typer.Option(min=0, help="How far apart days may lie beyond what is unsure of them.")] = 3,
    types: Annotated[
        Literal["fit", "any"], typer.Option(help="Compare only with types that ours can be there, or with all.")
    ] = "fit",
    longest: Annotated[
        int,
        typer.Option(
            min=1,
            metavar="DAYS",
            help="Leave out our events whose bounds lie further apart; look for an open bound so far away.",
        ),
    ] = 31,
    format: Annotated[Literal["text", "json", "csv"], typer.Option("--format", help="How it is printed.")] = "text",
    limit: Annotated[int, typer.Option(min=0, help="In text, so many lines of each kind at most; 0 shows all.")] = 20,
    version: Annotated[
        str, typer.Option(metavar="V", help='latest, an exact version like 1.2.0, or a range like "~1.2" (1.2.x).')
    ] = "latest",
    offline: Annotated[bool, typer.Option("--offline", help="Ask no server; use only what is in the cache.")] = False,
) -> None:
    """Set our events beside a file of UCDP GED, ACLED or POLECAT, and tell what agrees.

    Two accounts can be of one event when they lie near in time and space and theirs is a type that ours can be; dates
    and places that either side knows only roughly widen the window. Each event is in one pair at most, and the pairs
    that fit best together are taken. An id of theirs in our table external_ids decides before all that.

    The file is only read; nothing of it is written or kept, and the dataset stays as it is.

    Exit codes: 0 when all that can be compared agrees, 1 when something differs or stands on one side only, or nothing
    can be compared, 2 for misuse, a file that cannot be read or lacks columns, or a network or disk that refuses.

    \b
    Examples:
        $ eventpack compare . ~/Downloads/GEDEvent_v26_1.csv.zip --as ged
        $ eventpack compare . acled.csv --as acled --km 25 --days 1 --format csv
        $ eventpack compare us-kurdish-talks-2026 ngecEvents.txt --as polecat --format json
    """
    from eventpack.finding import visible
    from eventpack.interchange.matching import compare as run
    from eventpack.interchange.showing import to_csv, to_json, to_text

    found = run(
        ref, file.expanduser(), form, km=km, days=days, types=types == "fit", longest=longest, version=version,
        offline=offline,
    )  # fmt: skip
    for note in found.notes:
        typer.echo(f"note: {visible(note)}", err=True)
    if format == "json":
        from eventpack.jsontext import json_bytes

        typer.echo(json_bytes(to_json(found)).removesuffix(b"\n"))
    elif format == "csv":
        typer.echo(to_csv(found).removesuffix(b"\n"))
    else:
        from eventpack.cli.reporting import colour, is_coloured

        typer.echo(to_text(found, limit or None, colour if is_coloured() else lambda text, _: text))
    raise typer.Exit(0 if found.equal else 1)
