"""A double as a running server: requests are counted and logged, and the one that is to fail fails as told."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any, Literal, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.loopback import running

Fault = Literal[
    "drop-before", "drop-after", "500-before", "500-after", "429", "hang-before", "hang-after", "cut", "half"
]
FAULTS: tuple[Fault, ...] = (
    "drop-before", "drop-after", "500-before", "500-after", "429", "hang-before", "hang-after", "cut", "half",
)  # fmt: skip
HANG = 1.0
"""Seconds that a hanging server stays silent; clients under test have less patience."""


@dataclass
class Request:
    """One request; the path has no escapes left."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def token(self) -> str:
        """The bearer token, if any."""
        return self.headers.get("authorization", "").removeprefix("Bearer ")

    def json(self) -> Any:
        """The body as JSON; none when there is none."""
        return json.loads(self.body) if self.body else None


@dataclass
class Reply:
    """An answer; a body that is no bytes becomes JSON."""

    status: int
    body: Any = b""
    headers: dict[str, str] = field(default_factory=dict)

    def data(self) -> bytes:
        """The bytes of the body."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode("utf-8")


class Service(Protocol):
    """What a double does; state is changed here and nowhere else."""

    url: str

    def answer(self, request: Request) -> Reply:
        """Carry out a request."""

    def begun(self, request: Request) -> None:
        """What is left of a request whose connection was cut in the middle of its body."""


@dataclass
class Running:
    """A running double: its log of (method, path, status), and the faults by number of the request, from 1."""

    url: str = ""
    log: list[tuple[str, str, int]] = field(default_factory=list)
    faults: dict[int, Fault] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)

    def calls(self, method: str, end: str = "") -> int:
        """How many requests of a method had a path with such an end."""
        return sum(each[0] == method and each[1].endswith(end) for each in self.log)


@contextmanager
def serving(service: Service, port: int = 0) -> Iterator[Running]:
    """Serve a double while the block runs."""
    state, lock = Running(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1 << 16  # an answer in one piece: two would wait for each other
        disable_nagle_algorithm = True

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            with lock:
                number = len(state.log) + 1
                state.log.append((self.command, parts.path, 0))
            request = Request(
                self.command, unquote(parts.path), dict(parse_qsl(parts.query)),
                {key.lower(): value for key, value in self.headers.items()}, b"",
            )  # fmt: skip
            state.tokens.append(request.token)
            fault, length = state.faults.pop(number, None), int(self.headers.get("Content-Length") or 0)
            if fault == "cut" and length > 1:
                self.rfile.read(length // 2)
                with lock:
                    service.begun(request)
                self.close_connection = True
            else:
                request.body = self.rfile.read(length)
                self._fail(fault or "", request, number)

        def _fail(self, fault: str, request: Request, number: int) -> None:
            """Carry a request out or not, and answer it or not."""
            reply = Reply(500, {"message": "out of order"})
            if fault == "429":
                reply = Reply(429, {"message": "too many requests"}, {"Retry-After": "0"})
            elif not fault.endswith("-before"):
                with lock:
                    done = service.answer(request)
                state.log[number - 1] = (request.method, request.path, done.status)
                reply = reply if fault == "500-after" else done
            if fault.startswith("hang"):
                time.sleep(HANG)
            if fault.startswith(("drop", "hang", "cut")):
                self.close_connection = True
            else:
                self._reply(reply, half=fault == "half")

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815

        def _reply(self, reply: Reply, *, half: bool) -> None:
            data = reply.data() if reply.status != 204 else b""
            self.send_response(reply.status)
            for key, value in reply.headers.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(data[: len(data) // 2] if half else data)
            self.close_connection = self.close_connection or half

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with running(Handler, port) as url:
        state.url = service.url = url
        yield state


def ranged(data: bytes, tag: str, request: Request) -> Reply:
    """A file, or the rest of it that is asked for."""
    headers = {"ETag": f'"{tag}"', "Content-Type": "application/octet-stream"}
    start = request.headers.get("range", "").removeprefix("bytes=").removesuffix("-")
    if not start or request.headers.get("if-range", f'"{tag}"') != f'"{tag}"':
        return Reply(200, data, headers)
    if int(start) >= len(data):
        return Reply(416, b"", headers | {"Content-Range": f"bytes */{len(data)}"})
    headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
    return Reply(206, data[int(start) :], headers)
