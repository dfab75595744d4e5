"""Bounds on the lines of an answer: its status and headers, what stands before each chunk of a body, and its trailers.

Libraries give each read of the socket a time, and none to all of them: a server may send one letter of a header every
few seconds, or `100 Continue` after `100 Continue`, and is waited for. Imported late: `urllib3` costs 40 ms.
"""

from __future__ import annotations

import time
from http.client import HTTPResponse, LineTooLong
from io import BufferedReader
from typing import Any

from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import pool_classes_by_scheme

SECONDS = 60.0
"""How long lines may go on coming, from the first byte of the first one to the end of the last."""
BYTES = 1 << 20
"""How long they may be together; http.client takes 100 headers of 64 kB, and servers send 8 kB of all."""


class _Lines:
    """The file of a socket; lines that come without a piece of a body between them are bounded together."""

    def __init__(self, file: BufferedReader) -> None:
        self._file, self._came, self._end = file, 0, 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def readline(self, limit: int = -1) -> bytes:
        """The next line, or its first `limit` bytes.

        Raises:
            TimeoutError: It takes too long.
            LineTooLong: It does not end.
        """
        line = bytearray()
        while not line.endswith(b"\n") and (limit < 0 or len(line) < limit):
            ahead = self._file.peek(1)  # of what is not there yet, one read of the socket
            if not ahead:
                break
            self._end = self._end or time.monotonic() + SECONDS
            end = ahead.find(b"\n") + 1 or len(ahead)
            line += self._file.read(end if limit < 0 else min(end, limit - len(line)))
            if time.monotonic() > self._end:
                raise TimeoutError("the head of the answer takes too long")
            if self._came + len(line) > BYTES:
                raise LineTooLong("head of the answer")
        self._came += len(line)
        return bytes(line)

    def read(self, size: int = -1) -> bytes:
        """Bytes of the body."""
        self._came, self._end = 0, 0.0
        return self._file.read(size)

    def read1(self, size: int = -1) -> bytes:
        """Bytes of the body, those that one read of the socket gives."""
        self._came, self._end = 0, 0.0
        return self._file.read1(size)

    def readinto(self, buffer: Any) -> int:
        """Bytes of the body, into a buffer."""
        self._came, self._end = 0, 0.0
        return self._file.readinto(buffer)


class _Response(HTTPResponse):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fp: Any = _Lines(self.fp)


class _Connection(HTTPConnection):
    response_class = _Response


class _SecureConnection(HTTPSConnection):
    response_class = _Response


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


def bound(manager: PoolManager) -> PoolManager:
    """The same manager of connections, whose answers are bounded so, directly and by proxies, but those of SOCKS."""
    if manager.pool_classes_by_scheme is pool_classes_by_scheme:
        manager.pool_classes_by_scheme = _POOLS
    return manager


_POOLS: dict[str, Any] = {"http": _Pool, "https": _SecurePool}
