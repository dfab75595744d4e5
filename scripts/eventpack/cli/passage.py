"""`eventpack passage`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

passage = typer.Typer(
    help="Find and show passages, or point a claim to one.\n\nExit codes: 0 when it is found, 2 when it is not.",
    no_args_is_help=True,
    add_completion=False,
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


@passage.command()
def show(
    texts: Texts,
    claim_id: Annotated[str, typer.Argument(help="The id of the claim.", show_default=False)] = "",
    uncovered: Annotated[
        str, typer.Option(metavar="SOURCE_ID", help="Show the sentences of a source that no claim has.")
    ] = "",
    path: Annotated[
        Path, typer.Option("--path", metavar="PATH", help="The package; default: here.", show_default=False)
    ] = Path(),
) -> None:
    """Print a claim's passage, with what is coded beside its words.

    The sentences before and after the passage are shown with it. Below stands each coded value with the words of the
    passage that bear on it, as far as English words for numbers, days, negation, possibility, conditions, hedges and
    speakers are known; a value without words comes from the coder alone. On a terminal these words are coloured.

    Exit codes: 0 when it is shown, 2 when there is no such claim or source, or no text at hand holds the passage.

    \b
    Examples:
        $ eventpack passage show CL-9ab3 --texts ../texts
        $ eventpack passage show --uncovered SRC-2f6d --texts ../texts
    """
    from eventpack.cli.reporting import colour, is_coloured
    from eventpack.cli.shown import shown_lines, uncovered_lines
    from eventpack.curate.showing import find_uncovered, show_claim
    from eventpack.formats.text import plain

    if bool(claim_id) == bool(uncovered):
        raise typer.BadParameter("name a claim, or a source with --uncovered", param_hint="CLAIM_ID")
    if uncovered:
        lines = uncovered_lines(uncovered, find_uncovered(uncovered, _read(texts), path))
    else:
        lines = shown_lines(show_claim(claim_id, _read(texts), path), colour if is_coloured() else plain)
    typer.echo("\n".join(lines))


def _read(folder: Path) -> dict[str, str]:
    from eventpack.evidence.texts import read_texts

    texts = read_texts(folder)
    for name in texts.skipped:
        typer.echo(f"note: {name} is not UTF-8 text and was left out", err=True)
    return texts.by_digest
