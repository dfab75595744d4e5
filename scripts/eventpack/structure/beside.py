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
from typing import Any, NoReturn

from eventpack.large import LargeCsv
from eventpack.structure import Structure

Tell = Callable[[int, int], None]
"""Told how many lines and bytes more have been read; it is called from another thread."""
_Say = Callable[[tuple[Any, ...]], None]  # a name and its structure, or no name, lines and bytes


class Structures:
    """The structures of some files, each as soon as it is known."""

    def __init__(self, tell: Tell | None) -> None:
        self._tell, self._news = tell, threading.Condition()
        self.known: dict[str, Structure | Exception] = {}

    def of(self, table: LargeCsv) -> Structure:
        """The structure of a file; waits for it.

        Raises:
            OSError: It cannot be read.
        """
        with self._news:
            self._news.wait_for(lambda: table.name in self.known)
        found = self.known[table.name]
        if isinstance(found, Exception):
            raise found
        return found

    def hear(self, message: tuple[Any, ...]) -> None:
        """Take what the reader says."""
        name, *rest = message
        if name is not None:
            with self._news:
                self.known[name] = rest[0]
                self._news.notify_all()
        elif self._tell is not None:
            self._tell(*rest)


@contextmanager
def read_beside(tables: Sequence[LargeCsv], tell: Tell | None = None) -> Iterator[Structures]:
    """The structures of files, read in their order while the block runs.

    A process of its own does not wait for what this one imports meanwhile. It is a copy of this process, which is safe
    only as long as there is one thread.
    """
    structures = Structures(tell)
    child, pipe = _start_child(tables) if _can_copy() else (0, 0)
    reader = partial(_relay, pipe=pipe) if child else _read_all
    thread = threading.Thread(target=reader, args=(tables, structures.hear))
    thread.start()
    try:
        yield structures
    except BaseException:
        if child:
            os.kill(child, signal.SIGKILL)
        raise
    finally:
        thread.join()
        if child:
            os.waitpid(child, 0)


def _can_copy() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1


def _read_all(tables: Sequence[LargeCsv], say: _Say) -> None:
    from eventpack.structure.proving import read_structure  # numpy: 50 ms

    for table in tables:
        try:
            found: object = read_structure(table, lambda lines, size: say((None, lines, size)))
        except Exception as error:  # who waits for the structure is told
            found = error
        say((table.name, found))


def _start_child(tables: Sequence[LargeCsv]) -> tuple[int, int]:
    """A copy of this process that reads the structures, and the pipe that it writes them to."""
    here, there = os.pipe()
    child = os.fork()
    if not child:
        os.close(here)
        _run_child(tables, there)
    os.close(there)
    return child, here


def _run_child(tables: Sequence[LargeCsv], pipe: int) -> NoReturn:
    """Read, and leave without a trace, whatever happens."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        with os.fdopen(pipe, "wb") as file:

            def say(message: tuple[Any, ...]) -> None:
                pickle.dump(message, file)
                file.flush()

            _read_all(tables, say)
    finally:
        os._exit(0)


def _relay(tables: Sequence[LargeCsv], say: _Say, pipe: int) -> None:
    """Pass on what the child writes; what it leaves open is read here."""
    known: set[str] = set()
    with os.fdopen(pipe, "rb") as file, suppress(EOFError, pickle.UnpicklingError):
        while True:
            message = pickle.load(file)
            known.add(message[0])
            say(message)
    if left := [table for table in tables if table.name not in known]:
        _read_all(left, say)
