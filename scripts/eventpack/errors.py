"""Misuse of the tool and surroundings that refuse; what is wrong with data is a `Finding`, never an exception."""

from __future__ import annotations


class EventpackError(Exception):
    """A request that cannot be carried out; `fix` names the next thing to try. The command line exits with 2."""

    def __init__(self, what: str, fix: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix
        if fix:
            self.add_note(f"fix: {fix}")  # a traceback shows it, so that callers from Python see it, too


class NotAPackage(EventpackError):
    """The path holds no data package."""


class DiskError(EventpackError):
    """The file system refused to read or write: permission, space, a missing folder."""


class NetworkError(EventpackError):
    """A server or the network refuses; what arrived stays in the cache, and the next run goes on from there."""


class DamagedError(EventpackError):
    """Bytes are not those that were published; nothing of them stays. The command line exits with 1."""


class TextError(Exception):
    """A text file that cannot be read as what it should be, with the position of the trouble (from 1).

    Raised by readers, turned into a `Finding` by whoever asked; `code` is the finding code.
    """

    def __init__(self, code: str, what: str, line: int = 1, column: int = 1, fix: str = "", found: str = "") -> None:
        super().__init__(what)
        self.code, self.what, self.line, self.column = code, what, line, column
        self.fix, self.found = fix, found
