"""The command `eventpack`: one module per verb, each a thin layer over one function of the library.

Verbs import the library when they run: it costs 60 ms, and `--help` must not pay for it.
"""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import Annotated, NoReturn

import typer

from eventpack import __version__
from eventpack.cli.verbs import VerbGroup
from eventpack.errors import DamagedError, EventpackError, TextError

app = typer.Typer(
    name="eventpack", cls=VerbGroup, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


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
