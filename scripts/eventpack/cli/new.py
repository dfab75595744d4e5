"""`eventpack new`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

new = typer.Typer(
    help="Start an event record, or add a source, actor or place, with a fresh id.\n\n"
    "Exit codes: 0 when it is written, 2 when something is not allowed or the disk refuses.",
    no_args_is_help=True, add_completion=False, rich_markup_mode=None,
)  # fmt: skip

Place = Annotated[
    Path, typer.Option("--path", metavar="DIR", help="The folder of the package; default: here.", show_default=False)
]
Settings = Annotated[
    list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="Any other field; repeatable.")
]
Title = Annotated[str, typer.Option(metavar="TEXT", help="The title.")]
Name = Annotated[str, typer.Option(metavar="TEXT", help="The name.")]
Kind = Annotated[str, typer.Option(metavar="CODE", help="The kind, a code of the schema.")]


@new.command()
def event(
    title: Title = "",
    type: Annotated[str, typer.Option(metavar="CODE", help="The type, a code of event_types.")] = "",
    settings: Settings = None,
    path: Place = Path(),
) -> None:
    """Write the skeleton of an event record; print its path.

    The fields that are required wait to be filled in, with their meaning and the allowed codes as comments.

    Exit codes: 0 when it is written, 2 when something is not allowed or the disk refuses; then nothing is written.

    \b
    Examples:
        $ eventpack new event
        $ eventpack new event --title "Meeting in the harbour" --set date_earliest=2026-03-01
    """
    from eventpack.curate.new import new_event

    fresh, file = new_event(_cells(settings, title=title, type=type), path)
    typer.echo(file)
    typer.echo(f"new event {fresh}: fill in the empty fields, delete the comments, run `eventpack validate`", err=True)


@new.command()
def source(
    title: Title = "",
    kind: Kind = "",
    text: Annotated[Path | None, typer.Option("--from", metavar="FILE", help="The file of its text.")] = None,
    settings: Settings = None,
    path: Place = Path(),
) -> None:
    """Add a source to its table and print its id.

    `--from` fills in the digest and the length of its text; the text itself is not copied.

    Exit codes: 0 when it is written, 2 when something is not allowed or the disk refuses; then nothing is written.

    \b
    Examples:
        $ eventpack new source --title "Ferry late again" --kind news-report --from ../texts/ferry.txt
    """
    from eventpack.curate.new import new_source

    _say(new_source(_cells(settings, title=title, kind=kind), path, text))


@new.command()
def actor(name: Name = "", kind: Kind = "", settings: Settings = None, path: Place = Path()) -> None:
    """Add an actor to its table and print its id.

    Exit codes: 0 when it is written, 2 when something is not allowed or the disk refuses; then nothing is written.

    \b
    Examples:
        $ eventpack new actor --name "Ministry of Ports" --kind government-body --set country=IRQ
    """
    from eventpack.curate.new import new_actor

    _say(new_actor(_cells(settings, name=name, kind=kind), path))


@new.command()
def place(name: Name = "", kind: Kind = "", settings: Settings = None, path: Place = Path()) -> None:
    """Add a place to its table and print its id.

    Exit codes: 0 when it is written, 2 when something is not allowed or the disk refuses; then nothing is written.

    \b
    Examples:
        $ eventpack new place --name "Old harbour" --kind point --set latitude=36.2 --set longitude=44.01
    """
    from eventpack.curate.new import new_place

    _say(new_place(_cells(settings, name=name, kind=kind), path))


def _cells(settings: list[str] | None, **given: str) -> dict[str, str]:
    from eventpack.curate.new import read_settings

    return {**{name: text for name, text in given.items() if text}, **read_settings(settings or [])}


def _say(added: tuple[str, str]) -> None:
    fresh, file = added
    typer.echo(fresh)
    typer.echo(f"added {fresh} to {file}", err=True)
