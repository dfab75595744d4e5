"""A web server on loopback that serves a folder with ranges and ETags, keeps a log, and misbehaves when told to.

Faults are given per path and used up one request after the other; then the server behaves.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote


@dataclass
class Asked:
    """One request as the server saw it; `sent` counts the bytes of the body."""

    path: str
    range: str
    if_range: str
    status: int
    sent: int


@dataclass
class Answer:
    """What the server is about to send; a fault may change it."""

    status: int
    headers: dict[str, str]
    body: bytes
    cut: int | None = None
    pause: float = 0.0
    endless: bool = False
    trickle: tuple[float, int] | None = None  # seconds between pieces, and their size


Fault = Callable[[Answer, bytes, dict[str, str]], None]
"""Changes an answer, given the whole file and the request's headers."""


@dataclass
class Loopback:
    """The running server."""

    root: Path
    url: str = ""
    etags: bool = True
    log: list[Asked] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    always: dict[str, Fault] = field(default_factory=dict)

    def asked(self, end: str) -> list[Asked]:
        """The requests for paths that end so."""
        return [each for each in self.log if each.path.endswith(end)]


@contextmanager
def serve(root: Path) -> Iterator[Loopback]:
    """Serve a folder while the block runs."""
    state = Loopback(root)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(self.path)
            file = state.root / path.lstrip("/")
            asked = {key.lower(): value for key, value in self.headers.items()}
            data = file.read_bytes() if file.is_file() else b""
            answer = _range(data, asked, state.etags) if file.is_file() else Answer(404, {}, b"no such file")
            planned = [state.always[path]] if path in state.always else state.faults.get(path, [])
            if planned:
                planned.pop(0)(answer, data, asked)
            self._send(answer, path, asked)

        def _send(self, answer: Answer, path: str, asked: dict[str, str]) -> None:
            entry = Asked(path, asked.get("range", ""), asked.get("if-range", ""), answer.status, 0)
            state.log.append(entry)  # before sending: a client that has all it wants looks at once
            self.send_response(answer.status)
            answer.headers.setdefault("Content-Length", str(len(answer.body)))
            for key, value in answer.headers.items():
                if value:
                    self.send_header(key, value)
            self.end_headers()
            body = answer.body if answer.cut is None else answer.body[: answer.cut]
            with contextlib.suppress(OSError):
                while answer.endless or entry.sent < len(body):
                    most = answer.trickle[1] if answer.trickle else 65536
                    time.sleep(answer.trickle[0] if answer.trickle else 0)
                    piece = b"x" * 65536 if answer.endless else body[entry.sent : entry.sent + most]
                    entry.sent += len(piece)
                    self.wfile.write(piece)
                time.sleep(answer.pause)
            self.close_connection = self.close_connection or answer.cut is not None or answer.endless

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with running(Handler) as state.url:
        yield state


@contextmanager
def running(handler: type[BaseHTTPRequestHandler], port: int = 0) -> Iterator[str]:
    """A server on this machine with a handler, by its address, while the block runs."""
    handler.disable_nagle_algorithm = True  # else each body waits 40 ms for the client to acknowledge the headers

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing: clients leave in the middle, and are meant to."""

    server = Server(("127.0.0.1", port), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _range(data: bytes, asked: dict[str, str], etags: bool) -> Answer:
    """The answer to a request for a file or the rest of it."""
    tag = f'"{hashlib.md5(data).hexdigest()}"'
    headers = {"ETag": tag} if etags else {}
    match = re.fullmatch(r"bytes=(\d+)-", asked.get("range", ""))
    if match is None or asked.get("if-range", tag) != tag:
        return Answer(200, headers, data)
    start = int(match[1])
    if start >= len(data):
        return Answer(416, headers | {"Content-Range": f"bytes */{len(data)}"}, b"")
    headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
    return Answer(206, headers, data[start:])


def cut(after: int) -> Fault:
    """Announce all, send so many bytes, and close the connection."""

    def fault(answer: Answer, data: bytes, asked: dict[str, str]) -> None:
        answer.headers["Content-Length"] = str(len(answer.body))
        answer.cut = after

    return fault


def stall(after: int, seconds: float) -> Fault:
    """Send so many bytes, and then nothing for a while."""

    def fault(answer: Answer, data: bytes, asked: dict[str, str]) -> None:
        cut(after)(answer, data, asked)
        answer.pause = seconds

    return fault


def status(code: int, **headers: str) -> Fault:
    """Answer with another status, and headers (`_` stands for `-`)."""

    def fault(answer: Answer, data: bytes, asked: dict[str, str]) -> None:
        answer.status, answer.body = code, b"no"
        answer.headers = {key.replace("_", "-"): value for key, value in headers.items()}

    return fault


def instead(body: bytes) -> Fault:
    """Send other bytes, with their own length."""

    def fault(answer: Answer, data: bytes, asked: dict[str, str]) -> None:
        answer.status, answer.headers, answer.body = 200, {}, body

    return fault


def corrupt(answer: Answer, data: bytes, asked: dict[str, str]) -> None:
    """Change one byte in the middle of what is sent."""
    middle = len(answer.body) // 2
    answer.body = answer.body[:middle] + bytes([answer.body[middle] ^ 1]) + answer.body[middle + 1 :]


def ignore_range(answer: Answer, data: bytes, asked: dict[str, str]) -> None:
    """Send the whole file, whatever part was asked for."""
    answer.status, answer.body = 200, data
    answer.headers.pop("Content-Range", None)


def wrong_range(answer: Answer, data: bytes, asked: dict[str, str]) -> None:
    """Send the file from its start as if it were the part that was asked for."""
    answer.status, answer.body = 206, data
    answer.headers["Content-Range"] = f"bytes 0-{len(data) - 1}/{len(data)}"


def endless(answer: Answer, data: bytes, asked: dict[str, str]) -> None:
    """Never stop sending, and announce no length."""
    answer.headers["Content-Length"] = ""
    answer.endless = True


def lengthless(after: int) -> Fault:
    """Announce no length, send so many bytes, and close the connection as if that were all."""

    def fault(answer: Answer, data: bytes, asked: dict[str, str]) -> None:
        answer.headers["Content-Length"], answer.cut = "", after

    return fault


def compressed(answer: Answer, data: bytes, asked: dict[str, str]) -> None:
    """Compress the whole file although nobody asked for it, with an ETag of its own."""
    answer.status, answer.body = 200, gzip.compress(data)
    answer.headers = {"Content-Encoding": "gzip", "ETag": '"compressed"'}
