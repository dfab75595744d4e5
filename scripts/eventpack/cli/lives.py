"""`eventpack history` and `eventpack show`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

Id = Annotated[str, typer.Argument(help="An id, or the parts of a key joined by `|`.")]
Ref = Annotated[
    str,
    typer.Option(
        "--path", metavar="REF", help="A source tree, a published place or address, or a package; default: here.",
        show_default=False,
    ),
]  # fmt: skip
Table = Annotated[str, typer.Option(metavar="NAME", help="The table, when the key stands in several.")]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", help="The data as released at the end of that day.")]
Format = Annotated[Literal["text", "json"], typer.Option("--format", help="How it is printed.")]
Offline = Annotated[bool, typer.Option("--offline", help="Ask no server; use only what is in the cache.")]


def history(
    id: Id, path: Ref = ".", table: Table = "", as_of: AsOf = "", format: Format = "text", offline: Offline = False
) -> None:
    """Tell the life of one record over all releases.

    When it was created, which values changed in which version and why, what other records went into it, and what
    became of it: withdrawn, merged or split. What is not released yet comes last, as version `next`.

    Exit codes: 0 when it is told, 2 when no version has such an id, or one cannot be read.

    \b
    Examples:
        $ eventpack history EV-4k2m7q
        $ eventpack history EV-4k2m7q --as-of 2026-06-30 --format json
        $ eventpack history EV-4k2m7q --path https://example.org/data/us-kurdish-talks-2026
    """
    from eventpack.lives.life import history as run
    from eventpack.lives.text import life_json, life_text

    life = run(id, path, table=table, as_of=as_of, offline=offline)
    typer.echo(life_text(life) if format == "text" else life_json(life).encode("utf-8", "backslashreplace"))


def show(
    id: Id,
    version: Annotated[
        str, typer.Option(help="A version: exact, `latest` or like `~1.2`; without one, the data as they stand.")
    ] = "",
    path: Ref = ".",
    table: Table = "",
    as_of: AsOf = "",
    format: Format = "text",
    offline: Offline = False,
) -> None:
    """Show one record, as it stands or as a version holds it.

    With the rows that are written inside it and the digest of its content, by which anyone can tell that it is the
    same.

    Exit codes: 0 when it is shown, 2 when there is no such record or version; what became of the record is told.

    \b
    Examples:
        $ eventpack show EV-4k2m7q
        $ eventpack show EV-4k2m7q --version 0.1.0
        $ eventpack show EV-4k2m7q --as-of 2026-06-30 --format json
    """
    from eventpack.lives.life import show as run
    from eventpack.lives.text import shown_json, shown_text

    shown = run(id, path, version=version, as_of=as_of, table=table, offline=offline)
    typer.echo(shown_text(shown) if format == "text" else shown_json(shown).encode("utf-8", "backslashreplace"))
