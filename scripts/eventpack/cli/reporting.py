"""Where reports go: standard output, files beside it, and the job summary of GitHub Actions."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from eventpack.errors import DiskError, EventpackError
from eventpack.finding import visible
from eventpack.formats import FORMATS, encoded

if TYPE_CHECKING:
    from eventpack.report import Report


def report_files(wanted: Iterable[str]) -> dict[Path, str]:
    """The formats by the files that `--report FORMAT=FILE` names."""
    files: dict[Path, str] = {}
    for text in wanted:
        name, equals, path = text.partition("=")
        if name not in FORMATS or not equals or not path:
            raise EventpackError(
                f"`{text}` is not FORMAT=FILE", f"formats are {', '.join(FORMATS)}: --report sarif=FILE"
            )
        place = Path(path).expanduser() if path.startswith("~/") else Path(path)  # after `=` no shell does it
        target = place.resolve()  # what a link leads to is replaced, not the link
        if target in files:
            raise EventpackError(f"two reports would be written to {path}", "give each --report its own file")
        if target.exists() and not target.is_file():
            raise EventpackError(f"{path} is there and is no file", "name the file that the report becomes")
        files[target] = name
    return files


def name_unreadable(names: Iterable[str]) -> None:
    """Say which of the texts at hand could not be read."""
    for name in names:
        typer.echo(f"note: {visible(name)} is not UTF-8 text and was left out", err=True)


def put_report(report: Report, format: str, files: dict[Path, str]) -> None:
    """Write the report into its files, print it, and add the job summary where GitHub Actions asks for one."""
    from eventpack.files import write_atomically

    for path, name in files.items():
        write_atomically(path, encoded(FORMATS[name](report) + "\n"))
    if format == "text" and is_coloured():
        from eventpack.formats.text import as_text

        typer.echo(as_text(report, colour))
    else:
        text = FORMATS[format](report)
        typer.echo(text if format == "text" else encoded(text))  # machines read UTF-8, whatever the terminal
    if format == "github" and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        _add_summary(report, Path(summary))


def _add_summary(report: Report, path: Path) -> None:
    """Append to the file that all programs of one step share, as far as there is room."""
    from eventpack.formats.summary import LARGEST, as_summary

    try:
        with path.open("ab") as file:
            file.write(encoded(as_summary(report, LARGEST - file.tell())))
    except OSError as error:
        fix = "unset GITHUB_STEP_SUMMARY, or let it name a file that can be written"
        raise DiskError(f"cannot write the job summary {path}: {error.strerror or error}", fix) from error


def is_coloured() -> bool:
    """Whether standard output is a terminal whose user wants colours."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def colour(text: str, colour: str) -> str:
    """Text for a terminal, bold or in a colour."""
    return typer.style(text, bold=True) if colour == "bold" else typer.style(text, fg=colour)
