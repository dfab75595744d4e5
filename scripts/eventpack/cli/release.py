"""`eventpack release`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from eventpack.releasing import Released


def release(
    version: Annotated[str, typer.Argument(help="The version; without one, that which follows from the change.")] = "",
    path: Annotated[
        Path,
        typer.Option("--path", metavar="DIR", help="A folder or descriptor of a source tree.", show_default="here"),
    ] = Path(),
    summary: Annotated[
        str, typer.Option(help="What is new, in words; else the section `## next` of CHANGES.md is taken.")
    ] = "",
    summary_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A file with the summary, in Markdown.")
    ] = None,
    archives: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            envvar="EVENTPACK_ARCHIVES",
            help="Folder for archives that are too large to be kept with the data; else `releases/`.",
        ),
    ] = None,
    sign: Annotated[
        Path | None,
        typer.Option(
            metavar="KEY", help="Sign with the Ed25519 key of a file; else with EVENTPACK_SIGNING_KEY, if set."
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; show what would be released.")] = False,
    status: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="VERSION STATUS", help="Mark a release as `withdrawn`, or as `released` again."),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why it is withdrawn; for --status.")] = "",
) -> None:
    """Release the committed data as a version that never changes.

    The tree must be exactly a commit, without findings, also by frictionless. Compared with the last release, the
    version must be a large enough step (fields removed or retyped: major; new records: minor; corrections: patch), and
    every value that changed must be explained in the table of revisions. Fills the version into revisions, redirects
    and descriptor, writes CHANGES.md and changes.jsonl, builds, packages, and records version, date and digest in
    releases/versions.json. The formats that `eventpack:exports` in the descriptor names are written beside the archive,
    and git leaves them out. Nothing is committed; a run that was killed leaves the old state, which the next one finds.

    Exit codes: 0 when released, shown or marked, 1 when the data has findings or a change is not explained, 2 for
    misuse, a tree that is not clean, a step that is too small, or a disk that refuses.

    \b
    Examples:
        $ eventpack release --dry-run
        $ eventpack release --summary "Two dates corrected after the outlet did."
        $ eventpack release 1.0.0 --summary-file notes.md
        $ eventpack release --status 0.2.0 withdrawn --reason "A source was forged."
    """  # fmt: skip
    from eventpack.building import NotClean
    from eventpack.formats.text import as_text
    from eventpack.releasing import mark
    from eventpack.releasing import release as run

    if status is not None:
        entry = mark(path, status[0], status[1], reason)
        because = f": {entry.withdrawn.reason}" if entry.withdrawn else ""
        typer.echo(f"{entry.version} is {entry.status}{because}")
        return
    if summary and summary_file:
        raise typer.BadParameter("give --summary or --summary-file", param_hint="--summary-file")
    try:
        words = summary or _text_of(summary_file)
        done = run(path, version, summary=words, archives=archives, sign=sign, dry_run=dry_run)
    except NotClean as error:
        typer.echo(as_text(error.report))
        typer.echo(f"nothing released: {error.what}", err=True)
        raise typer.Exit(1) from None
    _tell(done)


def _text_of(file: Path | None) -> str:
    from eventpack.errors import EventpackError

    try:
        return file.read_text("utf-8") if file else ""
    except (OSError, UnicodeDecodeError) as error:
        raise EventpackError(f"cannot read {file}: {getattr(error, 'strerror', '') or 'it is not UTF-8'}", "") from None


def _tell(done: Released) -> None:
    from eventpack.cli.amounts import size

    if done.previous:
        typer.echo(f"{done.previous} → {done.version}: {done.step}, because of {'; '.join(done.reasons)}\n")
    typer.echo(done.section)
    for path in done.files:
        typer.echo(f"{'wrote' if done.done else 'would write'} {path}")
    typer.echo(f"{done.archive.as_posix()}  {size(done.size)}  SHA-256 {done.sha256}")
    if not done.done:
        typer.echo(f"would release {done.name} {done.version}; nothing was written")
        return
    typer.echo(f"released {done.name} {done.version}, {done.date}")
    from eventpack.cli.export import show_exports
    from eventpack.exporting import export_named

    if (exported := export_named(done.archive)) is not None:
        show_exports(exported)
    typer.echo(f"now commit it: git add -A && git commit -m 'Release {done.version}'", err=True)
