"""The structures of files, read while other work goes on: by a process of its own where that is safe."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from eventpack.large import LargeCsv
from eventpack.structure import Structure

_PATIENCE = 1.0  # seconds
Tell = Callable[[int, int], None]
"""Told how many lines and bytes more have been read; it is called from another thread."""
_Say = Callable[[tuple[Any, ...]], None]  # a name and its structure, or no name, lines and bytes


class _NotWantedError(Exception):
    """Nobody waits for a structure any more."""


class Structures:
    """The structures of some files, each as soon as it is known."""

    def __init__(self, tell: Tell | None) -> None:
        self._tell, self._news = tell, threading.Condition()
        self._known: dict[str, Structure | Exception] = {}
        self._failure: Exception | None = None

    def of(self, table: LargeCsv) -> Structure:
        """The structure of a file; waits for it.

        Raises:
            OSError: It cannot be read.
            Exception: What else the reader, or whoever is told of its progress, ran into.
        """
        with self._news:
            self._news.wait_for(lambda: self._failure or table.name in self._known)
        found = self._known.get(table.name, self._failure)
        if not isinstance(found, Structure):
            assert found is not None
            raise found
        return found

    def hear(self, message: tuple[Any, ...]) -> None:
        """Take what the reader says; an exception tells it to stop."""
        if self._failure is not None:
            raise self._failure
        name, *rest = message
        if name is not None:
            with self._news:
                self._known[name] = rest[0]
                self._news.notify_all()
        elif self._tell is not None:
            self._tell(*rest)

    def stop(self, failure: Exception) -> None:
        """There will be no more structures."""
        with self._news:
            self._failure = self._failure or failure
            self._news.notify_all()

    def take(self, read: Callable[[_Say], None]) -> None:
        """Hear a reader to its end, whatever that is, so that nobody waits for ever."""
        try:
            read(self.hear)
        except Exception as error:  # who waits for a structure is told
            self.stop(error)


@contextmanager
def read_beside(tables: Sequence[LargeCsv], tell: Tell | None = None) -> Iterator[Structures]:
    """The structures of files, read in their order while the block runs.

    A process of its own does not wait for what this one imports meanwhile. It is a copy of this process, which is safe
    only as long as there is one thread.
    """
    structures = Structures(tell)
    child, pipe = _start_child(tables) if _can_copy() else (0, 0)
    reader = partial(_relay, tables, pipe) if child else partial(_read_all, tables)
    thread = threading.Thread(target=structures.take, args=(reader,), daemon=True)
    thread.start()
    try:
        yield structures
    except BaseException:
        structures.stop(_NotWantedError())
        if child:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        thread.join(_PATIENCE)  # an interrupted import may hold Python's lock of imports for ever
        raise
    else:
        thread.join()
    finally:
        if child:
            with suppress(ChildProcessError):  # where the ends of children are ignored, nobody needs to wait
                os.waitpid(child, 0)


def _can_copy() -> bool:
    """Whether this process has one thread, also of those that libraries start, and a second processor is there."""
    threads = list(Path("/proc/self/task").glob("*"))
    return sys.platform == "linux" and len(threads) == 1 < len(os.sched_getaffinity(0))


def _read_all(tables: Sequence[LargeCsv], say: _Say) -> None:
    from eventpack.structure.proving import read_structure  # numpy: 50 ms

    for table in tables:
        try:
            found: object = read_structure(table, lambda lines, size: say((None, lines, size)))
        except OSError as error:
            found = error
        say((table.name, found))


def _start_child(tables: Sequence[LargeCsv]) -> tuple[int, int]:
    """A copy of this process that reads the structures, and the pipe that it writes them to; none where not."""
    try:
        here, there = os.pipe()
    except OSError:
        return 0, 0
    try:
        child = os.fork()
    except OSError:
        os.close(here)
        os.close(there)
        return 0, 0
    if not child:
        os.close(here)
        _run_child(tables, there)
    os.close(there)
    return child, here


def _run_child(tables: Sequence[LargeCsv], pipe: int) -> NoReturn:
    """Read, and leave without a trace, whatever happens."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.environ["OPENBLAS_NUM_THREADS"] = "1"  # else numpy starts threads for its algebra, which spin for 0.1 s
        with os.fdopen(pipe, "wb") as file:

            def say(message: tuple[Any, ...]) -> None:
                pickle.dump(message, file)
                file.flush()

            _read_all(tables, say)
    finally:
        os._exit(0)


def _next(file: BinaryIO) -> tuple[Any, ...] | None:
    """The next message; none when the child has ended, be it in the middle of one."""
    try:
        message: tuple[Any, ...] = pickle.load(file)
    except Exception:  # half a message can be anything
        return None
    return message


def _relay(tables: Sequence[LargeCsv], pipe: int, say: _Say) -> None:
    """Pass on what the child writes; what it leaves open is read here."""
    known: set[str] = set()
    with os.fdopen(pipe, "rb") as file:
        while (message := _next(file)) is not None:
            known.add(message[0])
            say(message)
    if left := [table for table in tables if table.name not in known]:
        _read_all(left, say)
