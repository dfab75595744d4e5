"""Answers whose lines never end: status, headers, chunks, trailers; whoever sends such is left after a while."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from eventpack.depots import calls
from eventpack.depots.tokens import Token
from eventpack.errors import NetworkError
from eventpack.fetching import heads
from eventpack.fetching.address import parse_address
from eventpack.fetching.patience import Patience
from eventpack.fetching.web import Web

HASTY = Patience(connect=2, silence=0.4, tries=2, pause=0.01, whole=0.8)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
# What comes first, what comes again and again, and after how many seconds each time.
ANSWERS = {
    "a header, letter by letter": (b"HTTP/1.1 200 OK\r\nX: ", b"x", 0.05),
    "header after header, slowly": (b"HTTP/1.1 200 OK\r\n", b"X: x\r\n", 0.05),
    "a hundred headers, each without end": (b"HTTP/1.1 200 OK\r\n", b"X: " + b"x" * 60_000 + b"\r\n", 0.0),
    "a status that is to come": (b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.0),
    "the size of a chunk, letter by letter": (CHUNKED, b"0", 0.05),
    "a word about a chunk, without end": (CHUNKED + b"4;", b"x" * 60_000, 0.0),
    "trailer after trailer": (CHUNKED + b"2\r\n{}\r\n0\r\n", b"X: x\r\n", 0.0),
    "trailer after trailer, slowly": (CHUNKED + b"2\r\n{}\r\n0\r\n", b"X: x\r\n", 0.05),
}


@contextmanager
def answering(first: bytes, again: bytes, pause: float) -> Iterator[str]:
    """A server that answers everybody so, for ever; its address."""
    over = threading.Event()

    def answer(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.recv(1 << 16)
            connection.sendall(first)
            while not over.wait(pause):
                connection.sendall(again)

    def listen() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=listen, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            over.set()
            listener.shutdown(socket.SHUT_RDWR)


def place(url: str) -> object:
    """Read a file of a place."""
    return Web(parse_address(f"{url}/talks"), HASTY).read("versions.json", 1 << 20)


def service(url: str) -> object:
    """Ask a depot."""
    return calls.Api(url, "a depot", Token(), {}).read("/api/records")


@pytest.mark.parametrize("ask", [place, service])
@pytest.mark.parametrize("how", ANSWERS)
def test_lines_without_end(how: str, ask: Callable[[str], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sends lines for ever is left after a while, by downloads and by publishing."""
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(heads, "SECONDS", 0.15)
    monkeypatch.setattr(calls, "PATIENCE", HASTY)
    began = time.monotonic()
    with answering(*ANSWERS[how]) as url, pytest.raises(NetworkError, match="2 times in a row"):
        ask(url)
    assert time.monotonic() - began < 10


def test_a_service_may_think(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before its first byte a server may be silent as long as it is waited for; that is no slow head."""
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setattr(heads, "SECONDS", 0.2)
    monkeypatch.setattr(calls, "PATIENCE", replace(HASTY, silence=5))
    with answering(b"", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 0.6) as url:
        assert service(url) == {}
