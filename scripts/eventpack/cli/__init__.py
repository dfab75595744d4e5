"""The command `eventpack`: one module per verb, each a thin layer over one function of the library.

Verbs import the library when they run: it costs 60 ms, and `--help` must not pay for it.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from contextlib import suppress
from typing import Annotated, NoReturn

import typer

from eventpack import __version__
from eventpack.cli.agreement import agreement
from eventpack.cli.build import build
from eventpack.cli.cite import cite
from eventpack.cli.compare import compare
from eventpack.cli.describe import describe
from eventpack.cli.diff import diff
from eventpack.cli.download import download
from eventpack.cli.explain import explain
from eventpack.cli.export import export
from eventpack.cli.format import format_files
from eventpack.cli.init import init
from eventpack.cli.lives import history, show
from eventpack.cli.merge import merge
from eventpack.cli.new import new
from eventpack.cli.package import package
from eventpack.cli.passage import passage
from eventpack.cli.publish import publish
from eventpack.cli.query import query
from eventpack.cli.release import release
from eventpack.cli.reserve import reserve_doi
from eventpack.cli.revise import revise
from eventpack.cli.split import split
from eventpack.cli.sql import sql
from eventpack.cli.validate import validate
from eventpack.cli.verify import verify
from eventpack.cli.why import why
from eventpack.cli.withdraw import withdraw
from eventpack.errors import DamagedError, EventpackError, TextError

app = typer.Typer(
    name="eventpack", no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip
app.command("validate", short_help="Check a package, and say what is wrong where.")(validate)
app.command("verify", short_help="Verify claims in the texts, and write down the outcome.")(verify)
app.command("build", short_help="Build tables, codebook, citation, editor schema and SQL.")(build)
app.command("package", short_help="Package the data as a folder and a zip.")(package)
app.command("release", short_help="Release the data as a version that never changes.")(release)
app.command("reserve-doi", short_help="Reserve a DOI before the release.")(reserve_doi)
app.command("publish", short_help="Publish a packaged version: a folder, Zenodo, GitHub.")(publish)
app.command("download", short_help="Download a version of a dataset, verified.")(download)
app.command("export", short_help="Write a dataset in the formats of other tools.")(export)
app.command("describe", short_help="Describe a version for catalogues.")(describe)
app.command("diff", short_help="Tell what differs between two versions.")(diff)
app.command("query", short_help="Ask a dataset for rows, in the codebook's words.")(query)
app.command("sql", short_help="Ask a dataset a question in SQL.")(sql)
app.command("compare", short_help="Set our events beside a file of GED, ACLED or POLECAT.")(compare)
app.command("init", short_help="Start a new dataset.")(init)
app.command("format", short_help="Bring records and tables into canonical form.")(format_files)
app.add_typer(new, name="new", short_help="Start an event, source, actor or place with a fresh id.")
app.add_typer(passage, name="passage", short_help="Find and show passages, and point claims to them.")
app.command("revise", short_help="Change a record, and say why.")(revise)
app.command("withdraw", short_help="Take a record out of the data for good.")(withdraw)
app.command("merge", short_help="Make one record of two.")(merge)
app.command("split", short_help="Make two records of one.")(split)
app.command("agreement", short_help="Compare two codings of the same texts.")(agreement)
app.command("history", short_help="Tell the life of one record over all releases.")(history)
app.command("show", short_help="Show one record, now or in a version.")(show)
app.command("cite", short_help="Cite a version, or one record of it.")(cite)
app.command("why", short_help="Tell why an event has its support and estimates.")(why)
app.command("explain", short_help="Explain a finding code.")(explain)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"eventpack {__version__}")
        raise typer.Exit()


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Check, build, package, publish and download event data.

    Event records are checked against their schemas, down to the passage each claim rests on, and packaged as
    Frictionless data packages.

    Exit codes: 0 without errors, 1 with errors, 2 for misuse, or a disk or network that refuses.

    \b
    Examples:
        $ eventpack validate
        $ eventpack package --out dist
        $ eventpack explain key/foreign
    """


def main() -> NoReturn:
    """Run the command line and leave with its exit code; expected trouble is told in two lines, without traceback."""
    _mend_streams()
    if "_EVENTPACK_COMPLETE" in os.environ:  # a shell waits after TAB
        sys.modules["rich"] = None  # type: ignore[assignment] # not there: else it formats each line, 70 ms for nothing
    gc.disable()  # a command is short, and what it reads it keeps: collecting costs 15 ms and frees nothing
    try:
        app()
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 0
    except (EventpackError, TextError) as error:
        code = _tell(error.what, error.fix)
        code = 1 if isinstance(error, DamagedError) else code  # damaged bytes are a fault of data
    except KeyboardInterrupt:  # between two commands of typer, which leaves with the same code
        code = 130
    except UnicodeError:
        code = _tell("an argument is not text in the encoding of the terminal", "set LC_ALL=C.UTF-8, and try again")
    except OSError as error:  # what the library does not expect: a full disk behind standard output
        code = _tell(f"cannot go on: {error.strerror or error}", "check free space and permissions")
    _leave(code)


def _mend_streams() -> None:
    """Closed streams swallow what is written; characters that the terminal does not know are written as escapes."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _tell(what: str, fix: str) -> int:
    from eventpack.finding import visible

    lines = [f"eventpack: {visible(what)}", *([f"    fix: {visible(fix)}"] if fix else [])]
    typer.echo("\n".join(lines), err=True)
    return 2


def _leave(code: int) -> NoReturn:
    """End the process at once; taking the interpreter apart costs another 15 ms."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # `eventpack … | head`
        code = code or 1
    except OSError as error:
        code = _tell(f"cannot write the result: {error.strerror or error}", "check free space")
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)
