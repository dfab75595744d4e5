"""`eventpack describe`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

As = Literal["schema.org", "croissant", "datacite", "ro-crate", "cff"]


def describe(
    ref: Annotated[
        str, typer.Argument(help="A packaged folder or zip, an address, or the name of what is in the cache.")
    ],
    form: Annotated[As, typer.Option("--as", help="For which catalogues.")],
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it to this file.")] = None,
    version: Annotated[
        str, typer.Option(metavar="V", help="latest, an exact version, or a range like ~1.2.")
    ] = "latest",
    offline: Annotated[bool, typer.Option("--offline", help="Ask no server; use only what is in the cache.")] = False,
) -> None:
    """Describe a version for catalogues: search engines, DataCite, machine learning, research objects.

    Everything is taken from the descriptor. Nothing is made up: what a form requires and the descriptor does not say is
    named and refused, and what it only expects is left out and named. Files of a version on the web have their
    addresses there; others are relative to the packaged folder, which holds croissant.json, ro-crate-metadata.json and
    CITATION.cff already.

    Exit codes: 0 when it is described, 1 when the version is damaged, 2 for misuse, a descriptor that says too little,
    or a network or disk that refuses.

    \b
    Examples:
        $ eventpack describe dist/us-kurdish-talks-2026-0.1.0 --as datacite
        $ eventpack describe https://example.org/data/us-kurdish-talks-2026 --as croissant --out croissant.json
        $ eventpack describe us-kurdish-talks-2026 --as schema.org --version 0.1.0
    """
    from eventpack.description import describe as run
    from eventpack.files import write_atomically

    made = run(ref, form, version=version, offline=offline)
    if made.left_out:
        typer.echo(f"left out, since the descriptor does not say it: {', '.join(made.left_out)}", err=True)
    if out is None:
        typer.echo(made.data.removesuffix(b"\n"))
    else:
        write_atomically(out, made.data)
        typer.echo(f"wrote {out.as_posix()}")
