"""`eventpack passage`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

passage = typer.Typer(
    help="Find the passage of a source, or point a claim to it.", no_args_is_help=True, rich_markup_mode=None
)

Words = Annotated[str, typer.Argument(help="Some words of the passage, in quotes.")]
Texts = Annotated[
    Path, typer.Option("--texts", metavar="DIR", envvar="EVENTPACK_TEXTS", help="Folder with the sources' texts.")
]
Place = Annotated[Path, typer.Option("--path", metavar="DIR", help="The folder of the package.")]


@passage.command()
def find(source_id: str, words: Words, texts: Texts, path: Place = Path()) -> None:
    """Print offsets and digest of the whole sentences around some words, and the sentences.

    \b
    Examples:
        $ eventpack passage find SRC-2f6d "has a long history" --texts ../texts
    """
    from eventpack.curate.passage import find_in_source

    found, text = find_in_source(source_id, words, _read(texts), path)
    typer.echo(f"passage_start: {found.start}\npassage_end: {found.end}\npassage_sha256: {found.sha256}")
    typer.echo(text)


@passage.command("set")
def set_(claim_id: str, words: Words, texts: Texts, path: Place = Path()) -> None:
    """Write offsets and digest of the whole sentences around some words into the claim's record.

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
