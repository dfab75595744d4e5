"""`eventpack passage`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

passage = typer.Typer(
    help="Find the passage of a source, or point a claim to it.\n\nExit codes: 0 when it is found, 2 when it is not.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Source = Annotated[str, typer.Argument(help="The id of the source, as in the table sources.")]
Claim = Annotated[str, typer.Argument(help="The id of the claim, as in its event's record.")]
Words = Annotated[str, typer.Argument(help="Some words of the passage, in quotes.")]
Texts = Annotated[
    Path, typer.Option("--texts", metavar="DIR", envvar="EVENTPACK_TEXTS", help="Folder with the sources' texts.")
]
Place = Annotated[
    Path, typer.Option("--path", metavar="DIR", help="The folder of the package; default: here.", show_default=False)
]


@passage.command()
def find(source_id: Source, words: Words, texts: Texts, path: Place = Path()) -> None:
    """Print offsets, digest and text of a passage.

    A passage is the whole sentences around the words.

    Exit codes: 0 when it is found, 2 when there is no such source, or the words lead to no passage or to several.

    \b
    Examples:
        $ eventpack passage find SRC-2f6d "has a long history" --texts ../texts
    """
    from eventpack.curate.passage import find_in_source

    found, text = find_in_source(source_id, words, _read(texts), path)
    typer.echo(f"passage_start: {found.start}\npassage_end: {found.end}\npassage_sha256: {found.sha256}")
    typer.echo(text)


@passage.command("set")
def set_(claim_id: Claim, words: Words, texts: Texts, path: Place = Path()) -> None:
    """Write a passage into a claim's record.

    A passage is the whole sentences around the words; its offsets and digest are written, and comments survive.

    Exit codes: 0 when it is found, 2 when there is no such claim, or the words lead to no passage or to several.

    \b
    Examples:
        $ eventpack passage set CL-9ab3 "has a long history" --texts ../texts
    """
    from eventpack.curate.passage import set_passage

    found, text, file = set_passage(claim_id, words, _read(texts), path)
    typer.echo(text)
    typer.echo(f"{claim_id}: {found.start}–{found.end} written to {file}")


def _read(folder: Path) -> dict[str, str]:
    from eventpack.evidence.texts import read_texts

    texts = read_texts(folder)
    for name in texts.skipped:
        typer.echo(f"note: {name} is not UTF-8 text and was left out", err=True)
    return texts.by_digest
