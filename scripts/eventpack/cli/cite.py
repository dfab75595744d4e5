"""`eventpack cite`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from eventpack.cli.lives import AsOf, Offline, Ref, Table


def cite(
    id: Annotated[str, typer.Argument(help="An id, to cite one record; without one, the dataset is cited.")] = "",
    version: Annotated[
        str, typer.Option(help="A version: exact, `latest` or like `~1.2`; `next` is the tree as it stands.")
    ] = "",
    path: Ref = ".",
    format: Annotated[
        Literal["bibtex", "ris", "csl", "apa", "text"], typer.Option("--format", help="How it is written.")
    ] = "text",
    table: Table = "",
    as_of: AsOf = "",
    offline: Offline = False,
) -> None:
    """Cite a version of a dataset, or one record of it.

    With authors, title, version, day, DOI when there is one, and of a record the digest of its content, by which anyone
    can tell whether a later version still holds the same. Without --version, the latest release is cited.

    Exit codes: 0 when it is cited, 2 when there is no such version or record.

    \b
    Examples:
        $ eventpack cite
        $ eventpack cite --format bibtex --version 0.1.0
        $ eventpack cite EV-4k2m7q --format apa
        $ eventpack cite EV-4k2m7q --format csl --path https://example.org/data/us-kurdish-talks-2026
    """
    from eventpack.citing import cite as run

    said = run(id, path, form=format, version=version, as_of=as_of, table=table, offline=offline)
    typer.echo(said.encode("utf-8") if format in ("bibtex", "ris", "csl") else said)
    if "Not released" in said:
        typer.echo("this is no release: others cannot get the same bytes; cite a released version", err=True)
