"""A process of its own for patterns outside the dialect: it can be ended, however long a match would take."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
import time

from eventpack.patterns.matching import TooSlowError, allowance

_START = 5.0  # seconds, once for all
_PROGRAM = """
import json, re, sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (400_000_000, 400_000_000))
except (ImportError, ValueError, OSError):
    pass
for pattern in sys.stdin:
    match = re.compile(json.loads(pattern)).fullmatch
    print("ready", flush=True)
    for text in sys.stdin:
        print("yes" if match(json.loads(text)) else "no", flush=True)
"""


class ApartMatcher:
    """Matches texts one by one in another process, which starts with the first of them and ends with this one.

    Once the time is spent, every further text is refused at once.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str] = queue.Queue()
        self._allowance = allowance()
        self._ended = False
        self._known: dict[str, bool] = {}

    def matches(self, text: str) -> bool:
        """Whether the whole text matches; raises TooSlowError."""
        if text not in self._known:
            self._known[text] = self._ask(text)
        return self._known[text]

    def _ask(self, text: str) -> bool:
        if self._ended or self._allowance.left <= 0:
            raise TooSlowError
        begin = time.perf_counter()
        try:
            process = self._process or self._start()
            self._write(process, text)
            answer = self._answers.get(timeout=max(0.0, self._allowance.left))
        except (queue.Empty, OSError) as error:
            self._end()
            raise TooSlowError from error
        finally:
            self._allowance.left -= time.perf_counter() - begin
        if answer not in ("yes", "no"):
            self._end()
            raise TooSlowError
        return answer == "yes"

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-I", "-S", "-c", _PROGRAM]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="ascii",
        )
        self._process = process
        threading.Thread(target=_listen, args=(process, self._answers), daemon=True).start()
        self._write(process, self._pattern)
        try:
            self._answers.get(timeout=_START)
        except queue.Empty:
            self._end()
            raise TooSlowError from None
        return process

    def _write(self, process: subprocess.Popen[str], text: str) -> None:
        assert process.stdin is not None
        process.stdin.write(json.dumps(text) + "\n")
        process.stdin.flush()

    def _end(self) -> None:
        self._ended = True
        if (process := self._process) is not None:
            process.kill()
            process.wait()
            assert process.stdin is not None
            with contextlib.suppress(OSError):
                process.stdin.close()

    def __del__(self) -> None:
        self._end()


def _listen(process: subprocess.Popen[str], answers: queue.Queue[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        answers.put(line.strip())
    answers.put("")  # the process is gone
