"""`eventpack init`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from eventpack.starting.choices import Question


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that is missing or empty.")],
    name: Annotated[str | None, typer.Option(metavar="NAME", help="The package's name; default: from DIR.")] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Default: from the name.")] = None,
    description: Annotated[str | None, typer.Option(metavar="TEXT", help="What the data are about.")] = None,
    licence: Annotated[
        str | None,
        typer.Option(
            metavar="SPDX",
            help="The licence of the data: CC-BY-4.0 (default), CC-BY-SA-4.0, CC0-1.0, ODC-By-1.0 or ODbL-1.0.",
        ),
    ] = None,
    contributor: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Who makes it; default: The NAME project.")
    ] = None,
    coder: Annotated[str | None, typer.Option(metavar="HANDLE", help="Your handle; default: coder-1.")] = None,
    types: Annotated[
        str | None,
        typer.Option(
            metavar="plover|none|FILE",
            help="The event types; default: plover. A CSV FILE has code, label, definition and perhaps broader.",
        ),
    ] = None,
    tool_repository: Annotated[
        str | None, typer.Option(metavar="URL", help="Where the workflow of the dataset installs eventpack from.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; take the defaults.")] = False,
) -> None:
    """Start a new dataset: a package that works at once, with one invented example event.

    Writes descriptor, schemas, vocabularies, tables, an example record, README, licence, a workflow for GitHub, hooks
    for pre-commit and settings for editors. On a terminal it asks for what no option gives. It never overwrites.

    Exit codes: 0 when it is written, 1 when the questions are broken off, 2 when DIR is not empty, a choice will not
    do, or the disk refuses.

    \b
    Examples:
        $ eventpack init protests --yes
        $ eventpack init protests --title "Protests in Milltown" --licence CC0-1.0 --types none
        $ eventpack init incidents --types my-types.csv
    """
    from eventpack.building import NotClean
    from eventpack.formats.text import as_text
    from eventpack.starting.choices import make_choices
    from eventpack.starting.placing import require_empty, start_dataset

    require_empty(folder)
    options = {
        "name": name, "title": title, "description": description, "licence": licence, "contributor": contributor,
        "coder": coder, "types": types, "tool_repository": tool_repository,
    }  # fmt: skip
    given = {choice: text for choice, text in options.items() if text is not None}
    asks = not yes and sys.stdin.isatty() and sys.stdout.isatty()
    choices = make_choices(given, folder, _ask if asks else None)
    try:
        written = start_dataset(folder, choices)
    except NotClean as error:
        typer.echo(as_text(error.report))
        typer.echo(f"nothing written: {error.what}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"started {choices.name} in {folder}: {len(written)} files")
    typer.echo(f"next: cd {folder}, read README.md, run `eventpack validate`", err=True)


def _ask(question: Question, proposed: str) -> str:
    """The answer of somebody at the terminal; Enter takes what is proposed."""
    while True:
        text: str = typer.prompt(question.ask, default=proposed, show_default=bool(proposed), err=True)
        if not (problem := question.problem(text)):
            return text
        typer.echo(f"    it {problem}", err=True)
