"""A real S3 server on loopback (moto's), with a gate before it that cuts, refuses and passes over conditions.

Every request goes through the gate, which counts them; `fault` says what happens to which of them.
"""

from __future__ import annotations

import http.client
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler
from importlib import import_module
from typing import Any
from urllib.request import Request, urlopen

from tests.loopback import running

BUCKET = "ships-bucket"
KEYS = {
    "AWS_ACCESS_KEY_ID": "key",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_MAX_ATTEMPTS": "1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "NO_PROXY": "*",
}


@dataclass
class Call:
    """One request as the gate saw it."""

    number: int
    method: str
    path: str
    headers: Mapping[str, str]

    @property
    def conditional(self) -> bool:
        """Whether it is a write under a condition."""
        return bool({"if-match", "if-none-match"} & self.headers.keys()) and self.method != "GET"


Fault = Callable[[Call], str]
"""What happens to a request: "" (it passes), "lost" (it does not arrive), "unheard" (its answer does not), an HTTP
status like "503", "cut" (half of the answer's body comes), "bare" (it passes without its conditions)."""


@dataclass
class Gate:
    """The running gate."""

    url: str = ""
    fault: Fault = lambda call: ""
    log: list[Call] = field(default_factory=list)

    def reset(self, fault: Fault = lambda call: "") -> None:
        """Count from one again."""
        self.fault, self.log = fault, []


@cache
def _server() -> tuple[str, int]:
    os.environ.setdefault("S3_UPLOAD_PART_MIN_SIZE", "256")
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()  # a thread that ends with the process
    host, port = server.get_host_and_port()
    return host, port


@contextmanager
def gated() -> Iterator[Gate]:
    """An empty bucket behind a gate while the block runs."""
    address = _server()
    delete_all()
    gate = Gate()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass(self) -> None:
            headers = {key.lower(): value for key, value in self.headers.items() if key.lower() != "expect"}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            call = Call(len(gate.log) + 1, self.command, self.path, headers)
            gate.log.append(call)
            what = gate.fault(call)
            self.close_connection = bool(what) and what != "bare"
            if what == "lost":
                return
            if what.isdigit():
                self._answer(
                    int(what),
                    {"Connection": "close"},
                    b"<Error><Code>SlowDown</Code><Message>Slow down</Message></Error>",
                )
                return
            sent = {key: value for key, value in headers.items() if what != "bare" or not key.startswith("if-")}
            upstream = http.client.HTTPConnection(*address)
            upstream.request(self.command, self.path, body, sent)
            answer = upstream.getresponse()
            data = answer.read()
            upstream.close()
            if what != "unheard":
                told = {
                    key: value
                    for key, value in answer.getheaders()
                    if key.lower() not in ("transfer-encoding", "connection")
                }
                self._answer(answer.status, told, data, len(data) // 2 if what == "cut" else len(data))

        def _answer(self, status: int, headers: Mapping[str, str], data: bytes, sent: int | None = None) -> None:
            self.send_response(status)
            for key, value in ({"Content-Length": str(len(data))} | dict(headers)).items():
                self.send_header(key, value)
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(data[:sent] if self.command != "HEAD" else b"")

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _pass  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with running(Handler) as gate.url:
        yield gate


@cache
def _client() -> Any:
    host, port = _server()
    words = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
    return (
        import_module("botocore.session")
        .get_session()
        .create_client("s3", endpoint_url=f"http://{host}:{port}", **words)
    )


def stored(prefix: str = "") -> dict[str, bytes]:
    """All objects of the bucket by key, as the server itself gives them."""
    client = _client()
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix)
    keys = [each["Key"] for page in pages for each in page.get("Contents", ())]
    return {key: client.get_object(Bucket=BUCKET, Key=key)["Body"].read() for key in keys}


def put(key: str, data: bytes) -> None:
    """Write an object past the gate, as another tool would."""
    _client().put_object(Bucket=BUCKET, Key=key, Body=data)


def delete_all() -> None:
    """Empty the bucket, uploads in parts too."""
    host, port = _server()
    with urlopen(Request(f"http://{host}:{port}/moto-api/reset", method="POST")):
        pass
    _client().create_bucket(Bucket=BUCKET)


def open_to_all() -> None:
    """Let everybody read what the bucket holds now."""
    for key in stored():
        _client().put_object_acl(Bucket=BUCKET, Key=key, ACL="public-read")


def uploads() -> int:
    """How many uploads in parts are begun and not ended."""
    return len(_client().list_multipart_uploads(Bucket=BUCKET).get("Uploads", ()))
