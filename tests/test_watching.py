"""Long runs show how far they have come on a terminal, and can be stopped at any moment."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from eventpack.validation import validate
from tests.tablepack import write_tables

pytestmark = pytest.mark.posix
SOON = "import sys; from eventpack.cli import main, watching; watching._AFTER = 0.0; sys.argv = sys.argv[1:]; main()"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One table that stays on disk, one that is read."""
    rows = "".join(f"S{number},{'x' * 40}\n" for number in range(120_000))
    return write_tables(tmp_path_factory.mktemp("long") / "p", {"ships": f"ship,name\n{rows}", "flags": "flag\nF\n"})


def on_terminal(command: list[str]) -> str:
    """What a command writes to a terminal."""
    here, there = pty.openpty()
    child = subprocess.Popen(command, stdout=there, stderr=there, stdin=there, env={**os.environ, "TERM": "xterm"})
    os.close(there)
    text = b""
    while True:
        try:
            text += os.read(here, 65536)
        except OSError:  # the terminal is closed
            break
    os.close(here)
    assert child.wait() == 0, text
    return text.decode("utf-8")


def test_rows_and_time_left_are_shown_on_a_terminal(package: Path) -> None:
    """While it reads and while it judges; the last line is the summary."""
    text = on_terminal([sys.executable, "-c", SOON, "eventpack", "validate", str(package)])
    assert "rows" in text
    assert "checking" in text
    assert "0:00:0" in text
    assert "120000 ships" in text.splitlines()[-1]


def test_a_short_run_shows_nothing(package: Path, tmp_path: Path) -> None:
    """Nor does one whose messages go to a file."""
    short = write_tables(tmp_path / "p", {"ships": "ship,name\nA,B\n"})
    assert "rows" not in on_terminal([sys.executable, "-m", "eventpack", "validate", str(short)])
    command = [sys.executable, "-c", SOON, "eventpack", "validate", str(package)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_all_bytes_and_rows_are_told(package: Path) -> None:
    """The last word is that everything has been read."""
    seen: list[tuple[int, int, int]] = []
    assert validate(package, watch=lambda *numbers: seen.append(numbers)).ok
    size = sum(path.stat().st_size for path in package.glob("*.csv"))
    assert seen[-1][:2] == (size, size)
    assert seen[-1][2] >= 120_001
    assert seen == sorted(seen)


def test_nobody_is_told_before_the_process_has_been_copied(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who watches may start a thread; where no copy reads, the first word is that all is still to be read."""
    seen: list[tuple[int, int, int]] = []
    started: list[threading.Thread] = []  # not those that run: one may have come to its end before the first word
    begin = threading.Thread.start

    def start(thread: threading.Thread) -> None:
        started.append(thread)
        begin(thread)

    def watch(done: int, whole: int, rows: int) -> None:
        seen.append((len(started), done, whole))

    monkeypatch.setattr(threading.Thread, "start", start)
    assert validate(package, watch=watch).ok
    assert seen[0][0] == 1
    small = write_tables(tmp_path / "p", {"ships": "ship,name\nA,B\n"})
    seen.clear()
    started.clear()
    assert validate(small, watch=watch).ok
    assert seen[0] == (0, 0, 14)


@pytest.mark.parametrize("after", [0.0, 0.15, 0.3, 0.45])
def test_stopping_it_leaves_nothing_behind(package: Path, tmp_path: Path, after: float) -> None:
    """No traceback, no temporary file, and the exit code of an interrupted command."""
    before = sorted(package.rglob("*"))
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    begin = "import sys; from eventpack.cli import main; print(flush=True); sys.argv = sys.argv[1:]; main()"
    command = [sys.executable, "-c", begin, "eventpack", "validate", str(package)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    assert child.stdout is not None
    child.stdout.readline()  # before our first line, what is stopped is Python
    time.sleep(after)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=20)
    assert child.returncode in (0, 130, -signal.SIGINT), err
    assert b"Traceback" not in err or child.returncode == -signal.SIGINT
    assert sorted(package.rglob("*")) == before
    assert list(tmp_path.iterdir()) == []


def test_who_watches_may_end_it(package: Path) -> None:
    """An exception of the watcher comes back, whichever process reads; nothing waits for ever."""
    command = f"""
import sys
from eventpack.structure import beside
from eventpack.validation import validate
def watch(done, whole, rows):
    if done > 1_000_000:
        raise LookupError("enough")
beside._can_copy = lambda: sys.argv[1] == "copy"
try:
    validate({str(package)!r}, watch=watch)
except LookupError as error:
    print(error)
"""
    for reader in ("copy", "thread"):
        run = subprocess.run([sys.executable, "-c", command, reader], capture_output=True, timeout=20, check=False)
        assert (run.returncode, run.stdout, run.stderr) == (0, b"enough\n", b"")


def test_children_that_nobody_waits_for(package: Path) -> None:
    """Where the ends of children are ignored, as some supervisors have it, a check ends as elsewhere."""
    program = "import os, sys; os.execv(sys.executable, [sys.executable, '-m', 'eventpack', 'validate', sys.argv[1]])"
    command = f"import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN); {program}"
    done = subprocess.run([sys.executable, "-c", command, str(package)], capture_output=True, timeout=20, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
