"""What `eventpack query` and `eventpack sql` have in common: how an answer is printed or written."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from eventpack.errors import EventpackError

if TYPE_CHECKING:
    from eventpack.querying import Answer

Format = Literal["csv", "json", "parquet", "table"]
Ref = Annotated[
    str,
    typer.Argument(
        help="Folder, zip or source tree, published place or address, or the name of a dataset in the cache."
    ),
]
Form = Annotated[
    Format | None,
    typer.Option(
        "--format", help="How the answer is written; by default a table, or what the name of --out ends with."
    ),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write it into this file, not to the screen.")]
Limit = Annotated[
    int | None, typer.Option(min=0, help="So many rows at most; 0 for all. 50 in a table on the screen, elsewhere all.")
]
Version = Annotated[str, typer.Option(metavar="V", help="A version: exact, latest, or like `~1.2`.")]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", help="The data as released at the end of that day.")]
Offline = Annotated[bool, typer.Option("--offline", help="Ask no server; use only what is in the cache.")]
_SUFFIXES: dict[str, Format] = {".csv": "csv", ".json": "json", ".parquet": "parquet", ".txt": "table"}
_SHOWN = 50


def form_of(format: Format | None, out: Path | None) -> Format:
    """The form that is wanted; raises `EventpackError` for Parquet without a file, or a file whose end says nothing."""
    if format == "parquet" and out is None:
        raise EventpackError("Parquet is no text and needs a file", "name one: --out FILE.parquet")
    if format is None and out is not None:
        if (known := _SUFFIXES.get(out.suffix.lower())) is None:
            what = f"the name of {out} does not say how it is to be written"
            raise EventpackError(what, f"add --format, or let it end with {', '.join(_SUFFIXES)}")
        return known
    return format or "table"


def limit_of(limit: int | None, format: Format, out: Path | None) -> int | None:
    """How many rows are wanted; none for all."""
    default = _SHOWN if format == "table" and out is None else None
    return default if limit is None else limit or None


def put_answer(answer: Answer, format: Format, out: Path | None) -> None:
    """Print an answer, or write it into a file; how many rows there are is said on standard error."""
    if out is not None:
        _require_foreign(answer, out)
    if format == "parquet":
        from eventpack.querying.forms import write_parquet

        assert out is not None  # `form_of` asks for it
        write_parquet(answer, out)
    elif out is not None:
        from eventpack.files import write_atomically

        write_atomically(out, _text(answer, format))
    elif answer.frame.width:
        typer.echo(_text(answer, format, on_screen=True).removesuffix(b"\n"))
    typer.echo(_closing(answer, out), err=True)


def _require_foreign(answer: Answer, out: Path) -> None:
    """Refuse to write over the data that were asked."""
    from eventpack.trees import Folder

    package = answer.package
    if isinstance(package.tree, Folder):
        root = package.tree.root
        held = [package.document.path, *(path for one in package.descriptor.resources for path in one.paths)]
        if out.resolve() in {(root / path).resolve() for path in held}:
            raise EventpackError(f"{out} is a file of the package that is asked", "name another file with --out")


def _text(answer: Answer, format: Format, on_screen: bool = False) -> bytes:
    from eventpack.querying import forms

    if format != "table":
        return forms.as_csv(answer) if format == "csv" else forms.as_json(answer)
    from eventpack.cli.reporting import is_coloured
    from eventpack.querying.plaintext import as_table

    width = shutil.get_terminal_size().columns if on_screen and sys.stdout.isatty() else None
    return f"{as_table(answer, width, on_screen and is_coloured())}\n".encode("utf-8", "backslashreplace")


def _closing(answer: Answer, out: Path | None) -> str:
    shown, found = answer.frame.height, answer.found
    said = (
        f"{found:,} of {answer.of:,} rows of {answer.table}" if answer.table else f"{found:,} row{'s' * (found != 1)}"
    )
    less = f"; {shown:,} of them {'written' if out else 'shown'}, --limit 0 for all" if shown < found else ""
    return f"{said}{less}{f' → {out.as_posix()}' if out else ''}"
