"""The command as a process that need not begin from nothing: forked from one that has imported the tool.

Starting Python and importing the tool takes longer than most commands do. A process begun here has arguments, folder,
environment, streams and an end of its own, as any other; what it does not show is what happens before `main`: encodings
and hashes that variables of Python choose, and what is imported when. Tests of those, of signals and of terminals begin
processes themselves, and with EFFORT=full, or elsewhere than on Linux, all do.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.effort import FULL

COMMAND = "eventpack"
WARM = sys.platform == "linux" and not FULL  # libraries of macOS may not be used after a fork
_ROOT = Path(__file__).parents[1]
# What most verbs import. Nothing that begins threads, as polars does: they would be missing in the forked process.
_PRELOADED = """
    eventpack.cli eventpack.validation eventpack.building eventpack.packaging eventpack.releasing eventpack.publishing
    eventpack.downloading eventpack.reasons eventpack.proving eventpack.verification eventpack.curate.settling
    eventpack.curate.revising eventpack.curate.format eventpack.curate.new eventpack.lives.life eventpack.formats
    eventpack.starting.placing eventpack.referee eventpack.comparing frictionless requests
""".split()


def run(
    words: Sequence[str], folder: Path, *, env: Mapping[str, str] | None = None, text: str = ""
) -> subprocess.CompletedProcess[str]:
    """What `eventpack` (the first word) with its arguments, or `python -c` with a program, does in a folder."""
    environment = dict(os.environ if env is None else env)
    if not WARM:
        start = [sys.executable, "-m", "eventpack"] if words[0] == COMMAND else [sys.executable]
        return subprocess.run(
            [*start, *words[1:]], cwd=folder, env=environment, input=text, capture_output=True, check=False,
            text=True, encoding="utf-8",
        )  # fmt: skip
    with TemporaryDirectory(prefix="eventpack-run-") as place:
        paths = [Path(place, name) for name in ("in", "out", "err")]
        paths[0].write_text(text, "utf-8")
        order = {"words": list(words), "folder": str(folder), "env": environment, "streams": list(map(str, paths))}
        server = _server()
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps(order) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return subprocess.CompletedProcess(list(words), code, *(path.read_text("utf-8") for path in paths[1:]))


@cache
def _server() -> subprocess.Popen[str]:
    """The process that waits for orders; it ends with this one, which holds the other end of its input."""
    server = subprocess.Popen(
        [sys.executable, "-m", __name__], cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(server.communicate)
    return server


def _serve() -> None:
    """Fork a process for each order, and tell its exit code."""
    for name in _PRELOADED:
        import_module(name)
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            _become(order)
        answers.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        answers.flush()


def _become(order: dict[str, Any]) -> None:
    """Be the process that was asked for, to its end."""
    import traceback

    code = 1
    try:
        for number, path in enumerate(order["streams"]):
            os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND), number)
        os.environ.clear()
        os.environ.update(order["env"])
        time.tzset()
        os.chdir(order["folder"])
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        words = order["words"]
        if words[0] == COMMAND:
            sys.argv, sys.modules["__main__"].__package__ = words, None  # else it calls itself `python -m tests.warm`
            from eventpack.cli import main

            main()
        sys.argv, sys.path[0] = words[1:2], ""
        exec(compile(words[2], "<string>", "exec"), {"__name__": "__main__"})
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
